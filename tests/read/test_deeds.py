"""Deeds, holdings, requests, charges and denials, each as a careful editor reads it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.read.factory import rows
from tests.read.test_golden import seen

FILE = Path(__file__).parents[1] / "golden" / "read" / "deeds.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_deed_reads_as_an_editor_reads_it(case: dict[str, Any]) -> None:
    found, want = rows(case["text"], case.get("kind", "entry")), case["claims"]
    assert [c["type"] for c in found] == [w["type"] for w in want]
    for got, wanted in zip(found, want, strict=True):
        assert {key: absent(seen(got, key)) for key in wanted} == wanted


def absent(value: Any) -> Any:
    """TOML has no null: what is absent is written as ""."""
    return [absent(v) for v in value] if isinstance(value, list) else "" if value is None else value
