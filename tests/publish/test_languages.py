"""A page in another language: nothing of ours stays English but what is marked as English, and both are kept apart."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import lxml.html
import pytest

from sayso.model.page import AnswersPage, ChangedPage
from sayso.model.question import Changed
from sayso.publish import pages
from sayso.publish.feed import atom
from sayso.publish.json_feed import json_feed
from sayso.publish.table import figures_csv
from sayso.publish.titles import names_of
from tests.publish.factory import CONFLICT, COVERAGE, NOW, REPLAY, WHO_HOLDS, MemoryViews
from tests.publish.test_own_voice import EVERY_PAGE

ARABIC = replace(COVERAGE, language="ar")


def answers(views: MemoryViews) -> str:
    told = tuple(views.all[1].claims)
    return pages.answers_page(AnswersPage(frame=views.frame(), question=WHO_HOLDS, answers=told, more=True))


def changed(views: MemoryViews) -> str:
    now, other = WHO_HOLDS.answers
    moved = (
        Changed(claimant=now.claimant, before=None, after=now),
        Changed(claimant=now.claimant, before=now, after=None),
        Changed(claimant=now.claimant, before=other, after=now),
        Changed(claimant=now.claimant, before=replace(now, state="single"), after=now),
    )
    since = NOW - timedelta(hours=3)
    both = ((WHO_HOLDS, moved),)
    return pages.changed_page(ChangedPage(frame=views.frame(), since=since, moved=both, late=both, more=True))


def then(views: MemoryViews) -> str:
    views.as_of = NOW - timedelta(hours=1)
    page = views.live_page()
    assert page is not None and page.frame.times is not None
    return pages.live_page(page)


KINDS = {**EVERY_PAGE, "answers": answers, "changed": changed, "then": then}
#: What is not ours: marked English, others' words, names, addresses, and what the desk or the coverage wrote.
THEIRS = "//*[@lang='en'] | //*[@data-said] | //*[@dir='auto'] | //bdi[not(@dir)] | //code | //svg//a/title"


def own(html: str) -> Iterator[str]:
    """Each piece of text that is the page's own, without names of the coverage and with no word of its sources."""
    root = lxml.html.fromstring(html)
    for theirs in root.xpath(THEIRS):
        theirs.drop_tree()
    names = sorted((*names_of(CONFLICT), *(s.title for s in COVERAGE.sources), *DATA), key=len, reverse=True)
    hidden = re.compile("|".join(re.escape(n) for n in names if n))
    for text in root.xpath(
        "//body//text() | //@alt | //@aria-label | //@data-say | //@data-newer | //@data-reload | //title/text()"
    ):
        yield hidden.sub("", text)


DATA = (
    COVERAGE.title, COVERAGE.description, *COVERAGE.naming.split("\n"), ", naming no source", "Harbour Radio", "spokeswoman",
    "the shore road at Ubel", "boats on the lake", WHO_HOLDS.wording, "Orland General Staff: Ubel remains with Orland",
    "SHA-256", "one", "other", "zero", "two", "few", "many", "UTC", "Long Quay", "Lakeland",
)  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("coverage", [ARABIC, replace(ARABIC, replay=REPLAY)], ids=["world", "replay"])
def test_nothing_of_ours_stays_english_on_a_page_in_another_language(name: str, coverage) -> None:  # type: ignore[no-untyped-def]
    if name == "message":
        html: str | None = pages.message_page(
            "Not found", "That time has not come yet: choose an earlier one.", lang="ar"
        )
    else:
        html = KINDS[name](MemoryViews(coverage=coverage))
    assert html is not None and '<html lang="ar" dir="rtl">' in html
    assert [text for text in own(html) if re.search("[A-Za-z]{2,}", text)] == []


@pytest.mark.parametrize("name", [n for n in KINDS if n not in ("index", "message")])
def test_a_draft_is_said_to_be_one_on_every_page(name: str) -> None:
    html = KINDS[name](MemoryViews(coverage=ARABIC))
    assert html is not None and 'class="draft"' in html
    plain = KINDS[name](MemoryViews())
    assert plain is not None and 'class="draft"' not in plain


@pytest.mark.parametrize("name", KINDS)
def test_a_page_in_english_marks_nothing_as_english(name: str) -> None:
    html = KINDS[name](MemoryViews())
    assert html is not None
    root = lxml.html.fromstring(html)
    assert root.get("lang") == "en" and not root.xpath("//body//*[@lang='en'][not(@data-said)]")


def test_sentences_of_claims_stay_english_and_are_kept_from_turning_round() -> None:
    html = pages.live_page(MemoryViews(coverage=ARABIC).live_page())  # type: ignore[arg-type]
    root = lxml.html.fromstring(html)
    told = root.xpath("//span[@data-words]")
    assert told and all((e.get("lang"), e.get("dir")) == ("en", "ltr") for e in told)
    said = root.xpath("//blockquote[@data-said]")
    assert {(e.get("lang"), e.get("dir")) for e in said} == {("en", "ltr"), ("ar", "rtl")}


def test_what_leaves_the_pages_is_in_english_whatever_their_language() -> None:
    here, there = MemoryViews(), MemoryViews(coverage=ARABIC)
    assert atom(there.feed_page()) == atom(here.feed_page())
    assert json_feed(there.feed_page()) == json_feed(here.feed_page())
    assert figures_csv(there.figures_page()) == figures_csv(here.figures_page())


def test_an_index_of_one_language_speaks_it_and_one_of_several_speaks_english() -> None:
    arabic, english = MemoryViews(coverage=ARABIC).frame(), MemoryViews().frame()
    assert '<html lang="ar" dir="rtl">' in pages.index_page([arabic])
    both = pages.index_page([arabic, english])
    assert '<html lang="en" dir="ltr">' in both and '<li lang="ar" dir="auto">' in both
