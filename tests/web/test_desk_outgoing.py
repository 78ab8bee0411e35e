"""What is on its way out, as the page shows it: in full to whoever must agree, and each deed with its way back."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.flow.press.outgoing import WayOut
from sayso.model.outgoing import Release
from tests.web.desk_people import invited
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk_telling import pictured

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


def test_a_summary_waits_for_a_second_pair_of_eyes(room: Newsroom, desk: Browser) -> None:
    bo, at = invited(room, desk, "bo"), "/desk/c/orland/summary"
    answer = desk.post(at, at=at, stamp="0", text="Desk: All is quiet.")
    assert (answer.headers["location"], room.store.post("summary")) == (f"{at}?done=queued", None)
    assert does(bo) == {"Text": "Desk: All is quiet."}
    agree(bo)
    assert WayOut(desk.review).let_out() == 1
    post = room.store.post("summary")
    assert post is not None
    assert [line.text for line in post.lines] == ["All is quiet."]


def test_a_translation_of_what_is_out_waits_too_and_a_takedown_forgets_it(room: Newsroom, desk: Browser) -> None:
    it, bo = take_in(room, LATER), invited(room, desk, "bo")
    desk.review.publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ana")
    at = f"/desk/c/orland/s/{it.id}"
    for wanted in ("agreed", "taken down"):
        before = room.store.translation(it.id, shown=False)
        words = {
            "translation": f"Die Garde von Tesk: 12 Gefallene ({wanted}).",
            "before": before.text if before else "",
        }
        assert desk.post(f"{at}/translate", at=at, lang="de", wrong="Genauer.", **words).status_code == 303
        assert room.store.translation(it.id, shown=True) == before
        assert does(bo)["Translation (de)"] == words["translation"]
        if wanted == "agreed":
            agree(bo)
            assert WayOut(desk.review).let_out() == 1
        else:
            desk.review.take_down(it.id, reason="a name", who="ana")
    assert room.store.outgoing() == ()


def test_pictures_of_what_is_out_wait_too_and_are_withheld_again_at_once(room: Newsroom, desk: Browser) -> None:
    it, bo = take_in(room, LATER), invited(room, desk, "bo")
    pictured(room, it.id, sensitive="faces")
    desk.review.publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ana")
    assert desk.act(it.id, "release", reason="They agreed.", shown="yes").status_code == 303
    assert room.store.released(it.id) is None
    assert does(bo) == {"Readers see its pictures, because": "They agreed."}
    agree(bo)
    assert WayOut(desk.review).let_out() == 1
    assert room.store.released(it.id) is not None
    assert desk.act(it.id, "release", reason="They did not.", shown="no").status_code == 303
    assert room.store.released(it.id) is None
