"""The overview and the summary at the desk: edited as text, published with their citations, renewed with one button."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.publish import pages
from tests.desk.factory import NOW
from tests.web.desk_room import Browser, browser, newsroom, take_in

OVERVIEW, SUMMARY = "/desk/c/orland/overview/2031-05-06", "/desk/c/orland/summary"
FIRST = "The Tesk Guard said 12 soldiers were killed."
LATER = "The Tesk Guard said 15 soldiers were killed."


class Totals:
    """The reader of the desk's room, but every figure is a total."""

    version = "totals-1"

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def read(self, *args: Any) -> Any:
        found = self.inner.read(*args)
        total = lambda c: replace(c, count=replace(c.count, scope="cumulative"))  # noqa: E731
        return replace(found, passages=tuple(replace(p, claims=tuple(map(total, p.claims))) for p in found.passages))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    made.reader = Totals(made.reader)  # type: ignore[assignment]
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def counted(room: Newsroom, desk: Browser, text: str, **changes: Any) -> str:
    """The id of the claim of a published statement."""
    it = take_in(room, text, **changes)
    assert desk.act(it.id, "publish", accept="0", leave="1", seen=f"{it.id}.0").status_code == 303
    return f"{it.id}.0"


def save(desk: Browser, at: str, text: str, **form: str) -> Any:
    listed = re.findall(r'name="claim" value="([^"]*)"', desk.get(at).text)
    return desk.post(at, at=at, stamp=desk.token(at, "stamp"), claim=listed, text=text, **form)


def text_of(desk: Browser, at: str) -> str:
    found = re.search(r'<textarea name="text"[^>]*>(.*?)</textarea>', desk.get(at).text, re.DOTALL)
    assert found
    return html.unescape(found[1])


def refusal(answer: Any) -> str:
    assert answer.status_code == 409
    found = re.search(r'role="alert">(.*?)</p>', answer.text)
    assert found
    return html.unescape(found[1])


def live(room: Newsroom) -> str:
    page = CoverageViews(room).live_page()
    assert page is not None
    return html.unescape(re.sub("<[^>]+>", "", pages.summary_html(page) + pages.overview_html(page)))


@pytest.mark.parametrize("at", [OVERVIEW, SUMMARY])
def test_the_draft_is_edited_as_text_and_goes_out_with_its_citation(room: Newsroom, desk: Browser, at: str) -> None:
    claim = counted(room, desk, FIRST)
    draft = text_of(desk, at)
    assert draft == "The Tesk Guard says that 12 soldiers of Tesk were killed. [1]"
    edited = "\n".join(["Desk: Lines were down.", draft.replace("says that", "reports:")])
    assert save(desk, at, edited).status_code == 303
    (post,) = room.store.posts(limit=9, kinds=("overview", "summary"))
    assert [(x.text, x.cites, x.hand) for x in post.lines] == [
        ("Lines were down.", (), True),
        ("The Tesk Guard reports: 12 soldiers of Tesk were killed.", (claim,), False),
    ]
    assert (post.version, post.head[:9], post.corrections) == (1, "The desk:", ())
    assert "Lines were down." in live(room)
    assert live(room).count("the desk’s own words") == 1
    assert text_of(desk, at) == edited


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("The Tesk Guard says that 91 soldiers were killed. [1]", "Line 1 says “91”"),
        ("The Tesk Guard says that ninety-one soldiers were killed. [1]", "Line 1 says “ninety-one”"),
        ("The Tesk Guard says that 12 soldiers were killed.", "Line 1 cites no claim"),
        ("It is clear that 12 soldiers were killed. [1]", "Line 1 does not name who says it"),
        ("The Tesk Guard says that 12 martyrs fell. [1]", "Line 1 says “martyrs”, which takes a side"),
    ],
)
def test_a_line_that_is_not_borne_out_is_refused_and_what_was_typed_stays(
    room: Newsroom, desk: Browser, line: str, why: str
) -> None:
    counted(room, desk, FIRST)
    rows = room.store.size()
    answer = save(desk, OVERVIEW, line)
    assert why in refusal(answer)
    assert html.escape(line) in answer.text.replace("&#39;", "&#x27;")
    assert room.store.size() == rows


