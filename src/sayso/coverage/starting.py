"""The files of a new coverage, with comments that say what goes where."""

import re
import unicodedata
from datetime import date
from pathlib import Path

from sayso.errors import Refused

TEMPLATE = Path(__file__).with_name("template")
FILES = ("README.md", "coverage.toml", "parties.toml", "places.toml", "sources.toml")
#: Stands in the file until the editor writes the day that the war began.
SOME_DAY = date(2031, 5, 2)


def new(folder: Path, *, title: str = "", start: date = SOME_DAY) -> tuple[Path, ...]:
    """The files that were written into `folder`: a coverage that passes `check` and shows an empty page at once.

    Its name comes from the folder's. Raises Refused where one of the files is there already; then nothing is written.
    """
    there = [name for name in FILES if (folder / name).exists()]
    if there:
        raise Refused(f"{folder} already holds {', '.join(there)}: name a new folder, or move these away first")
    name = slug(folder.resolve().name)
    words = {
        "@NAME@": name,
        "@TITLE@": _in_toml(title or name.replace("-", " ").capitalize()),
        "@START@": start.isoformat(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder, file, words) for file in FILES)


def slug(words: str) -> str:
    """The words as a name that may stand in an address; "my-coverage" where no letter of them may."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:63].rstrip("-") or "my-coverage"


def _in_toml(title: str) -> str:
    """A title that may stand between quotation marks in TOML, on one line."""
    plain = "".join(c if c.isprintable() else " " for c in title)
    return plain.replace("\\", "\\\\").replace('"', '\\"')


def _write(folder: Path, file: str, words: dict[str, str]) -> Path:
    """Write one file of the template with its words filled in."""
    text = (TEMPLATE / file).read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    path = folder / file
    path.write_text(text, encoding="utf-8")
    return path
