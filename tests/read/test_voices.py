"""The sources of claims in an invented war, and who speaks for whom on which day."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.lexicon import load_lexicons
from sayso.model.claim import Attribution, Part, Span
from sayso.model.conflict import Person
from sayso.model.setting import Setting
from sayso.read import Reader
from tests.read.factory import claims, conflict

FILE = Path(__file__).parents[1] / "golden" / "read" / "voices.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


def seen(attr: Attribution, key: str) -> Any:
    """A key of an expectation."""
    return [v.side for v in attr.via] if key == "via" else getattr(attr, key)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_each_claim_has_the_source_that_an_editor_gives_it(case: dict[str, Any]) -> None:
    found = [c.attr for c in claims(case["text"], case.get("kind", "entry"))]
    assert len(found) == len(case["sources"])
    for attr, wanted in zip(found, case["sources"], strict=True):
        assert {key: seen(attr, key) for key in wanted} == wanted


MINISTERS = (
    Person(
        name="Ada Orn", names=("Orn",), role="defence minister", body="Tarskian Defence Ministry", kind="defence_ministry",
        side="AA", until=date(2033, 8, 10),
    ),
    Person(
        name="Ada Orn", names=("Orn",), role="foreign minister", body="Tarskian Foreign Ministry", kind="foreign_ministry",
        side="AA", since=date(2033, 8, 11), until=date(2033, 8, 20),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "kind", "role"),
    [
        (date(2033, 8, 10), "defence_ministry", "defence minister"),
        (date(2033, 8, 11), "foreign_ministry", "foreign minister"),
        (date(2033, 8, 21), "expert", None),
    ],
)
def test_a_name_stands_for_the_office_of_the_day(day: date, kind: str, role: str | None) -> None:
    reader = Reader(
        lexicons=load_lexicons(), conflict=replace(conflict(), people=MINISTERS), language_of=lambda _: "en"
    )
    text = "Orn said that two houses had burned down."
    passages = reader.read(text, (Part(span=Span(0, len(text))),), Setting(published=day)).passages
    attr = passages[0].claims[0].attr
    assert (attr.kind, attr.role, attr.speaker, attr.side) == (kind, role, "Ada Orn", "AA")
