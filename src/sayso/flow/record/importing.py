"""A whole coverage out of one file: nothing in the file is believed before it is checked, nothing is kept if it fails."""

import base64
import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sayso.archive import Archive
from sayso.coverage import load, load_settings
from sayso.errors import BadSetting, Refused
from sayso.flow.record.signing import is_itself
from sayso.model.carried import CHECKPOINTS, FORM, KEYS, LEDGER, MANIFEST, STAMPS, may_be_member
from sayso.model.event import Row
from sayso.model.settings import Settings
from sayso.store import Checkpoint, Stamp, Store, read_note, read_verifier

MOST_MEMBERS: Final = 2_000_000
#: Text packs well, but not better than this: whatever does was made to fill a disk.
MOST_PACKED, MEMBER_BYTES, SMALL_BYTES = 200, 2**20, 64 * 2**20
MOST_MANIFEST_BYTES: Final = 256 * 2**20
LONGEST_LINE_BYTES: Final = 64 * 2**20
CHUNK: Final = 2**20
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def import_coverage(file: Path, folder: Path, *, say: Callable[[str], None]) -> int:
    """How many rows of the ledger are now in the database of the coverage in `folder`, which is made.

    The folder may hold a `sayso.toml` already, which says where the data goes. Raises Refused, with nothing left behind, for
    a file that is damaged, was changed, or would do harm, and where there is a coverage already.
    """
    if folder.exists() and any(path.name != "sayso.toml" for path in folder.iterdir()):
        raise Refused(f"{folder} is not empty: name a new folder, or one with nothing but a sayso.toml in it")
    try:
        with zipfile.ZipFile(file) as archive:
            carried = Carried(archive, file)
            say(f"{len(carried.members)} members are whole")
            return _unpack(carried, folder, say)
    except BROKEN as err:
        raise Refused(f"{file}: damaged, or not a coverage of ours ({err}); ask for the file again") from err


