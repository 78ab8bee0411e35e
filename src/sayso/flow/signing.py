"""Signed checkpoints: what holds the operator to the ledger. The key lies in a file of its own, not in the database."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from sayso.errors import BadSetting
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.store import Checkpoint, SigningKey

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
    return room.settings.data / room.coverage.name / "signing.key"


def sign_checkpoint(room: Newsroom) -> Checkpoint:
    """The signed checkpoint of the ledger as it stands; the same size is signed once."""
    return room.store.checkpoint(signing_key(room), at=world_now())
