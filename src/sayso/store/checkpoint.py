"""Signed checkpoints in the form of C2SP tlog-checkpoint: a few lines and an Ed25519 signature that others can keep.

Origin, size and root as the form has them, then two lines of our own: when it was signed, and which checkpoint it follows on, so
that one that was taken away is missed.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # C2SP signed-note: the algorithm byte


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """The operator's key. `name` is the log's origin: the base address without its scheme, no space, no "+"."""

    name: str
    private: Ed25519PrivateKey

    def __post_init__(self) -> None:
        if not self.name or any(c.isspace() or c == "+" for c in self.name):
            raise ValueError(f"a log's name may hold no space and no plus: {self.name!r}")

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> "SigningKey":
        """The key of that 32-byte seed (what `seed` gives)."""
        return cls(name=name, private=Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """A new random key."""
        return cls(name=name, private=Ed25519PrivateKey.generate())

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes to keep in a file of their own."""
        return self.private.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.private.public_key().public_bytes_raw()

    @property
    def verifier(self) -> str:
        """The public key as C2SP writes it: name, key id and key; what others need to check a checkpoint."""
        return verifier_of(self.name, self.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The tree at one size, signed: `note` is the whole signed text."""

    origin: str
    size: int
    root: bytes
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An authority's answer (RFC 3161) over the note of the checkpoint of that size and origin, and when it was asked."""

    size: int
    origin: str
    at: datetime
    url: str
    response: bytes


class Signed(NamedTuple):
    """What the text of a checkpoint says. `at` and `after` are None in one from before they were signed too, and in another
    log's; `after` is the size of the checkpoint before it and the SHA-256 of that one's note, None also for the first."""

    origin: str
    size: int
    root: bytes
    at: datetime | None = None
    after: tuple[int, bytes] | None = None


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that name a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def sign(key: SigningKey, *, size: int, root: bytes, at: datetime, after: Checkpoint | None = None) -> Checkpoint:
    """The signed checkpoint of a tree, which follows on `after`."""
    lines = [key.name, str(size), in_base64(root), f"at {at.astimezone(UTC).isoformat()}"]
    if after is not None:
        lines.append(f"after {after.size} {in_base64(note_hash(after.note))}")
    text = "".join(f"{line}\n" for line in lines)
    blob = in_base64(key_id(key.name, key.public) + key.private.sign(text.encode()))
    note = f"{text}\n\N{EM DASH} {key.name} {blob}\n"
    return Checkpoint(origin=key.name, size=size, root=root, at=at, note=note)


def in_base64(raw: bytes) -> str:
    """The bytes as the form writes them."""
    return base64.b64encode(raw).decode()


def note_hash(note: str) -> bytes:
    """What names a signed checkpoint: the SHA-256 of its whole text."""
    return hashlib.sha256(note.encode()).digest()


def verifier_of(name: str, public: bytes) -> str:
    """A public key in C2SP's line: name, key id and key."""
    return f"{name}+{key_id(name, public).hex()}+{in_base64(ED25519 + public)}"


def read_verifier(line: str) -> tuple[str, bytes]:
    """Name and public key of what `SigningKey.verifier` wrote. Raises ValueError where it is no such line."""
    name, _, rest = line.strip().partition("+")
    id_, _, packed = rest.partition("+")
    raw = base64.b64decode(packed, validate=True)
    if len(raw) != 33 or raw[:1] != ED25519 or key_id(name, raw[1:]).hex() != id_:
        raise ValueError(f"not the key of a log: {line[:200]!r}")
    return name, raw[1:]


def is_signed(note: str, *, name: str, public: bytes) -> bool:
    """Whether a note carries a valid signature of that key over its text."""
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        signer, _, blob = rest.partition(" ")
        if dash == "\N{EM DASH}" and signer == name and _signs(blob, text + "\n", name=name, public=public):
            return True
    return False


def _signs(blob: str, text: str, *, name: str, public: bytes) -> bool:
    try:
        raw = base64.b64decode(blob, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return raw[:4] == key_id(name, public)


def read_note(note: str) -> Signed:
    """What a checkpoint's text says. Raises ValueError where it is none."""
    text, _, _ = note.partition("\n\n")
    origin, size, root, *more = [*text.split("\n"), "", ""]
    said = dict(line.split(" ", 1) for line in more if " " in line)
    at = datetime.fromisoformat(said["at"]) if "at" in said else None
    before, _, hashed = said.get("after", "").partition(" ")
    after = (int(before), base64.b64decode(hashed, validate=True)) if hashed else None
    return Signed(origin, int(size), base64.b64decode(root, validate=True), at, after)
