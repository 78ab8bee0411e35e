"""The inbox: what cannot wait first, the same words once, and page after page nothing is passed over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.errors import Refused
from sayso.flow.desk import sorting
from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.desk.review import Review
from sayso.flow.desk.sorting import Onward, Sorted, Sorting, Sought
from sayso.flow.newsroom import Newsroom
from sayso.model.event import Decided, Gone
from sayso.store import Which
from tests.desk.factory import GUARD, NOW, POST
from tests.flow.factory import Clock
from tests.web.desk_room import TotalReader, newsroom, take_in

WAITING = Which(states=("new", "held"))
MINUTE = timedelta(minutes=1)
LONG = " ".join(f"word{n}" for n in range(60))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, readings="reviewed")
    made.reader, made.clock = cast(Any, TotalReader()), Clock(NOW)
    yield made
    made.store.close()


def said(room: Newsroom, text: str, minute: float, source: Any = POST, **more: Any) -> str:
    at = NOW + minute * MINUTE
    return take_in(room, text, source, published_at=at, first_seen_at=at, **more).id


def look(room: Newsroom, onward: Onward | None = None, which: Which = WAITING, **more: Any) -> Sorted:
    return Sorting(room, Foreseeing(room)).look(Sought(which=which, **more), onward)


def ids(found: Sorted) -> list[str]:
    return [line.statement.id for line in found.lines]


def test_what_lowers_a_figure_stands_over_newer_news_and_the_same_words_are_folded(room: Newsroom) -> None:
    first = said(room, "The Tesk Guard: 31 soldiers in all", 0, GUARD)
    Review(room).publish(first, accepted={0}, seen={f"{first}.0"}, who="editor")
    lower = said(room, "The Tesk Guard: 13 soldiers in all", 1, GUARD)
    weather = said(room, LONG, 2)
    again = said(room, f"{LONG}.", 3, GUARD)
    own = said(room, "The road is open.", 4, GUARD)
    figures = said(room, "An agency counts 44 soldiers", 5)
    found = look(room)
    assert ids(found) == [lower, figures, own, weather]
    assert [line.urgency for line in found.lines] == ["lowered", "figures", "own_channel", "other"]
    assert [s.id for s in found.lines[3].again] == [again]
    assert found.lines[0].foreseen[0].sentence.startswith("Lower than the figure before: 31 → 13")
    assert found.lines[0].cards[0].figure == "13"


def test_the_same_words_as_a_published_statement_stand_last_and_say_whose_they_are(room: Newsroom) -> None:
    first = said(room, f"The Tesk Guard: 31 soldiers. {LONG}", 0, GUARD)
    Review(room).publish(first, accepted={0}, seen={f"{first}.0"}, who="editor")
    again, other = said(room, f"The Tesk Guard: 31 soldiers! {LONG}", 1), said(room, "The road is open.", -5)
    found = look(room)
    assert ids(found) == [other, again]
    assert found.lines[1].first == (first, NOW)


def test_nothing_is_passed_over_while_others_decide(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "LINES", 3)
    monkeypatch.setattr(sorting, "WINDOW", 7)
    monkeypatch.setattr(sorting, "AT_ONCE", 2)
    there = {said(room, f"Message {n}", n, GUARD if n % 3 else POST) for n in range(20)}
    seen: list[str] = []
    page = look(room)
    while True:
        seen += ids(page)
        Review(room).reject(ids(page)[0], who="editor")
        said(room, f"It came meanwhile: {len(seen)}", 100 + len(seen))
        if page.onward is None:
            break
        page = look(room, Onward.read(str(page.onward)))
    assert sorted(seen) == sorted(there)


def test_filters_find_by_source_language_words_and_what_is_special(room: Newsroom) -> None:
    road = said(room, "The ROAD to Ubel is open", 0, GUARD, url="https://guard.example/road-7")
    figure = said(room, "The Tesk Guard: more than 31 soldiers", 1, lang="hy")
    assert ids(look(room, words="ubel road")) == [road]
    assert ids(look(room, words="road-7")) == [road]
    assert ids(look(room, words="lake post")) == [figure]
    assert ids(look(room, words="ubel bridge")) == []
    assert ids(look(room, lang="hy")) == [figure]
    assert ids(look(room, flag="amber")) == [figure]
    assert ids(look(room, flag="own_channel")) == [road]
    assert ids(look(room, which=replace(WAITING, sources=("guard",)))) == [road]


def test_every_state_says_what_it_is(room: Newsroom) -> None:
    old = said(room, "The road is closed", 0, key="road", version=1)
    new = said(room, "The road is open", 1, key="road", version=2, replaces=old)
    gone = said(room, "A bridge fell", 2)
    with room.store.write(actor="test", at=NOW) as w:
        w.append(Gone(statement=gone, last_seen_at=NOW))
        w.append(Decided(statement=new, decision="hold", by="editor", reason="Ask the ministry."))
    assert ids(look(room)) == [new]
    (line,) = look(room).lines
    assert (line.by_editor, line.reason, [f.code for f in line.flags]) == (True, "Ask the ministry.", ["changed"])
    (line,) = look(room, which=Which(states=("gone",))).lines
    assert (line.statement.id, line.gone_at, [f.code for f in line.flags]) == (gone, NOW, ["gone"])
    assert ids(look(room, which=Which(changed=True))) == [new]
    assert ids(look(room, which=Which(states=("superseded",)))) == [old]


@pytest.mark.parametrize("token", ["", "1", "x-y~1", "1-a~2-b~x~y~z", "1-a~2~0~0~z"])
def test_a_place_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(Refused, match="begin with the first"):
        Onward.read(token)
