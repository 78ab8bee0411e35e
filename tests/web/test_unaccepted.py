"""What a machine read and nobody accepted stands in no public byte (H1)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.model.claim import Part, Passage, Reading
from sayso.model.setting import Setting
from tests.web.crawling import public_bytes
from tests.web.desk_room import KilledReader, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
OTHER = "Lake Post hears that 34 soldiers were killed near Verst."


class Blind(KilledReader):
    """The same reader, which reads no claim."""

    def read(self, text: str, parts: Sequence[Part], setting: Setting) -> Reading:
        passages = (Passage(span=p.span, text=text[p.span.start : p.span.end]) for p in parts)
        return Reading(passages=tuple(passages), reader=self.version)


@pytest.fixture
def two_rooms(tmp_path: Path) -> Iterator[tuple[Newsroom, Newsroom]]:
    reads, blind = (newsroom(tmp_path / n, readings="reviewed") for n in ("reads", "blind"))
    blind.reader = cast(Any, Blind())
    yield reads, blind
    reads.store.close()
    blind.store.close()


def test_an_unaccepted_reading_changes_no_public_byte(two_rooms: tuple[Newsroom, Newsroom]) -> None:
    for room in two_rooms:
        one, other = take_in(room, TEXT), take_in(room, OTHER)
        review = Review(room)
        review.publish(one.id, accepted=(), seen=(), who="a")
        review.publish(other.id, accepted=(), seen=(), who="a")
    read, blind = (public_bytes(room) for room in two_rooms)
    assert len(read) > 20
    assert TEXT.encode() in b"".join(read.values())
    assert set(read) == set(blind)
    assert [path for path in read if read[path] != blind[path]] == []


def test_an_accepted_one_does(two_rooms: tuple[Newsroom, Newsroom]) -> None:
    room = two_rooms[0]
    one = take_in(room, TEXT)
    Review(room).publish(one.id, accepted=(0,), seen=(f"{one.id}.0",), who="a")
    tally = public_bytes(room)["/c/orland/tally/"]
    assert b"12" in tally


def test_what_is_held_stands_in_no_public_byte(two_rooms: tuple[Newsroom, Newsroom]) -> None:
    room = two_rooms[0]
    take_in(room, "The Tesk Guard said 12 soldiers were killed by the canary of Ubel.")
    assert [path for path, body in public_bytes(room).items() if b"canary" in body] == []
