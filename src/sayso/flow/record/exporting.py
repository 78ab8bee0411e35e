"""A whole coverage as one file: its folder, ledger, checkpoints, originals and pictures; the same bytes for the same state.

What a takedown erased is not in it, nor accounts, sessions, the staff log (H12), the settings or the private key.
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.signing import known_verifiers
from sayso.model.carried import CHECKPOINTS, FORM, KEYS, LEDGER, MANIFEST, STAMPS, may_be_member
from sayso.model.event import Row
from sayso.store import Checkpoint, Snapshot, Stamp

#: The earliest time that a ZIP can hold: no member tells when it was written.
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
TELL_EACH: Final = 10_000


def export_coverage(room: Newsroom, folder: Path, file: Path, *, say: Callable[[str], None]) -> int:
    """How many rows of the ledger are in `file`, which is written anew; `say` hears how far it is.

    `folder` is the coverage's. Raises Refused where an original is missing: `sayso store verify` says more.
    """
    half = file.with_name(file.name + ".part")
    try:
        with zipfile.ZipFile(half, "w", compresslevel=6) as out, room.store.snapshot() as ledger:
            rows = _write(Members(out), room, folder, ledger, say)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return rows


class Members:
    """Writes members one after the other, and remembers the size and SHA-256 of each."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self._out = out
        self.written: dict[str, dict[str, Any]] = {}

    def add(self, name: str, parts: Iterable[bytes], *, packed: bool = True) -> None:
        """One member, of those bytes; pictures and originals are stored as they are."""
        info, digest, size = zipfile.ZipInfo(name, NO_TIME), hashlib.sha256(), 0
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._out.open(info, "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                digest.update(part)
                size += len(part)
        self.written[name] = {"sha256": digest.hexdigest(), "size": size}


def _write(members: Members, room: Newsroom, folder: Path, ledger: Snapshot, say: Callable[[str], None]) -> int:
    for path in files_of(room, folder):
        members.add(f"coverage/{path.relative_to(folder).as_posix()}", [path.read_bytes()])
    size = ledger.size()
    members.add(LEDGER, _told(ledger.every_row(), size, say))
    members.add(CHECKPOINTS, map(checkpoint_line, ledger.checkpoints()))
    members.add(STAMPS, map(stamp_line, ledger.stamps()))
    members.add(KEYS, [f"{line}\n".encode() for line in known_verifiers(room)])
    blobs, names = ledger.files()
    say(f"{len(blobs)} originals and {len(names)} public files")
    for sha256 in blobs:
        body = room.archive.read(sha256)
        if body is None:
            raise Refused(
                f"the original {sha256} is missing or was just taken down: run sayso store verify, then export"
            )
        members.add(f"blobs/{sha256}", [body], packed=False)
    for name in names:
        if not (room.media / name).is_file():
            raise Refused(
                f"the public file {name} is missing or was just taken down: run sayso store verify, then export"
            )
        members.add(f"media/{name}", [(room.media / name).read_bytes()], packed=False)
    about = {"form": FORM, "coverage": room.coverage.name, "rows": size, "root": ledger.root().hex()}
    members.add(MANIFEST, [json.dumps({**about, "members": members.written}, indent=1).encode()])
    return size


def files_of(room: Newsroom, folder: Path) -> list[Path]:
    """The files that an editor wrote, sorted: not the data, nor what is hidden, nor what only this machine needs."""
    data = {room.settings.data.resolve(), (room.settings.data / room.coverage.name).resolve()} - {folder.resolve()}
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and not data & set(path.resolve().parents)
        and may_be_member(f"coverage/{path.relative_to(folder).as_posix()}")
    )


def _told(rows: Iterable[Row], size: int, say: Callable[[str], None]) -> Iterator[bytes]:
    for row in rows:
        if row.seq % TELL_EACH == 0:
            say(f"{row.seq:,} of {size:,} rows")
        yield row_line(row)


def row_line(row: Row) -> bytes:
    """A row of the ledger as a line of JSON; salt and content are null where a takedown erased them."""
    content = None if row.content is None else row.content.decode()
    fields = {"seq": row.seq, "at": row.at.isoformat(), "actor": row.actor, "kind": row.kind}
    return _line({**fields, "commitment": row.commitment, "salt": row.salt, "content": content})


def checkpoint_line(one: Checkpoint) -> bytes:
    """A signed checkpoint as a line of JSON."""
    return _line({"at": one.at.isoformat(), "note": one.note})


def stamp_line(one: Stamp) -> bytes:
    """An authority's answer about a checkpoint as a line of JSON; the answer in base64."""
    response = base64.b64encode(one.response).decode()
    fields = {"size": one.size, "origin": one.origin, "at": one.at.isoformat(), "url": one.url}
    return _line({**fields, "response": response})


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
