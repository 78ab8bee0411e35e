"""What is on its way out, as the page shows it: in full to whoever must agree, and each deed with its way back."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.model.outgoing import Release
from tests.web.desk_people import invited
from tests.web.desk_room import Browser, browser, newsroom, take_in

TWO = "The Tesk Guard said 12 soldiers were killed near Ubel.\nThe Tesk Guard said 3 soldiers were killed at Verst."
LATER = "The Tesk Guard said 12 soldiers were killed near Ubel, not 21."
OUT = "/desk/c/orland/out"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, release=Release(undo_s=0, delay_min=0, second_pair="all"))
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def does(desk: Browser) -> dict[str, str]:
    """What the queue's page says that its one item does, by label."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", desk.get(OUT).text, re.DOTALL)
    return {html.unescape(label): html.unescape(words) for label, words in pairs}


def agree(desk: Browser) -> Any:
    (it,) = desk.review.room.store.outgoing()
    return desk.post(f"{OUT}/{it.id}/second", at=OUT)


def test_who_must_agree_sees_which_claims_would_count(room: Newsroom, desk: Browser) -> None:
    it, bo = take_in(room, TWO), invited(room, desk, "bo")
    desk.act(it.id, "publish", accept="0", leave="1", seen=[f"{it.id}.0", f"{it.id}.1"])
    shown = does(bo)
    assert "12 soldiers were killed near Ubel" in shown["Counts: claim 1"]
    assert "3 soldiers were killed at Verst" in shown["Left out: claim 2"]


def test_who_must_agree_sees_what_a_correction_tells_and_changes(room: Newsroom, desk: Browser) -> None:
    it, bo = take_in(room, LATER), invited(room, desk, "bo")
    desk.review.publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ana")
    at = f"/desk/c/orland/s/{it.id}/c/0"
    answer = desk.post(at, at=at, stamp=desk.token(at, "stamp"), figure="21", wrong="It is 21, not 12.")
    assert answer.headers["location"].partition("#")[0].endswith("done=queued")
    shown = does(bo)
    assert shown["Readers are told"] == "It is 21, not 12."
    assert shown["Claim 1, figure"] == "12 → 21"


def test_who_must_agree_reads_the_text_that_would_go_out(room: Newsroom, desk: Browser) -> None:
    bo, at = invited(room, desk, "bo"), "/desk/c/orland/compose"
    desk.post(at, at=at, do="publish", head="The desk: a word", text="All is quiet.")
    shown = does(bo)
    assert (shown["Head"], shown["Text"]) == ("The desk: a word", "All is quiet.")
