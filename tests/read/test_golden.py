"""Passages of an invented war and the claims that a careful editor reads in them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.read.factory import rows

FOLDER = Path(__file__).parents[1] / "golden" / "read"
CASES = [
    case
    for name in ("strait.toml", "dealings.toml")
    for case in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
]
IN_ATTR = ("side", "kind", "speaker", "channel", "quote", "hedge")
IN_QTY = ("n", "low", "high", "cmp", "unit", "scope", "since")


def seen(claim: dict[str, Any], key: str) -> Any:
    """A key of an expectation, looked up where the scheme keeps it; an absent count has the operator ""."""
    if key in IN_ATTR:
        return claim["attr"][key]
    if key == "via":
        return [v["side"] for v in claim["attr"]["via"]]
    if key in IN_QTY:
        return (claim["qty"] or {"cmp": ""}).get(key)
    if key == "target":
        return [claim["target"][k] for k in ("type", "sub", "actor")]
    if key == "carried":  # only where something is
        return claim.get("carried", [])
    if key == "inferred":
        return claim["attr"]["cue"] is None
    return claim[key]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_passage_reads_as_an_editor_reads_it(case: dict[str, Any]) -> None:
    found = rows(case["text"].strip("\n"), case.get("kind", "entry"))
    want = case["claims"]
    assert [f"{c['type']}.{c['sub']}" for c in found] == [
        f"{w['type']}.{w.get('sub', c['sub'])}" for w, c in zip(want, found, strict=False)
    ] + [f"{w['type']}.{w.get('sub')}" for w in want[len(found) :]]
    for number, wanted in enumerate(want):
        got = {key: seen(found[number], key) for key in wanted}
        assert got == wanted
