"""A page of plain lines is split into its title, summary, entries and bullets, whatever its layout."""

import importlib.util
import json
import re
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.sources import outline, paragraphs

Rewrite = Callable[[str], str]


def shape(text: str) -> list[tuple[int, str, str]]:
    return [(p.entry, p.entry_kind, text[slice(*p.span)]) for p in outline(text)]


def kinds(text: str) -> list[tuple[int, str]]:
    return [(entry, kind) for entry, kind, _ in shape(text)]


PAGE = """War on the lake: day 44
The ferry truce is in its seventh day.
Guard gives up the mill - General Staff
Overnight the enemy quit the mill, the Staff said.
It added:
“They ran at four in the morning.
Nobody will follow“
Ubel: school hit
Three rockets struck Ubel, its mayor wrote.
The day in short
Lake, day 44
• Orland has lost 212 soldiers, the Staff says.
• The Guard lists 148 of its fighters.
News and pictures from the lake for June 10, 2031"""


def test_a_page_without_blank_lines_times_or_links_is_split() -> None:
    assert kinds(PAGE) == [
        (0, "title"), (1, "summary"),
        (2, "entry"), (2, "entry"), (2, "entry"), (2, "entry"), (2, "entry"),
        (3, "entry"), (3, "entry"),
        (4, "heading"), (4, "heading"), (5, "bullet"), (6, "bullet"), (7, "boiler"),
    ]  # fmt: skip


def test_spans_quote_the_text_and_run_downwards() -> None:
    parts = outline(PAGE)
    assert [PAGE[slice(*p.span)] for p in parts] == PAGE.split("\n")
    assert [p.kind for p in parts][:5] == ["headline", "standfirst", "headline", "entry", "entry"]


def test_headlines_led_by_times_begin_entries_and_times_are_no_part() -> None:
    text = "Live: the lake\n19:40 Shells on Ubel\nTwo hurt, the mayor said.\n\n18:05 Nobody was hurt, the Guard said.\n"
    assert shape(text)[1:] == [
        (1, "entry", "Shells on Ubel"),
        (1, "entry", "Two hurt, the mayor said."),
        (2, "entry", "Nobody was hurt, the Guard said."),
    ]


def test_the_points_under_a_title_are_its_summary() -> None:
    text = (
        "War on the lake: live\nThe army says that it has taken the mill\nThe Guard denies this and speaks of fighting"
        "\n\n18:42\nUbel: school hit\nThree rockets struck Ubel, its mayor wrote.\n"
    )
    assert kinds(text) == [(0, "title"), (1, "summary"), (1, "summary"), (2, "entry"), (2, "entry")]


def test_an_article_is_one_entry_with_its_title() -> None:
    text = "Eleven killed near Sarn\nThe ministry said so on Friday.\nIt gave no figure for the wounded."
    assert kinds(text) == [(0, "entry")] * 3


def test_a_list_belongs_to_the_sentence_that_leads_it_in() -> None:
    text = "Eleven killed near Sarn\nThe ministry lists its losses:\n- eleven dead;\n- two tanks."
    assert kinds(text) == [(0, "entry")] * 4


def test_a_list_of_headlines_is_a_list_of_entries() -> None:
    text = "Live: the lake war\n10 June 2031\nGuard: eleven killed\nMayor: school hit\nMarn closes its airport"
    assert kinds(text) == [(0, "title"), (1, "boiler"), (2, "entry"), (3, "entry"), (4, "entry")]


def test_boilerplate_belongs_to_no_statement_and_does_not_end_one() -> None:
    text = PAGE.replace("It added:", "Photo: R. Imre\nAdvertisement\nIt added:")
    found = shape(text)
    assert [k for _, k, words in found if words in ("Photo: R. Imre", "Advertisement")] == ["boiler"] * 2
    entry = {e for e, _, words in found if words.startswith(("Overnight", "It added", "“They ran"))}
    assert len(entry) == 1


def test_a_credit_with_a_number_is_news() -> None:
    text = "Live: the lake war\nSource: 12 killed at the weir\nThe Guard said nothing.\nTwo hurt - mayor\nSo he wrote."
    assert shape(text)[1][:2] == (1, "entry")


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff\n"])
def test_nothing_has_no_outline(text: str) -> None:
    assert outline(text) == ()


