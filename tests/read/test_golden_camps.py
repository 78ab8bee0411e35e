"""Sentences of a war with four camps, rebels that hold offices and a coalition, each as a careful editor reads it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sayso.lexicon import load_lexicons
from sayso.model.claim import Part, Span
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place
from sayso.model.rows import claim_to_row
from sayso.model.setting import Setting
from sayso.read import Reader
from tests.read.factory import DAY
from tests.read.test_deeds import absent
from tests.read.test_golden import seen

FOLDER = Path(__file__).parents[1] / "golden" / "read"
FILE = tomllib.loads((FOLDER / "camps.toml").read_text(encoding="utf-8"))
FURTHER = [
    case
    for name in ("newsrooms", "dispatches", "sources", "carried")
    for case in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]
]


def entered(kind: type, key: str) -> tuple[Any, ...]:
    """What the file enters of a kind, its lists as tuples."""
    return tuple(
        kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in each.items()}) for each in FILE.get(key, ())
    )


@cache
def reader() -> Reader:
    """A reader of that war."""
    groups = tuple(
        Group(id=g["id"], names=tuple(g["names"]), members=tuple(Membership(party=p) for p in g["members"]))
        for g in FILE["groups"]
    )
    conflict = Conflict(
        id=FILE["id"], groups=groups, parties=entered(Party, "parties"), third=entered(Party, "third"),
        bodies=entered(Body, "bodies"), people=entered(Person, "people"), places=entered(Place, "places"),
    )  # fmt: skip
    return Reader(lexicons=load_lexicons(), conflict=conflict, language_of=lambda _: "en")


@pytest.mark.parametrize("case", [*FILE["case"], *FURTHER], ids=[c["name"] for c in [*FILE["case"], *FURTHER]])
def test_each_camp_keeps_what_it_says_and_what_it_did(case: dict[str, Any]) -> None:
    text, want = case["text"], case["claims"]
    part = Part(span=Span(0, len(text)), kind=case.get("kind", "entry"))
    passages = reader().read(text, (part,), Setting(published=DAY, outlet="Harbour Wire")).passages
    found = [claim_to_row(c) for p in passages for c in p.claims]
    assert [f"{c['type']}.{c['sub']}" for c in found] == [f"{w['type']}.{w['sub']}" for w in want]
    for got, wanted in zip(found, want, strict=True):
        assert {key: absent(seen(got, key)) for key in wanted} == wanted
