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
