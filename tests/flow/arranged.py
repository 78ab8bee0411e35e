"""A newsroom over a folder with the files of a small good coverage, or over a copy of another folder's."""

import shutil
from pathlib import Path
from typing import Any, cast

from sayso.archive import Archive
from sayso.coverage import load
from sayso.flow.newsroom import Newsroom, reader_for
from sayso.model.settings import Settings
from tests.coverage.factory import GOOD
from tests.flow.factory import Clock, FakeDoor
from tests.store.factory import opened

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(p.parent for p in (ROOT / "examples").glob("*/coverage.toml"))


def good_folder(folder: Path) -> Path:
    """The files of the small coverage, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def copied(example: Path, folder: Path) -> Path:
    """A copy of an example."""
    return Path(shutil.copytree(example, folder, ignore=shutil.ignore_patterns("data")))


def room_over(folder: Path, data: Path) -> Newsroom:
    """A newsroom that follows the coverage in a folder; nothing in it polls."""
    data.mkdir(parents=True, exist_ok=True)
    made = load(folder)
    (data / "media").mkdir(exist_ok=True)
    return Newsroom(
        coverage=made,
        settings=Settings(data=data),
        store=opened(data / "sayso.sqlite3"),
        archive=Archive(data / "blobs"),
        media=data / "media",
        reader=reader_for(made),
        parser=cast(Any, None),
        door=cast(Any, FakeDoor()),
        clock=Clock(),
    )
