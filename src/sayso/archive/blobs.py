"""A folder of blobs named by their SHA-256: `ab/cd/abcd...`.

A blob is written to a temporary file, synced, renamed into place, and its folder synced: after `keep` returns, a power
cut does not lose it, and no name ever stands for other bytes. Bytes are stored once however often they come, and can
be erased without a trace in any other file.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import structlog

from sayso.errors import Refused

log = structlog.get_logger()

UNFINISHED = "unfinished"
HASH_LENGTH = 64

#: Below this much free space nothing more is taken in, so that the database can still write.
FREE_BYTES = 64 * 2**20


class Archive:
    """The blobs in one folder. Safe to use from several threads, and from several processes once opened."""

    def __init__(self, folder: Path, *, free_bytes: int = FREE_BYTES) -> None:
        """Opens the folder (made if absent) and removes what a crash left half written.

        `free_bytes` stay free on its disk: `keep` refuses what would go below.
        """
        self.folder = folder
        self.free_bytes = free_bytes
        self._unfinished = folder / UNFINISHED
        self._unfinished.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
        self._clean()

    def keep(self, body: bytes) -> str:
        """The SHA-256 (hex) under which the bytes now lie on disk, synced. Raises Refused when the disk is full."""
        sha256 = hashlib.sha256(body).hexdigest()
        target = self._path(sha256)
        if not self._holds(target, sha256):
            self._check_space(len(body))
            self._write(target, body)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """The bytes, or None where they were erased, never kept, or no longer match their hash."""
        try:
            body = self._path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(body).hexdigest() != sha256:
            log.error("archive.damaged", sha256=sha256)
            return None
        return body

    def erase(self, sha256: str) -> None:
        """Removes the bytes; nothing happens where they are gone already. Durable when it returns."""
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def all(self) -> Iterator[str]:
        """Every hash that has a blob, in order."""
        for path in sorted(self.folder.glob("??/??/*")):
            if len(path.name) == HASH_LENGTH:
                yield path.name

    def _path(self, sha256: str) -> Path:
        if len(sha256) != HASH_LENGTH or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a SHA-256 in hex: {sha256[:80]!r}")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def _holds(self, target: Path, sha256: str) -> bool:
        # a damaged blob is written anew rather than believed
        return target.exists() and self.read(sha256) is not None

    def _write(self, target: Path, body: bytes) -> None:
        self._make_folders(target.parent)
        handle, name = tempfile.mkstemp(dir=self._unfinished)
        with os.fdopen(handle, "wb") as half:
            fcntl.flock(half, fcntl.LOCK_EX)  # as long as it is held, no other process takes this for a leftover
            half.write(body)
            half.flush()
            os.fsync(half.fileno())
            Path(name).replace(target)
        sync_folder(target.parent)

    def _make_folders(self, folder: Path) -> None:
        """Makes `ab/cd` durably: the name of a new folder is as lost in a power cut as that of a file."""
        for path in (folder.parent, folder):
            if not path.is_dir():
                path.mkdir(exist_ok=True)
                sync_folder(path.parent)

    def _check_space(self, size: int) -> None:
        free = shutil.disk_usage(self.folder).free
        if free - size < self.free_bytes:
            raise Refused(
                f"{self.folder}: only {free // 2**20} MB are free on this disk; nothing more is taken in until there "
                f"are {(self.free_bytes + size) // 2**20 + 1} MB: free some space or move the data folder"
            )

    def _clean(self) -> None:
        for path in self._unfinished.iterdir():
            if is_abandoned(path):
                log.info("archive.unfinished_removed", name=path.name)
                path.unlink(missing_ok=True)


def is_abandoned(path: Path) -> bool:
    """Whether no living process is writing the file."""
    try:
        with path.open("rb") as half:
            fcntl.flock(half, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, FileNotFoundError):
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
