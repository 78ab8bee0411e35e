"""A file of a coverage as it lies on the disk, and putting another text in its place, whole or not at all."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import Refused

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The text of a file with plain line ends, and how it is kept: `stamp` is other for any other bytes."""

    path: Path
    text: str
    stamp: str
    returns: bool  # its lines end as on Windows
    marked: bool  # it begins with a byte order mark

    def encoded(self, text: str) -> bytes:
        """Another text, kept as this one is."""
        plain = text.replace("\r\n", "\n")
        return (_MARK if self.marked else b"") + (plain.replace("\n", "\r\n") if self.returns else plain).encode()


def on_disk(path: Path) -> OnDisk:
    """The file; an empty text where there is none. Raises Refused where it cannot be read or is not UTF-8."""
    try:
        raw = path.read_bytes() if path.exists() else b""
        text = raw.decode("utf-8-sig")
    except OSError as err:
        raise Refused(f"{path} cannot be read ({err.strerror}): make it a plain file that sayso may read.") from err
    except UnicodeDecodeError as err:
        raise Refused(f"{path} is not UTF-8: save it in that encoding, then edit it here.") from err
    stamp = hashlib.sha256(raw).hexdigest()[:16]
    return OnDisk(path, text.replace("\r\n", "\n"), stamp, "\r\n" in text, raw.startswith(_MARK))


def put_in_place(file: OnDisk, text: str) -> None:
    """Put another text in place of the file's, with the file's rights: a crash leaves the old one or the new one, whole.

    Raises Refused where it cannot be written.
    """
    path = file.path.resolve()  # a link stays a link
    half = ""
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
        handle, half = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as out:
            os.fchmod(handle, mode)
            out.write(file.encoded(text))
            out.flush()
            os.fsync(handle)
        Path(half).replace(path)
        _flush(path.parent)
    except OSError as err:
        if half:
            Path(half).unlink(missing_ok=True)
        raise Refused(f"{path} cannot be written ({err.strerror}): let sayso write there, or edit it by hand.") from err


def _flush(folder: Path) -> None:
    """Have the folder's list of files on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
