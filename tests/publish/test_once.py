"""What an entry says stands once: in its headline or in its quotation, in a claim of its headline or of its text."""

from dataclasses import replace
from typing import Any

import pytest

from sayso.model.claim import Claim
from sayso.model.page import ClaimView, EntryView
from sayso.publish import pages
from sayso.publish.once import apart, text_of, words_once
from tests.publish.factory import (
    CONFLICT,
    COVERAGE,
    GUARD,
    WIRE,
    MemoryViews,
    claim_view,
    count,
    post,
    said,
    statement,
)

LONG = (
    "At dawn our units on the shore road met a column that had left Verst in the night and kept it from the bridge until "
    "the afternoon, when it turned back."
)


def entry(text: str, *, title: str | None = None, **changes: Any) -> EntryView:
    """An entry of the Guard's own channel."""
    told = replace(statement("s1", GUARD, text, 5), title=title)
    return replace(EntryView(post=post("e1", told), statement=told, source=GUARD), **changes)


def quoted(view: EntryView) -> str:
    return text_of(words_once(view, CONFLICT).paragraphs)


def test_a_headline_that_only_begins_the_quotation_gives_way_to_who_speaks() -> None:
    view = entry(LONG)
    assert view.post.head.startswith("Tesk Guard: At dawn our units") and view.post.head.endswith("…")
    assert words_once(view, CONFLICT).head == "Tesk Guard"
    assert quoted(view) == LONG


def test_a_first_paragraph_that_the_headline_holds_whole_is_not_quoted_again() -> None:
    view = entry("The bridge is closed.\nIt will open on Monday.")
    assert words_once(view, CONFLICT).head == "Tesk Guard: The bridge is closed."
    assert quoted(view) == "It will open on Monday."


def test_a_headline_of_its_own_stands_over_the_whole_text() -> None:
    view = entry("Shore road\nThe bridge is closed.", title="Shore road")
    assert words_once(view, CONFLICT).head == "Tesk Guard: Shore road"
    assert quoted(view) == "The bridge is closed."


def test_a_title_that_its_source_cut_from_the_text_is_not_said_twice() -> None:
    view = entry(f"At dawn our units on the shore…\n{LONG}", title="At dawn our units on the shore…")
    assert words_once(view, CONFLICT).head == "Tesk Guard"
    assert quoted(view) == LONG


def test_a_headline_that_ends_inside_a_word_of_the_text_is_no_beginning_of_it() -> None:
    view = entry("The bridges are closed.")
    head = "Tesk Guard: The bridge"
    assert words_once(replace(view, post=replace(view.post, head=head)), CONFLICT).head == head


def test_words_that_may_not_be_quoted_stay_in_the_headline() -> None:
    told = replace(statement("s1", WIRE, LONG, 5), title=None)
    view = EntryView(post=post("e1", told), statement=told, source=WIRE)
    words = words_once(view, CONFLICT)
    assert words.head == view.post.head and words.withheld and words.cut


def test_who_tells_it_stays_beside_who_speaks() -> None:
    view = entry(LONG)
    head = f"Tesk Guard: {LONG.partition(' that')[0]}… (Lake Post)"
    assert words_once(replace(view, post=replace(view.post, head=head)), CONFLICT).head == "Tesk Guard (Lake Post)"


TITLE = "40 soldiers killed"
TEXT = f"{TITLE}\nOn the shore, 40 soldiers have been killed since 3 May. At Ubel 40 soldiers were killed."


def killed(words: str, number: int, **changes: Any) -> ClaimView:
    """A claim of that statement that 40 were killed."""
    how = {"n": 40, "scope": None, "unit": "soldiers", **changes.pop("count", {})}
    told = said(
        statement("s1", GUARD, TEXT, 5), number, words, "casualties", "killed", subject="TK", who="military",
        count=count("40", how.pop("n"), **how), **changes,
    )  # fmt: skip
    return claim_view(told, TEXT)


def shown(*claims: ClaimView) -> list[Claim]:
    own, _ = apart(entry(TEXT, title=TITLE, claims=claims), COVERAGE)
    return [c.said.claim for c in own]


HEAD = killed("40 soldiers killed", 0)
SINCE = killed("40 soldiers have been killed since 3 May", 1, count={"scope": "cumulative", "since": "2031-05-03"})
THERE = killed("40 soldiers were killed", 2, places=("Ubel",))


def test_a_figure_of_the_headline_that_the_text_tells_more_exactly_is_said_once() -> None:
    assert shown(HEAD, SINCE) == [SINCE.said.claim]
    assert shown(HEAD, THERE) == [THERE.said.claim]


def test_two_places_of_the_text_with_one_figure_are_both_said() -> None:
    assert shown(SINCE, THERE) == [SINCE.said.claim, THERE.said.claim]


@pytest.mark.parametrize("other", [{"n": 41}, {"operator": "more_than"}, {"unit": "officers"}])
def test_another_figure_of_the_text_does_not_hide_that_of_the_headline(other: dict[str, Any]) -> None:
    assert len(shown(HEAD, killed("40 soldiers have been killed", 1, count=other))) == 2


def test_both_spans_stand_on_the_statement_page() -> None:
    views = MemoryViews()
    view = entry(TEXT, title=TITLE, claims=(HEAD, SINCE))
    views.all = [view]
    page = views.statement_page("s1")
    assert page is not None
    html = pages.statement_page(page)
    assert 'id="c0"' in html and 'id="c1"' in html
    assert pages.entry_html(view, views.frame()).count('class="claim"') == 1