class Carried:
    """The file, once each member is what the manifest says."""

    def __init__(self, archive: zipfile.ZipFile, file: Path) -> None:
        self._archive = archive
        infos = {info.filename: info for info in archive.infolist()}
        self._check_form(infos, file)
        if infos[MANIFEST].file_size > MOST_MANIFEST_BYTES:
            raise Refused(f"{file}: its manifest is too large to be one of ours")
        try:
            manifest = json.loads(archive.read(MANIFEST))
            form, self.name, self.rows = manifest["form"], str(manifest["coverage"]), int(manifest["rows"])
            self.root, listed = bytes.fromhex(manifest["root"]), manifest["members"]
            self.members: dict[str, str] = {str(name): str(one["sha256"]) for name, one in listed.items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
            raise Refused(f"{file}: its manifest is not one of ours") from err
        if form != FORM:
            raise Refused(f"{file}: written by another version of sayso (form {form!r}); use that version")
        if {*self.members, MANIFEST} != set(infos) or not {LEDGER, CHECKPOINTS, STAMPS, KEYS} <= set(self.members):
            raise Refused(f"{file}: its members are not those that its manifest lists")
        for name, sha256 in self.members.items():
            if self._digest(name) != sha256:
                raise Refused(f"{file}: {name} was changed since the export")

    def _check_form(self, infos: dict[str, zipfile.ZipInfo], file: Path) -> None:
        """Raise Refused for what no export of ours has. Nothing is unpacked for it."""
        if len(infos) != len(self._archive.infolist()) or len(infos) > MOST_MEMBERS:
            raise Refused(f"{file}: holds two members of one name, or too many")
        for name in infos:
            if not may_be_member(name):
                raise Refused(f"{file}: holds {name[:200]!r}, which no export of ours does; nothing was unpacked")
        if MANIFEST not in infos:
            raise Refused(f"{file}: has no {MANIFEST}: not a coverage that sayso exported")
        swollen = any(info.file_size > MOST_PACKED * info.compress_size + MEMBER_BYTES for info in infos.values())
        if swollen or sum(i.file_size for i in infos.values()) > MOST_PACKED * file.stat().st_size + SMALL_BYTES:
            raise Refused(f"{file}: would unpack to far more than it can hold; nothing was unpacked")

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._archive.open(name) as member:
            while part := member.read(CHUNK):
                digest.update(part)
        return digest.hexdigest()

    def under(self, folder: str) -> Iterator[tuple[str, str]]:
        """Name and path below it of each member of a folder, in the order of the file."""
        return ((name, name.removeprefix(f"{folder}/")) for name in self.members if name.startswith(f"{folder}/"))

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        return self._archive.read(name)

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The JSON objects of a member, line by line. Raises Refused for a line that is none."""
        with self._archive.open(name) as member:
            for number in range(1, self.rows + MOST_MEMBERS):
                line = member.readline(LONGEST_LINE_BYTES)
                if not line:
                    return
                try:
                    yield dict(json.loads(line))
                except (ValueError, TypeError, RecursionError) as err:
                    raise Refused(f"{name}, line {number}: not a line of an export") from err

    def ledger(self) -> Iterator[Row]:
        """The rows of the ledger, in order."""
        for fields in self.lines(LEDGER):
            try:
                content, at = fields.pop("content"), datetime.fromisoformat(fields.pop("at"))
                yield Row(**fields, at=at, content=None if content is None else content.encode())
            except (ValueError, TypeError, KeyError, AttributeError) as err:
                raise Refused(f"{LEDGER}: a row has a field that no row has, or lacks one") from err

    def checkpoints(self) -> Iterator[Checkpoint]:
        """The signed checkpoints."""
        for fields in self.lines(CHECKPOINTS):
            try:
                signed, at = read_note(fields["note"]), datetime.fromisoformat(fields["at"])
            except (ValueError, TypeError, KeyError, AttributeError) as err:
                raise Refused(f"{CHECKPOINTS}: holds what is no signed checkpoint") from err
            yield Checkpoint(origin=signed.origin, size=signed.size, root=signed.root, at=at, note=fields["note"])

    def stamps(self) -> Iterator[Stamp]:
        """What outside authorities answered about checkpoints."""
        for fields in self.lines(STAMPS):
            try:
                at, response = datetime.fromisoformat(fields.pop("at")), base64.b64decode(fields.pop("response"))
                yield Stamp(**fields, at=at, response=response)
            except (ValueError, TypeError, KeyError, AttributeError) as err:
                raise Refused(f"{STAMPS}: a line is no time-stamp of ours") from err

    def keys(self) -> tuple[str, ...]:
        """The lines of the keys that signed. Raises Refused for one that is none."""
        lines = tuple(self.read(KEYS).decode("utf-8", "replace").splitlines())
        try:
            for line in lines:
                read_verifier(line)
        except ValueError as err:
            raise Refused(f"{KEYS}: {err}") from err
        return lines


def _unpack(carried: Carried, folder: Path, say: Callable[[str], None]) -> int:
    was_there, data = folder.exists(), None
    try:
        for name, path in carried.under("coverage"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(carried.read(name))
        settings = load_settings(folder)
        if load(folder).name != carried.name:
            raise Refused(f"the coverage in it is named {load(folder).name!r}, its manifest says {carried.name!r}")
        where = settings.data / carried.name
        if where.exists():
            raise Refused(f"{where} is there already: move it away, or set another data folder in {folder}/sayso.toml")
        data = where
        return _put(carried, settings, data, say)
    except (BadSetting, ValueError) as err:
        _clear(folder, data, keep=was_there)
        raise Refused(f"the coverage in the file cannot be used: {err}") from err
    except BaseException:
        _clear(folder, data, keep=was_there)
        raise


def _put(carried: Carried, settings: Settings, data: Path, say: Callable[[str], None]) -> int:
    """Files first, then the ledger in one transaction that ends well only if everything verifies."""
    archive, media = Archive(data / "blobs"), data / "media"
    media.mkdir()
    for name, sha256 in carried.under("blobs"):
        if archive.keep(carried.read(name)) != sha256:
            raise Refused(f"{name} is not the original of that name")
    for name, file in carried.under("media"):
        (media / file).write_bytes(carried.read(name))
    keys, checkpoints = carried.keys(), tuple(carried.checkpoints())
    (data / "earlier-keys").write_text("".join(f"{line}\n" for line in keys), encoding="utf-8")
    if checkpoints:
        (data / "checkpoint").write_text(checkpoints[-1].note, encoding="utf-8")
    say(f"{carried.rows:,} rows are put into the database and verified")
    store = Store.open(settings.database or f"sqlite:///{data / 'sayso.sqlite3'}", coverage=carried.name)
    try:
        return store.put(
            carried.ledger(),
            checkpoints,
            carried.stamps(),
            root=carried.root,
            has_blob=lambda sha256: archive.read(sha256) is not None,
            has_medium=lambda name: is_itself(media / name),
            keys=[read_verifier(line)[1] for line in keys],
        )
    finally:
        store.close()


def _clear(folder: Path, data: Path | None, *, keep: bool) -> None:
    """Take away what a failed import wrote; a `sayso.toml` that was there stays."""
    if data is not None:
        shutil.rmtree(data, ignore_errors=True)
    for path in folder.iterdir() if folder.exists() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != "sayso.toml":
            path.unlink()
    if not keep and folder.exists():
        folder.rmdir()
