"""What editors decided about readings becomes gold and lessons in the form of the claim scheme."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.desk import Addition, Edit
from sayso.flow.desk.adding import add_claim
from sayso.flow.desk.review import Review
from sayso.flow.desk.teaching import taught
from sayso.flow.newsroom import Newsroom
from sayso.model.claim import ADDED_FROM
from tests.web.desk_room import newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel.\nThe road is open.\nThe Tesk Guard said 3 tanks burned at Verst."
FIRST, SECOND, THIRD = TEXT.split("\n")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


def decided(room: Newsroom) -> str:
    """A statement with one claim corrected, one added from words and one without; and one that nobody decided about."""
    review, it = Review(room), take_in(room, TEXT)
    take_in(room, "The Tesk Guard said 7 soldiers were killed.")
    review.edit(it.id, 0, Edit(who="civilian"), who="editor")
    tanks = Addition(what="equipment_loss.destroyed", quote="3 tanks burned at Verst", says="Tesk Guard",
                     edit=Edit(figure="3", subject="OR"), unit="tanks", scope="incident")  # fmt: skip
    add_claim(review, it.id, tanks, who="editor")
    add_claim(review, it.id, Addition(what="other.other", reason="The picture shows it."), who="editor")
    numbers = (0, ADDED_FROM, ADDED_FROM + 1)
    review.publish(it.id, accepted=numbers, seen=[f"{it.id}.{n}" for n in numbers], who="editor")
    return it.id


def test_each_passage_has_the_editors_claims_and_beside_them_the_machines(room: Newsroom) -> None:
    statement = decided(room)
    rows = list(taught(room))
    assert [(r["doc"], r["text"]) for r in rows] == [(statement, FIRST), (statement, SECOND), (statement, THIRD)]
    killed, nothing, tanks = rows
    assert [(c["who"], c["qty"]["n"]) for c in killed["claims"]] == [("civilian", 12)]
    assert [c["who"] for c in killed["machine"]] == ["military"]
    assert (nothing["claims"], nothing["machine"], nothing.get("skip")) == ([], [], None)
    (burned,) = tanks["claims"]  # what an editor knows without words of the text is no lesson
    assert (burned["type"], burned["subject"], burned["qty"]["unit"]) == ("equipment_loss", "OR", "tanks")
    assert TEXT[slice(*burned["span"])] == "3 tanks burned at Verst"
    assert tanks["machine"] == []


def test_a_reading_that_was_only_left_out_is_nobodys_judgement(room: Newsroom) -> None:
    it = take_in(room, TEXT)
    Review(room).publish(it.id, accepted=(), seen=(), who="editor")
    assert [r.get("skip", False) for r in taught(room)] == [True, False, False]


def test_what_went_out_by_rule_or_was_taken_down_teaches_nothing(room: Newsroom) -> None:
    statement = decided(room)
    Review(room).take_down(statement, reason="a name", who="editor")
    assert list(taught(room)) == []


def test_the_scorer_reads_the_rows(room: Newsroom, tmp_path: Path, shared: Path) -> None:
    decided(room)
    gold, machine = tmp_path / "gold.jsonl", tmp_path / "machine.jsonl"
    gold.write_text("".join(json.dumps(r) + "\n" for r in taught(room)))
    machine.write_text("".join(json.dumps(r) + "\n" for r in taught(room, whose="machine")))
    figures = {of: scored(shared, gold, of) for of in (gold, machine)}
    assert (figures[gold]["type"]["f1"], figures[gold]["casualties"]["f1"]) == (1.0, 1.0)
    assert (figures[machine]["type"]["tp"], figures[machine]["type"]["gold"]) == (1, 2)
    assert figures[machine]["casualties"]["tp"] == 0  # civilians, not soldiers


def scored(shared: Path, gold: Path, predicted: Path) -> Any:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(predicted), "--json"]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(said.stdout)["all"]
