"""What the desk is warned of is found again in every process, for a day; presence is forgotten in a minute."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.flow.arrival.listening import MANY_FAILURES
from sayso.flow.clock import world_now
from sayso.flow.desk import alerting
from sayso.flow.desk.alerting import WARNED_FOR, Alerting
from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.desk.review import Review
from sayso.flow.desk.sorting import Sorting
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift import presence
from sayso.flow.shift.presence import FORGOTTEN, Presence
from sayso.model.event import Gone
from sayso.store import Store
from tests.desk.factory import GUARD, NOW
from tests.flow.factory import Clock
from tests.web.desk_room import TotalReader, newsroom, take_in

HOUR = timedelta(hours=1)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setattr(alerting, "LOOK_S", 0.0)
    monkeypatch.setattr(alerting, "LISTEN_S", 0.0)
    made = newsroom(tmp_path, readings="reviewed")
    made.reader, made.clock = cast(Any, TotalReader()), Clock(NOW)
    yield made
    made.store.close()


def fresh(room: Newsroom) -> Alerting:
    return Alerting(room, Sorting(room, Foreseeing(room)))


def said(room: Newsroom, text: str, hours: float, **more: Any) -> str:
    at = NOW + hours * HOUR
    cast(Clock, room.clock).at = max(room.clock.now(), at)
    return take_in(room, text, GUARD, published_at=at, first_seen_at=at, **more).id


def publish(room: Newsroom, id_: str) -> None:
    Review(room).publish(id_, accepted={0}, seen={f"{id_}.0"}, who="editor")


def test_a_lowered_figure_warns_before_and_after_it_is_published_with_one_id(room: Newsroom) -> None:
    publish(room, said(room, "The Tesk Guard: 31 soldiers in all", 0))
    lasting = fresh(room)
    assert lasting.now() == ()
    lower = said(room, "The Tesk Guard: 13 soldiers in all", 1)
    (warned,) = lasting.now()
    assert (warned.kind, warned.path, warned.at) == ("lowered", f"s/{lower}", NOW + HOUR)
    publish(room, lower)
    assert [a.id for a in lasting.now()] == [warned.id]
    assert fresh(room).now() == lasting.now()


def test_what_was_put_away_warns_of_nothing(room: Newsroom) -> None:
    publish(room, said(room, "The Tesk Guard: 31 soldiers in all", 0))
    lower = said(room, "The Tesk Guard: 13 soldiers in all", 1)
    Review(room).reject(lower, who="editor")
    assert fresh(room).now() == ()


def test_the_desk_is_warned_for_a_day_and_of_what_goes_from_its_source_from_then(room: Newsroom) -> None:
    said(room, "The road is closed", 0, key="road")
    said(room, "The road is open", 1, key="road", version=2)
    old = said(room, "A bridge fell", -48)
    alerts = fresh(room)
    assert [a.kind for a in alerts.now()] == ["changed"]
    with room.store.write(actor="test", at=NOW) as w:
        w.append(Gone(statement=old, last_seen_at=NOW + 2 * HOUR))
    assert [a.kind for a in alerts.now()] == ["gone", "changed"]
    cast(Clock, room.clock).at = NOW + HOUR + WARNED_FOR + timedelta(seconds=1)
    assert [a.kind for a in fresh(room).now()] == ["gone"]


def test_what_warned_in_the_morning_still_warns_after_hundreds_of_others(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerting, "LOOKED_AT", 2)
    publish(room, said(room, "The Tesk Guard: 31 soldiers in all", 0))
    lasting = fresh(room)
    lasting.now()
    lower = said(room, "The Tesk Guard: 13 soldiers in all", 0.1)
    (warned,) = lasting.now()
    for n in range(5):
        said(room, f"Message {n}", 1 + n / 10)
        assert lasting.now() == (warned,)
    assert fresh(room).now() == (warned,), "whoever starts later looks as far back"
    Review(room).reject(lower, who="editor")
    assert lasting.now() == ()


def test_a_source_that_breaks_its_habit_warns_until_it_speaks_again(room: Newsroom) -> None:
    for n in range(9):
        said(room, f"Message {n}", n / 4)
    alerts = fresh(room)
    assert alerts.now() == ()
    cast(Clock, room.clock).at = NOW + 5 * HOUR
    (warned,) = alerts.now()
    assert (warned.kind, warned.whose, warned.path) == ("silent", "Tesk Guard", "sources")
    assert warned.sentence == "Silent for 3 h; usually speaks every 15 min."
    assert alerts.now() == (warned,)
    said(room, "Here again", 5)
    assert alerts.now() == ()


def test_a_source_that_cannot_be_read_warns_until_it_answers(room: Newsroom) -> None:
    alerts = fresh(room)
    for n in range(MANY_FAILURES):
        assert alerts.now() == ()
        room.store.note_fetch("guard", at=NOW + n * HOUR, ok=False, error="guard.example did not answer")
    (warned,) = alerts.now()
    assert (warned.kind, warned.sentence, warned.path) == ("failing", "guard.example did not answer.", "sources")
    room.store.note_fetch("guard", at=NOW + 8 * HOUR, ok=False, error="guard.example did not answer")
    assert [a.id for a in alerts.now()] == [warned.id], "it warns once"
    room.store.note_fetch("guard", at=NOW + 9 * HOUR, ok=True)
    assert alerts.now() == ()


def test_who_is_not_heard_of_for_a_minute_has_gone(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs = Presence(room.store), Presence(room.store)  # two processes
    theirs.note("ada", "s/1/c/0")
    mine.note("editor", "s/1")
    assert mine.others("editor") == {"s/1": ["ada is editing this"]}
    assert theirs.others("ada") == {"s/1": ["editor has this open"]}
    later = world_now() + FORGOTTEN + timedelta(seconds=1)
    monkeypatch.setattr(presence, "world_now", lambda: later)
    assert mine.others("editor") == {}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_another_process_writes_warns_here_too(
    database: str, room: Newsroom, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = (
        f"sqlite:///{tmp_path / 'sayso.sqlite3'}" if database == "sqlite" else str(request.getfixturevalue("postgres"))
    )
    here = replace(room, store=Store.open(url, coverage="orland"))
    other = replace(room, store=Store.open(url, coverage="orland"), heard=[])
    alerts = fresh(here)
    publish(other, said(other, "The Tesk Guard: 31 soldiers in all", 0))
    assert alerts.now() == ()
    lower = said(other, "The Tesk Guard: 13 soldiers in all", 1)
    assert [(a.kind, a.path) for a in alerts.now()] == [("lowered", f"s/{lower}")]
    here.store.close()
    other.store.close()
