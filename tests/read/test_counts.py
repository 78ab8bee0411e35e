"""Counts of people: passages of an invented war and the casualty claims that a careful editor reads in them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.read.factory import rows
from tests.read.test_golden import seen

FILE = Path(__file__).parents[1] / "golden" / "read" / "counts.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_passage_counts_as_an_editor_counts(case: dict[str, Any]) -> None:
    found = [c for c in rows(case["text"].strip("\n"), case.get("kind", "entry")) if c["type"] == "casualties"]
    assert [{key: seen(c, key) for key in w} for w, c in zip(case["claims"], found, strict=False)] == case["claims"]
    assert len(found) == len(case["claims"])
