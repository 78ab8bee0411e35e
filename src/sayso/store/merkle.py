"""The Merkle tree of RFC 9162, section 2.1: hashes, the frontier of a growing tree, proofs and their verification."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
HASH_BYTES: Final = 32

#: Gives the hash of the complete subtree `idx` (from 0) of `2 ** level` leaves.
Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf (section 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (section 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """A growing tree by the roots of its complete subtrees, largest first: one for each bit set in `size`."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    @classmethod
    def from_bytes(cls, size: int, raw: bytes) -> "Frontier":
        """The frontier that `to_bytes` gave for a tree of that size."""
        return cls(size, [raw[i : i + HASH_BYTES] for i in range(0, len(raw), HASH_BYTES)])

    def to_bytes(self) -> bytes:
        """The hashes, one after the other."""
        return b"".join(self.hashes)

    def push(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf; what comes back are the subtrees that it completed, as (level, index, hash), level 1 upwards."""
        done: list[tuple[int, int, bytes]] = []
        current, level, index = leaf, 0, self.size
        while index & 1:
            current = node_hash(self.hashes.pop(), current)
            level, index = level + 1, index >> 1
            done.append((level, index, current))
        self.hashes.append(current)
        self.size += 1
        return done

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def range_hash(lo: int, hi: int, node: Node) -> bytes:
    """The hash of the subtree over the leaves `[lo, hi)`."""
    width = hi - lo
    if width & (width - 1) == 0 and lo % width == 0:
        return node(width.bit_length() - 1, lo // width)
    mid = lo + _split(width)
    return node_hash(range_hash(lo, mid, node), range_hash(mid, hi, node))


def _split(width: int) -> int:
    """The largest power of two smaller than `width` (at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """The audit path of leaf `index` (from 0) in the tree of `size` leaves (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    lo, hi = 0, size
    while hi - lo > 1:
        mid = lo + _split(hi - lo)
        if index < mid:
            path.append(range_hash(mid, hi, node))
            hi = mid
        else:
            path.append(range_hash(lo, mid, node))
            lo = mid
    return tuple(reversed(path))


def consistency_proof(first: int, second: int, node: Node) -> tuple[bytes, ...]:
    """The proof that the tree of `first` leaves is a prefix of that of `second` (section 2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError(f"no proof from {first} to {second} leaves")
    path: list[bytes] = []
    lo, hi, whole = 0, second, True
    while first != hi:
        mid = lo + _split(hi - lo)
        if first <= mid:
            path.append(range_hash(mid, hi, node))
            hi = mid
        else:
            path.append(range_hash(lo, mid, node))
            lo, whole = mid, False
    if not whole:
        path.append(range_hash(lo, hi, node))
    return tuple(reversed(path))


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that `leaf` is leaf `index` of the tree with that size and root (section 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    fn, sn, current = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            current = node_hash(step, current)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            current = node_hash(current, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and current == root


def verify_consistency(first: int, second: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> bool:
    """Whether the proof shows that the tree `first`/`root1` is a prefix of `second`/`root2` (section 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and root1 == root2
    if not _are_hashes(root1, root2, *proof):
        return False
    path = [root1, *proof] if first & (first - 1) == 0 else list(proof)
    if not proof:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node_hash(step, old), node_hash(step, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(new, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == root1 and new == root2


def _are_hashes(*values: bytes) -> bool:
    """Whether each value has the length of a hash: a shorter one could stand for a leaf or node that nobody hashed."""
    return all(len(value) == HASH_BYTES for value in values)
