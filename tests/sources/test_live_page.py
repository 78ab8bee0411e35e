"""Another outlet's live page becomes one statement for each of its entries and bullets, in any markup."""

from collections.abc import Callable

import pytest

from sayso.sources.live_page import parse_live_page
from tests.sources import factory
from tests.sources.factory import SUMMARY, UPDATES, context, page

MARKUPS = [factory.articles_with_json_ld, factory.flat_with_bold_times, factory.list_soup]


@pytest.mark.parametrize("markup", MARKUPS)
def test_every_entry_comes_with_its_words_time_and_picture(markup: Callable[[], bytes]) -> None:
    found = parse_live_page(markup(), context())
    entries = [i for i in found.items if i.entry_kind == "entry"]
    assert [(i.title, i.text) for i in entries] == [(t, "\n".join([t, *lines])) for t, lines, _ in UPDATES]
    assert [f"{i.published_at:%Y-%m-%d %H:%M %z}" for i in entries] == [
        f"{day} {clock} +0400" for (_, _, clock), day in zip(UPDATES, factory.days(), strict=True)
    ]
    assert [[e.url for e in i.enclosures] for i in entries] == [[f"https://wire.example/p{n}.jpg"] for n in range(5)]
    assert found.unread == ()
    assert found.title == "War on the lake"


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_standing_summary_is_a_statement_of_its_own(markup: Callable[[], bytes]) -> None:
    first = parse_live_page(markup(), context()).items[0]
    assert (first.entry_kind, first.text, first.key) == ("summary", SUMMARY, "summary")
    assert {p.kind for p in first.parts} == {"standfirst"}


@pytest.mark.parametrize("markup", MARKUPS)
def test_an_edited_figure_keeps_its_entry_s_key(markup: Callable[[], bytes]) -> None:
    before = parse_live_page(markup(), context()).items
    after = parse_live_page(markup().replace(b"Three rockets", b"Four rockets"), context()).items
    assert [i.key for i in before] == [i.key for i in after]
    assert sum(a.text != b.text for a, b in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("markup", MARKUPS)
def test_parts_cover_the_text(markup: Callable[[], bytes]) -> None:
    for item in parse_live_page(markup(), context()).items:
        assert [item.text[slice(*p.span)] for p in item.parts] == item.text.split("\n")


def test_a_reporter_who_signs_an_entry_says_nothing_in_it() -> None:
    assert {i.speaker for i in parse_live_page(factory.articles_with_json_ld(), context()).items} == {None}


def test_a_list_under_a_heading_becomes_one_statement_for_each_bullet() -> None:
    entries = "".join(
        f'<article id="e{n}"><h2>{t}</h2><time datetime="2031-06-15T1{n}:00:00+04:00">1{n}:00</time>{b}</article>'
        for n, (t, b) in enumerate(
            [("The day in short", "<ul><li>Orland lost 212.</li><li>The Guard lists 148.</li></ul>"),
             ("Two hurt - mayor", "<p>Two people were hurt.</p>")]
        )
    )  # fmt: skip
    items = parse_live_page(page(f"<h1>War</h1>{entries}"), context()).items
    assert [(i.entry_kind, i.text) for i in items] == [
        ("bullet", "• Orland lost 212."),
        ("bullet", "• The Guard lists 148."),
        ("entry", "Two hurt - mayor\nTwo people were hurt."),
    ]
    assert len({i.key for i in items}) == 3


def test_a_page_of_nothing_but_paragraphs_is_split_by_its_lines() -> None:
    lines = ["Guard gives up the mill - Staff", "The Staff said so.", "Ubel: school hit", "Its mayor wrote so."]
    body = page("<h1>War on the lake: live</h1>" + "".join(f"<p>{line}</p>" for line in lines))
    items = parse_live_page(body, context()).items
    assert [i.title for i in items] == ["Guard gives up the mill - Staff", "Ubel: school hit"]


def test_one_article_is_no_live_page_and_that_is_said() -> None:
    found = parse_live_page(page("<article><h1>Two hurt</h1><p>Two people were hurt in Ubel.</p></article>"), context())
    assert found.items == ()
    assert "kind page" in found.unread[0]


def test_broken_json_ld_is_passed_over() -> None:
    body = factory.articles_with_json_ld().replace(b'"@context"', b'@context"')
    entries = [i for i in parse_live_page(body, context()).items if i.entry_kind == "entry"]
    assert len(entries) == 5
    assert entries[0].published_at is not None
