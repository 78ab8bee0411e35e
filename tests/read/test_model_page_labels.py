"""The hand-made labels of the model page: whole, inside the text, and in the form of the annotation scheme."""

import hashlib
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from sayso.model import vocabulary

LABELS = Path(__file__).parents[1] / "golden" / "read" / "model_page.labels.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
CLAIMS: list[dict[str, Any]] = [claim for row in ROWS for claim in row["claims"]]

SIDES = {"AZ", "AM", "NK", "ARM", "BOTH", "TR", "IR", "ECHR", None}
ATTR = {"speaker", "role", "org", "kind", "side", "channel", "quote", "cue", "hedge", "via"}
QTY = {"n", "low", "high", "exact", "cmp", "unit", "scope", "since"}
CLAIM = {
    "type", "sub", "attr", "actor", "subject", "who", "qty", "part_of", "places", "from", "to", "polarity", "modality",
    "target", "span",
}  # fmt: skip
LONGEST_NAME = 40


@pytest.fixture(scope="module")
def page(shared: Path) -> str:
    return (shared / "input" / "karabakh-2020-10-07.txt").read_bytes().decode("utf-8")


def test_labels_are_of_this_very_text(page: str) -> None:
    digest = hashlib.sha256(page.encode()).hexdigest()
    assert {row["sha256"] for row in ROWS} == {digest}


def test_every_passage_of_the_page_is_labelled(page: str) -> None:
    ends = [0]
    for row in ROWS:
        start, end = row["span"]
        assert ends[-1] <= start < end <= len(page)
        assert page[start:end] == page[start:end].strip()
        assert not page[ends[-1] : start].strip(), row["id"]
        ends.append(end)
    assert not page[ends[-1] :].strip()


def test_each_claim_lies_inside_its_passage() -> None:
    for row in ROWS:
        for claim in row["claims"]:
            assert row["span"][0] <= claim["span"][0] < claim["span"][1] <= row["span"][1], row["id"]


def test_the_page_has_a_summary_two_entries_eleven_bullets_and_a_last_line() -> None:
    kinds = {row["entry"]: row["entry_kind"] for row in ROWS}
    assert list(kinds) == sorted(kinds)
    assert list(kinds.values()) == ["title", "summary", "entry", "entry", "heading", *["bullet"] * 11, "boiler"]
    assert [row["kind"] for row in ROWS if row["entry_kind"] == "entry"].count("headline") == 2


def test_a_passage_has_claims_or_says_why_not() -> None:
    assert all(bool(row["claims"]) != bool(row.get("why_none")) for row in ROWS)


def test_labels_hold_no_running_text() -> None:
    for row in ROWS:
        assert "text" not in row
    for claim in CLAIMS:
        words = [*claim["places"], *(v for k, v in claim["attr"].items() if isinstance(v, str) and k != "via")]
        assert all(len(part) <= LONGEST_NAME for word in words for part in word.split("|"))


@pytest.mark.parametrize("claim", CLAIMS, ids=[f"{c['type']}.{c['sub']}@{c['span'][0]}" for c in CLAIMS])
def test_each_claim_is_in_the_form_of_the_scheme(claim: dict[str, Any]) -> None:
    assert set(claim) == CLAIM
    assert claim["sub"] in vocabulary.TYPES[claim["type"]]
    assert {claim["actor"], claim["subject"], claim["attr"]["side"]} <= SIDES
    assert claim["who"] in (None, *get_args(vocabulary.Who))
    assert claim["polarity"] in get_args(vocabulary.Polarity)
    assert claim["modality"] in get_args(vocabulary.Modality)
    assert (claim["type"] == "denial") == (claim["target"] is not None)
    check_source(claim["attr"])
    if claim["qty"]:
        check_quantity(claim["qty"])


def check_source(attr: dict[str, Any]) -> None:
    assert set(attr) == ATTR
    assert attr["kind"] in vocabulary.KINDS
    assert attr["channel"] in (None, *vocabulary.CHANNELS)
    assert attr["hedge"] in (None, *get_args(vocabulary.Hedge))
    assert attr["quote"] in get_args(vocabulary.Quote)
    assert (attr["kind"] == "outlet") == (attr["quote"] == "none")
    assert all(set(relay) == {"org", "kind", "side"} for relay in attr["via"])


def check_quantity(qty: dict[str, Any]) -> None:
    assert set(qty) == QTY
    assert qty["cmp"] in get_args(vocabulary.Operator)
    assert qty["exact"] == (qty["cmp"] in ("exact", "none"))
    if qty["cmp"] == "more_than":
        assert (qty["low"], qty["high"]) == (qty["n"] + 1, None)
    if qty["cmp"] == "exact":
        assert qty["low"] == qty["high"] == qty["n"]
