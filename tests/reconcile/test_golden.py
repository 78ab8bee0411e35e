"""Small cases written by hand: claims, and how their answers must stand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.model.question import Key, Question, Said
from sayso.reconcile import question, questions_of, tally

from .factory import NOON, WAR, claim, count, denial, looked, said

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "reconcile"
CASES = sorted(FOLDER.glob("*.toml"))


def said_of(row: dict[str, Any]) -> Said:
    row = dict(row)
    id_, hours, mouth, kind = row.pop("id"), row.pop("hours", 0), row.pop("mouth"), row.pop("kind")
    if kind.startswith("denial"):
        target = dict(row.pop("target"))
        aim = f"{target.pop('type')}.{target.pop('sub')}"
        return said(id_, denial(mouth, aim, **target | {"places": tuple(target.get("places", ()))}), hours=hours)
    unit, scope = row.pop("unit", None), row.pop("scope", "cumulative")
    if "count" in row:
        row["count"] = count(row["count"], scope=scope, unit=unit)
    return said(id_, claim(kind, mouth, **row | {"places": tuple(row.get("places", ()))}), hours=hours)


def asked(heard: list[Said]) -> dict[str, Question]:
    by_key: dict[Key, list[Said]] = {}
    for s in heard:
        for key in questions_of(s.claim, said_at=s.said_at, conflict=WAR, day=s.said_at.date()):
            by_key.setdefault(key, []).append(s)
    found = [
        question(k, mine, conflict=WAR, others=heard, checked=looked(), on=NOON.date()) for k, mine in by_key.items()
    ]
    assert len({q.wording for q in found}) == len(found), "two questions read alike"
    return {q.wording: q for q in found}


@pytest.mark.parametrize("file", CASES, ids=lambda f: f.stem)
def test_answers_stand_as_the_case_says(file: Path) -> None:
    case = tomllib.loads(file.read_text("utf-8"))
    heard = [said_of(row) for row in case["claim"]]
    found = asked(heard)
    for wording, states in case["expect"].items():
        assert {a.latest.id: a.state for a in found[wording].answers} == states, wording
    for wording, kinds in case.get("silent", {}).items():
        assert {m.party: m.kind for m in found[wording].missing} == kinds, wording
    for wording, ids in case.get("mirrors", {}).items():
        assert sorted(found[wording].mirrors) == ids, wording
    lines = tally(heard, conflict=WAR)
    for table, ids in case.get("tally", {}).items():
        assert [x.said.id for x in getattr(lines, table)] == ids, table


def test_there_are_cases() -> None:
    assert len(CASES) >= 5
