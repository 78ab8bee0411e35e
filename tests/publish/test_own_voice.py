"""The page's own voice takes no side (H6), titles cut off no mouth (H3) and carry no enemy losses (H4)."""

import re
from collections.abc import Callable
from dataclasses import replace

import lxml.html
import pytest

from sayso.model.claim import Claim, Span
from sayso.model.conflict import Group, Membership
from sayso.model.page import PostPage
from sayso.model.views import Views
from sayso.publish import head, pages
from sayso.publish.feed import atom
from sayso.publish.own_voice import own_voice, word_lists
from sayso.publish.titles import card_title, is_enemy_loss, names_of
from tests.publish.factory import CONFLICT, COVERAGE, GUARD, POST, REPLAY, MemoryViews, attribution, count, statement

EVERY_PAGE: dict[str, Callable[[MemoryViews], str | None]] = {
    "live": lambda v: pages.live_page(v.live_page()),  # type: ignore[arg-type]
    "before": lambda v: pages.live_page(v.live_page("2")),  # type: ignore[arg-type]
    "after": lambda v: pages.live_page(v.newer_page("2")),  # type: ignore[arg-type]
    "around": lambda v: pages.live_page(v.page_around(v.all[1].post.id)),  # type: ignore[arg-type]
    "text": lambda v: pages.live_page(v.in_text().live_page()),  # type: ignore[arg-type]
    "day": lambda v: pages.day_page(v.day_page(11)),  # type: ignore[arg-type]
    "days": lambda v: pages.days_page(v.days_page()),
    "tally": lambda v: pages.tally_page(v.tally_page()),
    "questions": lambda v: pages.questions_page(v.questions_page()),
    "question": lambda v: pages.question_page(v.question_page(v.questions_page().questions[0].id)),  # type: ignore[arg-type]
    "answers": lambda v: pages.answers_page(v.answers_page(v.questions_page().questions[1].id)),  # type: ignore[arg-type]
    "changed": lambda v: pages.changed_page(v.changed_page(None)),  # type: ignore[arg-type]
    "statement": lambda v: pages.statement_page(v.statement_page("guard1")),  # type: ignore[arg-type]
    "post": lambda v: pages.post_page(PostPage(frame=v.frame(), entry=v.all[1])),
    "method": lambda v: pages.method_page(v.method_page()),
    "corrections": lambda v: pages.corrections_page(v.corrections_page()),
    "party": lambda v: pages.party_page(v.party_page("TK")),  # type: ignore[arg-type]
    "place": lambda v: pages.place_page(v.place_page("ubel")),  # type: ignore[arg-type]
    "places": lambda v: pages.places_page(v.places_page()),
    "map": lambda v: pages.map_page(v.map_page()),
    "filtered": lambda v: pages.filtered_page(v.filtered_page("party", "TK")),  # type: ignore[arg-type]
    "search": lambda v: pages.search_page(v.search_page("ubel")),
    "index": lambda v: pages.index_page([v.frame()]),
    "message": lambda v: pages.message_page("Not found", "There is no such page."),
}


def own_words(html: str) -> str:
    """What a page says itself: all text, alt and titles, without the sources' own words."""
    root = lxml.html.fromstring(html)
    for theirs in root.xpath("//*[@data-said]"):
        theirs.drop_tree()
    shown = root.xpath("//body//text() | //title/text() | //@alt | //@aria-label | //meta/@content")
    return " \n".join(shown)


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("coverage", [COVERAGE, replace(COVERAGE, replay=REPLAY)], ids=["world", "replay"])
def test_no_page_takes_a_side_outside_quotation_marks(name: str, coverage) -> None:  # type: ignore[no-untyped-def]
    html = EVERY_PAGE[name](MemoryViews(coverage=coverage))
    assert html is not None
    assert own_voice(own_words(html), names=names_of(CONFLICT)) == ()


def test_the_lint_finds_each_word_of_its_list() -> None:
    for word in word_lists()["never"]:
        assert own_voice(f"They say {word.removesuffix('*')} today"), word
    assert own_voice("the turncoat town", ["turncoat"])


def test_words_in_quotation_marks_and_chosen_names_are_not_ours() -> None:
    assert own_voice("The Guard says: “the occupied shore”") == ()
    assert own_voice("The Marnian Liberation Front says that", names=["Marnian Liberation Front"]) == ()
    assert [f.word for f in own_voice("“liberated” is said; liberated is not")] == ["liberated"]


def test_every_title_names_its_claimant_within_forty_characters() -> None:
    views = MemoryViews()
    for view in views.all:
        if view.post.state == "published":
            mouth = view.source.title if view.source else ""
            html = pages.post_page(PostPage(frame=views.frame(), entry=view))
            root = lxml.html.fromstring(html)
            for title in (*root.xpath("//title/text()"), *root.xpath("//meta[@property='og:title']/@content")):
                assert mouth[:40] in title[:40], title
            for alt in root.xpath("//article//img/@alt"):
                assert not alt or (view.claimant is not None and view.claimant.name[:40] in alt[:40])


def test_no_title_card_or_feed_carries_a_figure_for_the_other_side() -> None:
    views = MemoryViews()
    view = views.all[1]
    loud = replace(view, post=replace(view.post, head="Orland General Staff: 410 fighters of Tesk killed"))
    assert card_title(loud, CONFLICT) == "Orland General Staff: what it says of the other side's losses"
    views.all[1] = loud
    html = pages.post_page(PostPage(frame=views.frame(), entry=loud))
    root = lxml.html.fromstring(html)
    cards = [*root.xpath("//title/text()"), *root.xpath("//meta/@content")]
    assert not any("410" in c for c in cards)
    assert "410" not in atom(views.feed_page()).decode()


