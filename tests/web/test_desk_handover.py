"""The handover in the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from tests.web.desk_room import Browser, browser, newsroom, take_in

HERE = "/desk/c/orland/handover"
TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def editor(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def test_the_handover_tells_what_happened_and_what_is_open(editor: Browser, room: Newsroom) -> None:
    out, held = take_in(room, TEXT), take_in(room, TEXT.replace("12", "13"))
    review = Review(room)
    review.publish(out.id, accepted=(0,), seen=(f"{out.id}.0",), who="ben")
    review.hold(held.id, reason="Ask the <Guard>.", who="ben")
    page = editor.get(HERE).text
    assert "Published (1)" in page and f"/s/{out.id}" in page and "2 statements" in page
    assert "Ask the &lt;Guard&gt;." in page
    later = editor.get(f"{HERE}?since=2999-01-01T00:00")
    assert later.status_code == 409 and "not come yet" in later.text
    assert editor.get(f"{HERE}?since=yesterday").status_code == 409


def test_a_note_is_left_shown_and_escaped(editor: Browser, room: Newsroom) -> None:
    answer = editor.post(HERE, at=HERE, text="Call <b>Ben</b>\nat nine.")
    assert answer.headers["location"] == f"{HERE}?done=note"
    page = editor.get(answer.headers["location"]).text
    assert "the next shift finds it here" in page and "Call &lt;b&gt;Ben&lt;/b&gt;\nat nine." in page
    refused = editor.post(HERE, at=HERE, text=" ")
    assert refused.status_code == 409 and "an empty note says nothing" in refused.text


def test_a_note_that_is_too_long_is_given_back(editor: Browser) -> None:
    refused = editor.post(HERE, at=HERE, text="x" * 5_000)
    assert refused.status_code == 409 and "x" * 5_000 in refused.text
