"""An example's replay told to a newsroom at once: the bytes that its server would send, in the order of the story."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sayso.archive import Archive
from sayso.coverage import load
from sayso.fetch import Answer
from sayso.flow.arrival.intake import keep_and_take_in
from sayso.flow.newsroom import Newsroom, reader_for
from sayso.model.settings import Settings
from sayso.replay import Tape, read_tape
from sayso.replay.markup import Place
from sayso.replay.server import TYPES, drawn
from sayso.replay.shelf import shelf
from sayso.sources.sandbox import Parser
from tests.flow.factory import Clock, FakeDoor
from tests.store.factory import opened

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def retold(
    folder: Path,
    data: Path,
    parser: Parser,
    *,
    until: datetime | None = None,
) -> Newsroom:
    """A newsroom over the coverage in `folder` that has heard its replay up to `until`, inclusive; all of it if None.

    The newsroom's clock stands at the last word.
    """
    tape, coverage = read_tape(folder), load(folder)
    here = data / coverage.name
    (here / "media").mkdir(parents=True)
    room = Newsroom(
        coverage=coverage, settings=Settings(data=data), store=opened(here / "sayso.sqlite3"), archive=Archive(here / "blobs"),
        media=here / "media", reader=reader_for(coverage), parser=parser, door=cast(Any, FakeDoor()), clock=Clock(),
    )  # fmt: skip
    channels, place = {c.name: c for c in tape.channels}, Place(base="http://127.0.0.1:8917", folder=tape.folder)
    for at, name in moments(tape):
        if until is not None and at > until:
            break
        cast(Clock, room.clock).at = at.astimezone(UTC)
        body, kind = drawn(channels[name], shelf(tape.told, name, story=at), place), TYPES[channels[name].format]
        source = coverage.source(name)
        assert source is not None
        answer = Answer(
            status=200, url=source.url, headers=(("content-type", kind),), body=body, media_type=kind.partition(";")[0]
        )
        keep_and_take_in(room, source, answer)
    return room


def moments(tape: Tape) -> Iterator[tuple[datetime, str]]:
    """When something changed at a source, and at which, in order."""
    yield from sorted({(at, t.source) for t in tape.told for at in (t.at, *(then.at for then in t.then))})
