"""Signed checkpoints: what holds the operator to the ledger. The key lies in a file of its own, not in the database."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from sayso.errors import BadSetting
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.stamping import wrong_stamps
from sayso.store import Checkpoint, Problem, SigningKey, read_verifier, verifier_of

log = structlog.get_logger()


def signing_key(room: Newsroom) -> SigningKey:
    """The coverage's key, made at the first start. Raises BadSetting where its file is damaged."""
    path = key_path(room)
    address = urlsplit(room.settings.base_url)
    name = f"{address.netloc}{address.path}/c/{room.coverage.name}".replace("+", "-")
    if not path.exists():
        key = SigningKey.generate(name)
        keep_secret(path, key.seed.hex() + "\n")
        log.info("ledger.key_made", verifier=key.verifier)
        return key
    try:
        return SigningKey.from_seed(name, bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except ValueError as err:
        raise BadSetting(
            f"{path}: not a signing key; put the file back from your backup, or move it away for a new key"
        ) from err


def keep_secret(path: Path, text: str) -> None:
    """Write a file that only its owner may read: whole and on disk under its name, or not there at all.

    A power cut must not lose the key of checkpoints that were handed out, and half a key would keep us from starting.
    """
    half = path.with_suffix(".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def key_path(room: Newsroom) -> Path:
    """Where the key lies."""
    return _beside(room, "signing.key")


def _beside(room: Newsroom, name: str) -> Path:
    return room.settings.data / room.coverage.name / name


def sign_checkpoint(room: Newsroom) -> Checkpoint:
    """The signed checkpoint of the ledger as it stands; the same size is signed once.

    A copy lies beside the key: whoever cuts the database back to an earlier state does not cut that.
    """
    made = room.store.checkpoint(signing_key(room), at=world_now())
    if handed_out(room) != (made.note,):
        keep_secret(_beside(room, "checkpoint"), made.note)
    return made


def handed_out(room: Newsroom) -> tuple[str, ...]:
    """The copy of the latest signed checkpoint, which the ledger must still have; nothing before the first."""
    path = _beside(room, "checkpoint")
    return (path.read_text(encoding="utf-8"),) if path.exists() else ()


def known_keys(room: Newsroom) -> tuple[tuple[str, bytes], ...]:
    """Name and public key of all that signed for this coverage: its own, and those that came with an import.

    Raises BadSetting where a file of keys is damaged.
    """
    own = [signing_key(room)] if key_path(room).exists() else []
    path = _beside(room, "earlier-keys")
    try:
        earlier = [read_verifier(line) for line in path.read_text().splitlines()] if path.exists() else []
    except ValueError as err:
        raise BadSetting(f"{path}: {err}; put the file back from your backup") from err
    return (*((key.name, key.public) for key in own), *earlier)


def known_verifiers(room: Newsroom) -> tuple[str, ...]:
    """Those keys as lines that others can keep, each once. Raises BadSetting as `known_keys`."""
    return tuple(dict.fromkeys(verifier_of(name, public) for name, public in known_keys(room)))


def problems_of(room: Newsroom, *, kept: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Everything that does not verify in a coverage: its ledger, checkpoints, originals and public files.

    `kept` are signed checkpoints that somebody kept elsewhere.
    """
    return room.store.verify(
        has_blob=lambda sha256: room.archive.read(sha256) is not None,
        has_medium=lambda name: is_itself(room.media / name),
        keys=[public for _, public in known_keys(room)],
        handed_out=[*handed_out(room), *kept],
        wrong_stamp=wrong_stamps(room),
    )


def is_itself(file: Path) -> bool:
    """Whether a public file is there and holds the bytes that its name is made of (`media.prepared`)."""
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest().startswith(file.name.partition(".")[0])
