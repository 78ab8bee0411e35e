"""Passages of an invented war in each language of the clause grammar, and what a careful editor reads in them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.read.languages import LANGUAGES, passages, rows
from tests.read.test_golden import seen

FOLDER = Path(__file__).parents[1] / "golden" / "read"
CASES = [
    (lang, case)
    for lang in LANGUAGES
    if (FOLDER / f"{lang}.toml").is_file()
    for case in tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{lang}: {c['name']}" for lang, c in CASES])
def test_a_passage_reads_as_an_editor_reads_it(lang: str, case: dict[str, Any]) -> None:
    found = rows(case["text"].strip("\n"), case.get("kind", "entry"), **case.get("setting", {}))
    want = case["claims"]
    assert [f"{c['type']}.{c['sub']}" for c in found] == [f"{w['type']}.{w['sub']}" for w in want]
    for number, wanted in enumerate(want):
        assert {key: seen(found[number], key) for key in wanted} == wanted


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{lang}: {c['name']}" for lang, c in CASES])
def test_the_language_of_a_passage_is_found(lang: str, case: dict[str, Any]) -> None:
    assert {p.lang for p in passages(case["text"].strip("\n"), case.get("kind", "entry"))} == {lang}


@pytest.mark.parametrize("lang", ["az", "tr", "ar", "hy"])
def test_a_language_without_a_native_review_is_marked_as_a_draft(lang: str) -> None:
    case = next(c for code, c in CASES if code == lang)
    made = passages(case["text"])
    assert all(p.draft for p in made) and all(c.draft for p in made for c in p.claims)
    assert all(row["draft"] is True for row in rows(case["text"]))


def test_a_reviewed_language_is_not() -> None:
    case = next(c for code, c in CASES if code == "ru")
    assert not any(p.draft for p in passages(case["text"]))
    assert not any("draft" in row for row in rows(case["text"]))


def test_a_language_without_word_lists_comes_back_unread_with_the_reason() -> None:
    made = passages("Στη διάρκεια της νύχτας σκοτώθηκαν τρεις στρατιώτες, ανακοίνωσε το υπουργείο.")
    assert [u.why for p in made for u in p.unread] == ["no reader for language el"]