def test_captives_taken_are_losses_of_the_other_side_and_those_who_come_back_are_not() -> None:
    held = Claim(
        type="captured", sub="captured", attr=attribution("staff"), span=Span(0, 1), rule="test.rule", subject="TK",
        count=count("40", 40),
    )  # fmt: skip
    everybody = Group(id="BOTH", names=("both sides",), members=tuple(Membership(party=p) for p in ("OR", "TK", "MN")))
    for conflict in (CONFLICT, replace(CONFLICT, groups=(*CONFLICT.groups, everybody))):
        assert is_enemy_loss(held, conflict)
        assert not is_enemy_loss(replace(held, sub="released"), conflict)
        assert not is_enemy_loss(replace(held, subject="OR"), conflict)


def test_figures_for_the_other_side_are_folded_wherever_they_stand() -> None:
    for name in ("live", "day", "tally", "post"):
        root = lxml.html.fromstring(EVERY_PAGE[name](MemoryViews()) or "")
        for theirs in root.xpath("//*[@data-said]"):
            theirs.drop_tree()
        for figure in root.xpath("//bdi[text()='410' or text()='12'][not(ancestor::time)]"):
            words = figure.getparent().text_content()
            if "tanks" in words or "410" in words:
                assert figure.xpath("ancestor::details[contains(@class,'enemy')]"), (name, words)


def test_a_head_puts_the_mouth_first_and_once() -> None:
    for text in ("Guard gives its losses", "Tesk Guard: Guard gives its losses", "Guard gives its losses - Tesk Guard"):
        assert head(statement("x", GUARD, text, 1), GUARD, CONFLICT) == "Tesk Guard: Guard gives its losses"


def test_an_outlets_headline_puts_the_claimant_that_it_names_first() -> None:
    tail = statement("x", POST, "Ubel is quiet - Tesk Guard", 1)
    assert head(tail, POST, CONFLICT) == "Tesk Guard: Ubel is quiet (Lake Post)"
    assert head(statement("x", POST, "Ubel is quiet", 1), POST, CONFLICT) == "Lake Post: Ubel is quiet"
    spoken = statement("x", GUARD, "Ubel is quiet", 1, speaker="Ana Verl")
    assert head(spoken, GUARD, CONFLICT) == "Tesk Guard: Ubel is quiet"


def test_a_head_quotes_words_that_take_a_side_or_leaves_them_out() -> None:
    loud = statement("x", GUARD, "Our heroes liberated Ubel", 1)
    assert head(loud, GUARD, CONFLICT) == "Tesk Guard: “Our heroes liberated Ubel”"
    assert head(loud, GUARD, CONFLICT, quotes="none") == "Tesk Guard: a statement"
    assert (
        head(statement("y", POST, "A cold snap", 1), POST, CONFLICT, never=["cold snap"]) == "Lake Post: “A cold snap”"
    )


def test_a_replay_is_marked_on_the_page_and_on_each_entry_and_not_indexed() -> None:
    views = MemoryViews(coverage=replace(COVERAGE, replay=REPLAY))
    html = EVERY_PAGE["live"](views) or ""
    root = lxml.html.fromstring(html)
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]
    marks = root.xpath("//article//p[@class='replay-mark']")
    assert len(marks) == len(views.all)
    assert all("reworded from public reports of 2020, a demonstration" in m.text_content() for m in marks)
    assert "reported by Harbour Radio" in html
    assert root.xpath("//p[@class='replay']")


def test_the_method_page_lists_every_alias_and_dated_group() -> None:
    html = EVERY_PAGE["method"](MemoryViews()) or ""
    text = " ".join(lxml.html.fromstring(html).text_content().split())
    for name in names_of(CONFLICT):
        assert name in text
    assert "Kuld from 7 May 2031" in text and "Ubel is Ubala in Marn" in text


def test_each_figure_on_the_page_opens_the_words_that_say_it() -> None:
    root = lxml.html.fromstring(EVERY_PAGE["tally"](MemoryViews()) or "")
    figures = root.xpath("//td[@class='number']")
    assert figures and all(cell.xpath(".//a[contains(@href, '/s/')]") for cell in figures)
    for line in lxml.html.fromstring(EVERY_PAGE["live"](MemoryViews()) or "").xpath("//*[@class='lines']/li"):
        assert line.xpath(".//a[@class='cite']")


def test_a_source_that_may_not_be_rehosted_shows_none_of_its_words() -> None:
    views: Views = MemoryViews()
    page = views.statement_page("wire1")
    assert page is not None
    assert "may not be shown" in pages.statement_page(page) and "A long report" not in pages.statement_page(page)
    assert "A long report" not in (EVERY_PAGE["live"](MemoryViews()) or "")


def test_an_excerpt_ends_and_says_so() -> None:
    views = MemoryViews()
    page = views.statement_page("health1")
    assert page is not None
    html = pages.statement_page(page)
    assert html.count("More follows") < 60 and "Read it at the source" in html


def test_archived_words_are_marked_where_the_claims_rest() -> None:
    page = MemoryViews().statement_page("guard1")
    assert page is not None
    root = lxml.html.fromstring(pages.statement_page(page))
    marked = [m.text_content() for m in root.xpath("//mark")]
    assert "more than 250 of our soldiers have been killed" in marked
    assert set(root.xpath("//mark/a/@href")) == {"#c0", "#c1"}
    assert re.search("c{64}", pages.statement_page(page))
    assert root.xpath("//*[@id='c0']")
