"""The labels of the Karabakh replay, made by hand, fit its statements and the scheme; the replay is what it says."""

import json
import tomllib
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from sayso.model import vocabulary

REPLAY = Path(__file__).parents[2] / "examples" / "karabakh-2020" / "replay"
Row = dict[str, Any]


def rows_of(name: str) -> list[Row]:
    return [json.loads(line) for line in (REPLAY / name).read_text(encoding="utf-8").splitlines()]


STATEMENTS = {row["id"]: row for row in rows_of("statements.jsonl")}
GOLD = rows_of("gold.jsonl")


def full_text(statement: Row) -> str:
    return "\n".join(filter(None, (statement["headline"], statement["text"])))


def test_every_word_of_every_statement_is_labelled() -> None:
    for name, statement in STATEMENTS.items():
        text = list(full_text(statement))
        for row in (r for r in GOLD if r["doc"] == name):
            start, end = row["span"]
            assert "".join(text[start:end]) == row["text"]
            text[start:end] = " " * (end - start)
        assert not "".join(text).strip(), name


@pytest.mark.parametrize("row", GOLD, ids=[r["id"] for r in GOLD])
def test_each_label_is_in_the_words_of_the_scheme(row: Row) -> None:
    for claim in row["claims"]:
        attr, qty = claim["attr"], claim["qty"]
        assert claim["sub"] in vocabulary.TYPES[claim["type"]]
        assert attr["kind"] in vocabulary.KINDS
        assert attr["channel"] in (None, *vocabulary.CHANNELS)
        assert (attr["kind"] == "outlet") == (attr["quote"] == "none")
        assert (claim["type"] == "denial") == (claim["target"] is not None)
        assert claim["who"] in (None, *get_args(vocabulary.Who))
        assert qty is None or qty["cmp"] in get_args(vocabulary.Operator)


def test_a_hundred_and_twenty_statements_of_fifteen_bodies_can_each_be_checked() -> None:
    assert len(STATEMENTS) >= 120
    said_by = {
        (c["attr"]["org"] or c["attr"]["role"]) for r in GOLD for c in r["claims"] if c["attr"]["kind"] != "outlet"
    }
    assert len(said_by) >= 15
    assert all(s["url"] and s["reported_by"] and s["facts"] for s in STATEMENTS.values())


def test_the_fortnight_holds_what_such_days_hold() -> None:
    kinds = {(c["type"], c["sub"]) for r in GOLD for c in r["claims"]}
    assert {
        ("not_reported", "killed"), ("not_reported", "wounded"), ("denial", "calls_fake"), ("denial", "denies"),
        ("control", "taken"), ("equipment_loss", "destroyed"), ("accusation", "mercenaries"), ("corridor", "opened"),
        ("diplomacy", "visit"), ("diplomacy", "ruling"), ("diplomacy", "call"), ("movement", "martial_law"),
        ("movement", "mobilisation"), ("control", "lost"), ("truce", "called_for"), ("truce", "agreed"),
        ("truce", "violated"),
    } <= kinds  # fmt: skip
    operators = {c["qty"]["cmp"] for r in GOLD for c in r["claims"] if c["qty"]}
    assert {"exact", "more_than", "at_least", "about", "nearly", "range", "dozens"} <= operators


def test_on_every_day_of_the_fortnight_both_sides_speak() -> None:
    sources = tomllib.loads((REPLAY.parent / "sources.toml").read_text(encoding="utf-8"))["source"]
    party = {s["name"]: s.get("party") for s in sources}
    speaking: dict[str, set[str | None]] = defaultdict(set)
    for row in STATEMENTS.values():
        speaking[row["at"][:10]].add(party[row["source"]])
    first = date(2020, 9, 27)
    assert set(speaking) == {(first + timedelta(days=n)).isoformat() for n in range(14)}
    assert all("AZ" in sides and sides & {"AM", "NK"} for sides in speaking.values()), speaking


def test_every_picture_says_that_it_is_drawn() -> None:
    media = [one for s in STATEMENTS.values() for one in s["media"]]
    assert {one["kind"] for one in media} == {"image", "video"}
    assert all(one["caption"].startswith("Illustration") and one["credit"].startswith("Illustration") for one in media)


def test_edits_happen_only_at_the_replay_s_own_outlet() -> None:
    later = [s for s in STATEMENTS.values() if s.get("then")]
    assert {s["source"] for s in later} == {"digest"}
    assert any(s["then"].get("gone") for s in later) and any(s["then"].get("text") for s in later)