def test_one_sentence_is_one_entry() -> None:
    assert kinds("The ministry said that eleven soldiers had been killed.") == [(0, "entry")]


def test_paragraphs_lays_a_statement_out_under_its_title() -> None:
    text, parts = paragraphs(" Two  hurt ", "One.\n\n Two. \n")
    assert text == "Two hurt\nOne.\nTwo."
    assert [(text[slice(*p.span)], p.kind) for p in parts] == [
        ("Two hurt", "headline"),
        ("One.", "entry"),
        ("Two.", "entry"),
    ]
    assert paragraphs(None, "")[1] == ()


@pytest.mark.parametrize(
    "text",
    ["a\n" * 25_000, "• a\n" * 25_000, "12:30\n" * 25_000, "A: b - C\nSome.\n" * 12_500, "x" * 500_000,
     " - " * 125_000, "“" * 125_000, "Photo " * 50_000],
)  # fmt: skip
def test_hostile_lines_take_linear_time(text: str) -> None:
    began = time.process_time()
    outline(text)
    assert time.process_time() - began < 2


# -- the development pages, as they are and laid out in other ways


def blank_lines(between: str) -> Rewrite:
    return lambda t: re.sub(r"\n+", between, t)


REWRITES: dict[str, Rewrite] = {
    "as it is": lambda t: t,
    "no blank lines": blank_lines("\n"),
    "a blank line after every line": blank_lines("\n\n"),
    "no times": lambda t: re.sub(r"^\d\d:\d\d\n", "", t, flags=re.M),
    "no times, no blank lines": lambda t: re.sub(r"\n+", "\n", re.sub(r"^\d\d:\d\d\n", "", t, flags=re.M)),
    "times in the headline's line": lambda t: re.sub(r"^(\d\d:\d\d)\n", r"\1 ", t, flags=re.M),
    "times below the headline": lambda t: re.sub(r"^(\d\d:\d\d)\n(.*)\n", r"\2\n\1\n", t, flags=re.M),
    "wrapped": lambda t: "\n".join(textwrap.fill(line, 76) for line in t.split("\n")),
    "rules between": lambda t: re.sub(r"\n\n+", "\n***\n", t),
    "numbered": lambda t: t.replace("• ", "3. "),
    "hyphens": lambda t: t.replace("• ", "- "),
    "windows": lambda t: t.replace("\n", "\r\n"),
}


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("rewrite", REWRITES)
@pytest.mark.parametrize("name", ["page-dev-1", "page-dev-2"])
def test_the_development_pages_are_split_exactly(shared: Path, scorer: ModuleType, name: str, rewrite: str) -> None:
    whole = (shared / "gold" / f"{name}.txt").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    text = REWRITES[rewrite](whole)
    got = [
        {"id": f"p{i}", "doc": name, "span": list(p.span), "entry": p.entry, "entry_kind": p.entry_kind, "claims": []}
        for i, p in enumerate(outline(text))
    ]
    result = scorer.split(moved(rows, text, REWRITES[rewrite]), got)
    assert result["wrong"] == []
    assert result["share"] == 1.0


def moved(rows: list[dict[str, Any]], text: str, rewrite: Rewrite) -> list[dict[str, Any]]:
    """The gold rows with the places that their words have in the rewritten text."""
    out, at = [], 0
    for row in rows:
        words = rewrite(row["text"]).split()
        found = re.compile(r"\s+".join(map(re.escape, words))).search(text, at)
        assert found, row["text"]
        at = found.end()
        out.append({**row, "span": list(found.span())})
    return out


def test_the_model_page_has_a_summary_two_entries_and_eleven_bullets(shared: Path) -> None:
    text = (shared / "input" / "karabakh-2020-10-07.txt").read_text(encoding="utf-8")
    found = kinds(text)
    count = {kind: len({e for e, k in found if k == kind}) for _, kind in found}
    assert count == {"title": 1, "summary": 1, "entry": 2, "heading": 1, "bullet": 11, "boiler": 1}
    assert found[-1][1] == "boiler"
    assert [k for _, k in found].count("heading") == 2
