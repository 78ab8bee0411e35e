"""The model page, read whole into the example coverage: the named claims are all right, and four fifths of all.

The text is somebody else's: it is read from the shared development data, and only labels stand in the project.
"""

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.flow import texts
from sayso.model.setting import Setting

LABELS = Path(__file__).parents[1] / "golden" / "read" / "model_page.labels.jsonl"
EXAMPLE = Path(__file__).parents[2] / "examples" / "karabakh-2020"

Row = dict[str, Any]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[Row]:
    text, parts = texts.text_of(str(shared / "input" / "karabakh-2020-10-07.txt"), stdin="")
    reader = texts.make_reader(texts.conflict_of(EXAMPLE))
    passages = reader.read(text, parts, Setting(published=date(2020, 10, 7), outlet="JAMnews")).passages
    return list(texts.document_rows(text, passages, doc="karabakh-2020-10-07", meta={"conflict": "karabakh-2020"}))


@pytest.fixture(scope="module")
def claims(rows: list[Row]) -> list[Row]:
    return [c for r in rows for c in r["claims"]]


def labels() -> list[Row]:
    found = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    return [{**row, "conflict": "karabakh-2020"} for row in found]


def having(claims: list[Row], kind: str, **wanted: Any) -> list[Row]:
    """Claims of a type.sub whose fields (dots reach inside) are as wanted."""
    type_, sub = kind.split(".")
    return [
        c for c in claims
        if c["type"] == type_ and sub in ("*", c["sub"]) and all(reach(c, k) == v for k, v in wanted.items())
    ]  # fmt: skip


def reach(claim: Row, dotted: str) -> Any:
    value: Any = claim
    for key in dotted.split("__"):
        value = None if value is None else value[key]
    return value


def test_the_split_is_exact(scorer: ModuleType, rows: list[Row]) -> None:
    result = scorer.split(labels(), rows)
    assert result["wrong"] == []
    kinds = [r["entry_kind"] for r in labels()]
    assert len({r["entry"] for r in labels() if r["entry_kind"] == "bullet"}) == 11
    assert len({r["entry"] for r in labels() if r["entry_kind"] == "entry"}) == 2
    assert kinds[-1] == "boiler"


def test_four_fifths_of_its_claims_are_right(scorer: ModuleType, rows: list[Row]) -> None:
    gold = labels()
    parties = scorer.Parties({"karabakh-2020": {"groups": {"ARM": ["AM", "NK"]}}})
    got, _stray = scorer.join(gold, rows)
    right = total = 0
    wrong = []
    for i, row in enumerate(gold):
        total += len(row["claims"])
        pairs = scorer.assign(
            [[scorer.similarity(g, p, parties, row["conflict"]) for p in got.get(i, [])] for g in row["claims"]]
        )
        for a, b in pairs:
            g, p = row["claims"][a], got[i][b]
            ok = is_right(scorer, g, p, parties)
            right += ok
            if not ok:
                wrong.append((row["id"], g["type"], g["sub"], p["type"], p["sub"]))
    assert right / total >= 0.80, (right, total, wrong)


def is_right(scorer: ModuleType, gold: Row, found: Row, parties: Any) -> bool:
    """Type, sub, source, polarity and figure as labelled, and the same parties in it."""
    same_number = scorer.number(gold) == scorer.number(found) and scorer.cmp_of(gold) == scorer.cmp_of(found)
    return bool(
        (gold["type"], gold["sub"], gold["polarity"]) == (found["type"], found["sub"], found["polarity"])
        and scorer.same_attr(gold, found, parties, "karabakh-2020")
        and same_number
        and all(gold[k] is None or parties.same(gold[k], found[k], "karabakh-2020") for k in ("actor", "subject"))
    )


def test_the_army_s_toll_comes_from_the_defence_army_through_armenian_media(claims: list[Row]) -> None:
    (toll,) = having(claims, "casualties.killed", subject="ARM", who="military", qty__cmp="more_than")
    assert (toll["qty"]["n"], toll["qty"]["low"], toll["qty"]["high"]) == (250, 251, None)
    assert (toll["qty"]["scope"], toll["qty"]["since"]) == ("cumulative", "2020-09-27")
    assert (toll["attr"]["kind"], toll["attr"]["side"]) == ("army", "NK")
    (via,) = toll["attr"]["via"]
    assert (via["kind"], via["side"]) == ("media", "AM")


def test_what_is_not_reported_is_not_zero(claims: list[Row]) -> None:
    (wounded,) = having(claims, "not_reported.wounded")
    assert wounded["subject"] in ("ARM", "NK")
    (dead,) = having(claims, "not_reported.killed")
    assert (dead["subject"], dead["who"], dead["polarity"], dead["qty"]) == ("AZ", "military", "unknown", None)


def test_the_civilian_tolls_name_no_source(claims: list[Row]) -> None:
    killed, hurt = having(claims, "casualties.*", subject="AZ", who="civilian")
    assert (killed["sub"], killed["qty"]["n"], hurt["sub"], hurt["qty"]["n"]) == ("killed", 28, "wounded", 143)
    assert {killed["attr"]["hedge"], hurt["attr"]["hedge"]} == {"preliminary"}
    other = having(claims, "casualties.*", subject="ARM", who="civilian")
    assert [(c["sub"], c["qty"]["n"], c["qty"]["cmp"]) for c in other] == [
        ("killed", 19, "exact"),
        ("wounded", 80, "about"),
    ]
    assert {c["attr"]["kind"] for c in (killed, hurt, *other)} == {"outlet"}


def test_the_town_and_the_villages_are_two_claims(claims: list[Row]) -> None:
    town, villages = having(claims, "control.taken", actor="AZ", modality="fact")
    assert "Jabrayil" in town["places"][0].split("|")
    assert (villages["qty"]["n"], villages["qty"]["unit"]) == (25, "villages")
    assert {town["attr"]["side"], villages["attr"]["side"]} == {"AZ"}
    assert {town["attr"]["kind"], villages["attr"]["kind"]} == {"government"}


def test_the_intercepts_mirror_each_other_across_the_group(claims: list[Row]) -> None:
    stories = having(claims, "accusation.mercenaries", attr__kind="security_service")
    assert {(c["attr"]["side"], c["actor"]) for c in stories} in (
        {("AZ", "ARM"), ("AM", "AZ")},
        {("AZ", "AM"), ("AM", "AZ")},
    )


def test_the_fake_message_denial_aims_at_the_defence_army_s_claim(claims: list[Row]) -> None:
    (denial,) = having(claims, "denial.calls_fake")
    assert (denial["attr"]["kind"], denial["attr"]["side"], denial["actor"]) == ("defence_ministry", "AZ", "AZ")
    assert (denial["target"]["actor"], denial["target"]["subject"]) == ("NK", "AZ")


def test_each_side_claims_the_other_s_equipment(claims: list[Row]) -> None:
    losses = having(claims, "equipment_loss.destroyed")
    assert {(c["attr"]["side"], c["subject"]) for c in losses} == {("AZ", "ARM"), ("ARM", "AZ")}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("corridor.opened", {"attr__side": "AZ", "modality": "plan"}),
        ("corridor.surrender_offer", {"attr__side": "AZ"}),
        ("diplomacy.ruling", {}),
        ("diplomacy.visit", {"actor": "AM"}),
        ("diplomacy.call", {"actor": "IR", "subject": "AZ"}),
    ],
)
def test_corridors_the_court_the_visit_and_the_call_are_read(claims: list[Row], kind: str, fields: Row) -> None:
    assert having(claims, kind, **fields)
