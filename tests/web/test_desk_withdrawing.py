"""What other entries quote is not withdrawn or corrected behind their backs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.flow.desk import alerting
from sayso.flow.desk.alerting import Alerting
from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.desk.sorting import Sorting
from sayso.flow.newsroom import Newsroom
from sayso.model.post import Post
from tests.desk.factory import NOW
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk_composing import COMPOSE, TEXT, draft_of, published, refusal, with_statement, written


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def withdraw_entry(desk: Browser, entry: Post) -> Any:
    at = f"/desk/c/orland/p/{entry.id}"
    return desk.post(f"{at}/withdraw", at=at, version=desk.token(at, "version"), reason="The account was cloned.")


def test_a_statement_that_another_entry_quotes_is_withdrawn_after_that_entry(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT, published_at=NOW - timedelta(hours=1))
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    later = published(room, desk, with_statement(it.id), head="Tesk Guard: 12 killed near Ubel", text="")
    answer = desk.act(it.id, "withdraw", reason="The account was cloned.")
    assert "It stands in “Tesk Guard: 12 killed near Ubel”" in refusal(answer)
    assert f'href="/desk/c/orland/p/{later.id}">Tesk Guard: 12 killed near Ubel</a>' in answer.text
    assert [s.id for s in room.store.said()] == [f"{it.id}.0"]
    assert withdraw_entry(desk, later).status_code == 303
    assert desk.act(it.id, "withdraw", reason="The account was cloned.").status_code == 303
    assert {p.state for p in room.store.posts_of(it.id)} == {"withdrawn"}
    assert room.store.said() == ()


def test_an_entry_of_two_statements_is_withdrawn_as_a_whole_and_at_its_own_place(room: Newsroom, desk: Browser) -> None:
    one, two = take_in(room, TEXT), take_in(room, "The Tesk Guard said 7 soldiers were hurt at Verst.")
    at = draft_of(written(desk, with_statement(one.id), head="Tesk Guard: two tolls"))
    written(desk, at, do=f"attach:{two.id}", head="Tesk Guard: two tolls")
    post = published(room, desk, at, head="Tesk Guard: 12 and 7", accept=[f"{one.id}.0", f"{two.id}.0"])
    assert "It stands in “Tesk Guard: 12 and 7”" in refusal(desk.act(one.id, "withdraw", reason="A slip."))
    assert (room.store.post(post.id), len(room.store.said())) == (post, 2)
    assert withdraw_entry(desk, post).status_code == 303
    assert room.store.said() == ()


@pytest.mark.parametrize("act", ["edit", "uncount"])
def test_a_corrected_claim_is_told_in_every_entry_that_carries_it_and_to_the_desk_until_its_words_change(
    room: Newsroom, desk: Browser, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    monkeypatch.setattr(alerting, "LOOK_S", 0.0)
    it = take_in(room, TEXT, published_at=NOW - timedelta(hours=1))
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    own = room.store.posts_of(it.id)[0]
    later = published(room, desk, with_statement(it.id), head="Tesk Guard: 12 killed near Ubel", text="")
    alerts = Alerting(room, Sorting(room, Foreseeing(room)))
    assert alerts.now() == ()
    if act == "edit":
        at = f"/desk/c/orland/s/{it.id}/c/0"
        form = {"stamp": desk.token(at, "stamp"), "subject": "OR", "wrong": "They were Orland's."}
        assert desk.post(at, at=at, **form).status_code == 303
    else:
        assert desk.act(it.id, "correct", left="0", wrong="They were Orland's.").status_code == 303
    told = {p.id: [c.text for c in p.corrections] for p in room.store.posts_of(it.id)}
    why = "A claim that it tells was corrected: They were Orland's."
    assert told == {own.id: ["They were Orland's."], later.id: [why]}
    assert [(a.kind, a.path) for a in alerts.now()] == [("corrected", f"p/{later.id}")]
    assert "12 killed near Ubel" in desk.get("/desk/c/orland/alerts").text
    published(room, desk, f"{COMPOSE}?post={later.id}", head="Tesk Guard: what it says", text="", wrong="No figure.")
    assert alerts.now() == ()


def test_a_correction_that_changes_no_claim_stays_in_its_own_entry(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT, published_at=NOW - timedelta(hours=1))
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    later = published(room, desk, with_statement(it.id), head="Tesk Guard: 12 killed near Ubel", text="")
    desk.act(it.id, "correct", wrong="It was said at noon.")
    assert room.store.post(later.id) == later
