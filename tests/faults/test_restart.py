"""A server that starts anew: who was reading goes on where it was, and hears what came while nobody served."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom, open_newsroom
from tests.coverage.factory import write
from tests.faults.serving import Served
from tests.faults.test_takedown import WORDS, Noon, Sources, poll

pytestmark = pytest.mark.server


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    folder = tmp_path / "two-banks"
    folder.mkdir()
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    opened = open_newsroom(write(folder))
    opened.door, opened.clock = Sources(), Noon()  # type: ignore[assignment]
    yield opened
    opened.close()


def events(served: Served, *, last: int, upto: int) -> list[tuple[int, str]]:
    """Number and kind of what a reader hears who has heard `last`, up to a number; a number alone has no kind."""
    url = f"http://127.0.0.1:{served.port}/c/two-banks/events"
    found: list[tuple[int, str]] = []
    with httpx.stream("GET", url, headers={"last-event-id": str(last)}, trust_env=False, timeout=20) as stream:
        for line in stream.iter_lines():
            if line.startswith("id: "):
                found.append((int(line[4:]), ""))
            elif line.startswith("event: "):
                found[-1] = (found[-1][0], line[7:])
            elif line == "" and found and found[-1][0] >= upto:
                return found
    raise AssertionError(f"the stream ended after {found}")


def test_a_reader_goes_on_where_it_was_and_hears_what_came_while_nobody_served(room: Newsroom) -> None:
    first = Served(room)
    poll(room)
    n = room.store.public_n()
    assert [i for i, _ in events(first, last=0, upto=n)] == list(range(1, n + 1))
    first.close()
    it = next(s for s in room.store.every_statement() if WORDS in s.text)
    Review(room).correct(it.id, wrong="It was noon, not midnight.", who="editor")
    now = room.store.public_n()
    assert now > n
    again = Served(room)
    for last in (n, n - 1, 0):
        heard = events(again, last=last, upto=now)
        assert [i for i, _ in heard] == list(range(last + 1, now + 1))
        assert "reset" not in {kind for _, kind in heard} and any(kind in ("put", "add") for i, kind in heard if i > n)
    again.close()
