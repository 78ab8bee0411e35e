"""What other entries quote is not withdrawn or corrected behind their backs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.model.post import Post
from tests.desk.factory import NOW
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk_composing import TEXT, draft_of, published, refusal, with_statement, written


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
