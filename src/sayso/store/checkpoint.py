"""Signed checkpoints in the form of C2SP tlog-checkpoint: three lines and an Ed25519 signature that others can keep."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

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
        packed = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{packed}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The tree at one size, signed: `note` is the whole signed text."""

    origin: str
    size: int
    root: bytes
    at: datetime
    note: str


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that name a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def sign(key: SigningKey, *, size: int, root: bytes, at: datetime) -> Checkpoint:
    """The signed checkpoint of a tree."""
    text = f"{key.name}\n{size}\n{base64.b64encode(root).decode()}\n"
    blob = base64.b64encode(key_id(key.name, key.public) + key.private.sign(text.encode())).decode()
    note = f"{text}\n\N{EM DASH} {key.name} {blob}\n"
    return Checkpoint(origin=key.name, size=size, root=root, at=at, note=note)


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


def read_note(note: str) -> tuple[str, int, bytes]:
    """Origin, size and root of a checkpoint's text. Raises ValueError where it is none."""
    origin, size, root, *_ = [*note.split("\n"), "", "", ""]
    return origin, int(size), base64.b64decode(root, validate=True)
