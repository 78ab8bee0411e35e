"""From the hand-made labels of the invented war, every way in which answers can stand comes about."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from sayso.coverage import load
from sayso.model.question import Checked, Said
from sayso.reconcile import question, questions_of
from sayso.replay import read_tape
from tests.replay.labels import claim_of

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "skerrow"


@pytest.fixture(scope="module")
def questions():
    coverage, tape = load(FOLDER), read_tape(FOLDER)
    told = {t.id: t for t in tape.told}
    by_key, everything = defaultdict(list), []
    for line in (FOLDER / "replay" / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        statement = told[row["doc"]]
        for number, label in enumerate(row["claims"]):
            said = Said(
                id=f"{row['id']}.{number}", claim=claim_of(row, label), statement=statement.id,
                source=statement.source, outlet=row["outlet"], said_at=statement.at, seen_at=statement.at,
                origin=statement.text, withdrawn=any(then.gone for then in statement.then),
            )  # fmt: skip
            everything.append(said)
            day = coverage.local_day(statement.at)
            for key in questions_of(said.claim, said_at=said.said_at, conflict=coverage.conflict, day=day):
                by_key[key].append(said)
    checked = [
        Checked(party=p.id, channels=2, until=tape.replay.ends_at, complete=p.id != "OS")
        for p in coverage.conflict.parties
    ]
    return [question(k, s, conflict=coverage.conflict, others=everything, checked=checked) for k, s in by_key.items()]


def test_every_state_of_an_answer_occurs(questions):
    """All but `taken_down`, which is an editor's deed."""
    wanted = {"withdrawn", "denied", "contradicted", "admitted", "revised", "compatible", "pending", "single"}
    assert wanted <= {a.state for q in questions for a in q.answers}


def test_every_flag_that_words_can_bring_about_occurs(questions):
    wanted = {"admitted", "denied", "mirrored", "revised_up", "revised_down", "withdrawn", "single_origin"}
    wanted |= {"no_source_named", "pending", "own_loss", "enemy_loss"}
    assert wanted <= {f for q in questions for a in q.answers for f in a.flags}


def test_every_relation_and_every_silence_occurs(questions):
    assert {r.kind for q in questions for r in q.relations} == {"compatible", "contradicted", "not_comparable"}
    silences = {"not_found_by_us", "does_not_publish", "says_unknown", "says_zero", "could_not_check"}
    assert silences <= {m.kind for q in questions for m in q.missing}