def test_a_figure_that_no_claim_says_goes_out_as_the_desk_s_own_only(room: Newsroom, desk: Browser) -> None:
    assert save(desk, OVERVIEW, "Desk: Our reporter counted 91 graves.").status_code == 303
    assert "the desk’s own words" in live(room)


def test_a_claim_that_nobody_accepted_cannot_be_cited(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, FIRST)
    assert 'name="claim"' not in desk.get(OVERVIEW).text
    form = {"stamp": desk.token(OVERVIEW, "stamp"), "claim": f"{it.id}.0", "text": f"{FIRST} [1]"}
    assert "does not count" in refusal(desk.post(OVERVIEW, at=OVERVIEW, **form))


def test_a_figure_that_is_out_changes_only_with_a_correction_that_readers_see(room: Newsroom, desk: Browser) -> None:
    counted(room, desk, "The Tesk Guard said 12 soldiers, later 15 soldiers were killed.")
    save(desk, OVERVIEW, "The Tesk Guard says that 15 soldiers were killed. [1]")
    wrong = "The Tesk Guard says that 12 soldiers were killed. [1]"
    assert "say what was wrong" in refusal(save(desk, OVERVIEW, wrong))
    assert save(desk, OVERVIEW, wrong, wrong="The text said 15; the Guard said 12.").status_code == 303
    (post,) = room.store.posts(limit=9, kinds=("overview",))
    assert (post.version, [c.text for c in post.corrections]) == (2, ["The text said 15; the Guard said 12."])
    assert "The text said 15; the Guard said 12." in live(room)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Desk: 12 funerals were held.", "Desk: 21 funerals were held."),
        ("Desk: 12 funerals were held.", "Desk: Some 21 funerals were held there."),
        ("Desk: Twelve funerals were held.", "Desk: Nobody was buried.\nDesk: Thirteen funerals were held."),
        ("The Tesk Guard: 15 soldiers killed. [2]", "The Tesk Guard: 12 soldiers killed. [1]"),
    ],
)
def test_no_line_comes_back_with_another_figure_unseen(room: Newsroom, desk: Browser, was: str, now: str) -> None:
    it = take_in(room, "The Tesk Guard said 12 soldiers, later 15 soldiers were killed.")
    desk.act(it.id, "publish", accept=["0", "1"], seen=[f"{it.id}.0", f"{it.id}.1"])
    assert save(desk, OVERVIEW, was).status_code == 303
    assert "say what was wrong" in refusal(save(desk, OVERVIEW, now))
    assert save(desk, OVERVIEW, now, wrong="We had it wrong.").status_code == 303
    assert "We had it wrong." in live(room)


@pytest.mark.parametrize("now", ["Desk: Twelve funerals were held today.", "Desk: Lines were down in 3 towns."])
def test_a_line_in_other_words_or_another_line_is_no_correction(room: Newsroom, desk: Browser, now: str) -> None:
    save(desk, OVERVIEW, "Desk: 12 funerals were held.")
    assert save(desk, OVERVIEW, now).status_code == 303


def test_a_stale_form_overwrites_nothing_and_shows_both_texts(room: Newsroom, desk: Browser) -> None:
    counted(room, desk, FIRST)
    stale = desk.token(OVERVIEW, "stamp")
    save(desk, OVERVIEW, "Desk: First.")
    answer = desk.post(OVERVIEW, at=OVERVIEW, stamp=stale, text="Desk: Second.")
    assert "Somebody published another text" in refusal(answer)
    (theirs,) = re.findall(r"As it is out now</h2>\s*<pre[^>]*>(.*?)</pre>", answer.text)
    (typed,) = re.findall(r'<textarea name="text"[^>]*>(.*?)</textarea>', answer.text)
    assert (theirs, typed) == ("Desk: First.", "Desk: Second.")


