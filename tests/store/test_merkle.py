import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.store.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    range_hash,
    verify_consistency,
    verify_inclusion,
)


def plain_root(leaves: list[bytes]) -> bytes:
    """The root by the definition in RFC 9162, section 2.1.1, with no shortcut."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(plain_root(leaves[:k]), plain_root(leaves[k:]))


class Tree:
    """A tree that keeps its complete subtrees, as the tables do."""

    def __init__(self, size: int) -> None:
        self.leaves = [leaf_hash(b"%d" % n) for n in range(size)]
        self.frontier, self.nodes = Frontier(), {(0, i): leaf for i, leaf in enumerate(self.leaves)}
        for leaf in self.leaves:
            self.nodes.update({(lv, i): h for lv, i, h in self.frontier.push(leaf)})

    def node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


@given(st.integers(0, 130))
def test_the_frontier_has_the_root_of_the_definition(size: int) -> None:
    tree = Tree(size)
    assert tree.frontier.root() == plain_root(tree.leaves)
    again = Frontier.from_bytes(size, tree.frontier.to_bytes())
    assert again.root() == tree.frontier.root()
    if size:
        assert range_hash(0, size, tree.node) == plain_root(tree.leaves)


@given(st.data())
def test_every_row_is_proved_to_be_in_the_tree_and_in_no_other_place(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(size)
    proof, root = inclusion_proof(index, size, tree.node), tree.frontier.root()
    assert verify_inclusion(index, size, tree.leaves[index], proof, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index)) if size > 1 else None
    if other is not None:
        assert not verify_inclusion(other, size, tree.leaves[index], proof, root)


@given(st.data())
def test_every_earlier_tree_is_proved_to_be_a_prefix(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    first = data.draw(st.integers(1, size))
    tree = Tree(size)
    proof = consistency_proof(first, size, tree.node)
    assert verify_consistency(first, size, proof, plain_root(tree.leaves[:first]), tree.frontier.root())
    assert not verify_consistency(first, size, proof, hashlib.sha256(b"fork").digest(), tree.frontier.root())


def test_all_196_public_vectors_are_judged_as_they_should(shared: Path) -> None:
    judged = 0
    for line in (shared / "corpora/merkle/vectors.jsonl").read_text().splitlines():
        case = json.loads(line)
        if case["kind"] not in ("inclusion", "consistency"):
            continue  # the others are about subtrees, which this log does not prove
        assert holds(case) is not case["wantErr"], case["path"]
        judged += 1
    assert judged == 196


def holds(case: dict[str, object]) -> bool:
    def raw(value: object) -> bytes:
        return base64.b64decode(str(value or ""))

    proof = [raw(step) for step in case["proof"] or []]  # type: ignore[attr-defined]
    if case["kind"] == "inclusion":
        index, size = int(str(case["leafIdx"])), int(str(case["treeSize"]))
        return verify_inclusion(index, size, raw(case["leafHash"]), proof, raw(case["root"]))
    first, second = int(str(case["size1"])), int(str(case["size2"]))
    return verify_consistency(first, second, proof, raw(case["root1"]), raw(case["root2"]))


def test_a_proof_for_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_proof(3, 3, Tree(3).node)
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof(0, 3, Tree(3).node)