def test_a_superseded_figure_is_marked_for_readers_and_renewed_with_one_button(room: Newsroom, desk: Browser) -> None:
    counted(room, desk, FIRST, published_at=NOW - timedelta(hours=1))
    save(desk, SUMMARY, text_of(desk, SUMMARY))
    assert "Newer figure" not in live(room)
    later = counted(room, desk, LATER, published_at=NOW)
    assert "12 soldiers of Tesk were killed." in live(room)
    assert "Newer figure: The Tesk Guard says that 15 soldiers of Tesk were killed." in live(room)
    form = desk.get(SUMMARY).text
    assert "Drafted in its place: The Tesk Guard says that 15 soldiers of Tesk were killed." in form
    values = {n: re.search(rf'name="{n}" value="([^"]*)"', form)[1] for n in ("stamp", "line", "cited")}  # type: ignore[index]
    assert desk.post(f"{SUMMARY}/renew", at=SUMMARY, **values).status_code == 303
    (post,) = room.store.posts(limit=9, kinds=("summary",))
    assert [(x.text, x.cites) for x in post.lines] == [
        ("The Tesk Guard says that 15 soldiers of Tesk were killed.", (later,))
    ]
    assert (post.version, post.corrections) == (2, ())
    assert "Newer figure" not in live(room)
    assert "nothing to renew" in refusal(desk.post(f"{SUMMARY}/renew", at=SUMMARY, **values))


def test_a_claim_that_was_withdrawn_is_marked_and_its_line_can_be_taken_out(room: Newsroom, desk: Browser) -> None:
    claim = counted(room, desk, FIRST)
    save(desk, SUMMARY, f"{text_of(desk, SUMMARY)}\nDesk: Lines were down.")
    statement = claim.rpartition(".")[0]
    desk.act(statement, "withdraw", reason="It was a forgery.")
    assert "Withdrawn since, or no longer counted." in live(room)
    assert "Nothing is left to say" in desk.get(SUMMARY).text
    values = {"stamp": desk.token(SUMMARY, "stamp"), "line": "0", "cited": claim}
    assert desk.post(f"{SUMMARY}/renew", at=SUMMARY, **values).status_code == 303
    (post,) = room.store.posts(limit=9, kinds=("summary",))
    assert [x.text for x in post.lines] == ["Lines were down."]


def test_a_past_day_stays_as_it_was_written(room: Newsroom, desk: Browser) -> None:
    yesterday = "/desk/c/orland/overview/2031-05-05"
    counted(room, desk, FIRST, published_at=NOW - timedelta(hours=20))
    save(desk, yesterday, text_of(desk, yesterday))
    counted(room, desk, LATER, published_at=NOW)
    page = CoverageViews(room).day_page(3)
    assert page is not None
    assert (page.overview.lines[0].text, page.overview.newer) == (
        "The Tesk Guard says that 12 soldiers of Tesk were killed.", {}
    )  # fmt: skip


def test_a_day_that_is_none_is_answered_in_words(desk: Browser) -> None:
    answer = desk.get("/desk/c/orland/overview/tomorrow")
    assert answer.status_code == 404
    assert "is no day" in answer.text


def test_the_summary_has_six_lines_at_most(desk: Browser) -> None:
    assert "6 lines at most" in refusal(save(desk, SUMMARY, "\n".join(["Desk: So."] * 7)))


def test_readers_who_look_on_get_the_new_text_without_an_entry_in_the_stream(room: Newsroom, desk: Browser) -> None:
    before = room.store.public_n()
    save(desk, OVERVIEW, "Desk: Lines were down.")
    assert [c.kind for c in room.store.changes(before, 9)] == ["summary"]
