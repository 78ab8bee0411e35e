"""What readers can prove: that a published statement is in the ledger, and nothing about what is held."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import command
from sayso.errors import Refused
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.proving import check_proof, prove_consistent, prove_row
from sayso.flow.record.signing import handed_out, problems_of, sign_checkpoint, signing_key
from sayso.web.app import make_app
from tests.flow.factory import item, polled
from tests.web.test_public import Client


@pytest.fixture
def told(room: Newsroom) -> str:
    """The id of a published statement that a checkpoint holds."""
    polled(room, item("bridge", "Bridge held", "12 soldiers were killed."))
    sign_checkpoint(room)
    return room.store.every_statement()[0].id


@pytest.fixture
def client(room: Newsroom) -> Client:
    return Client(make_app(room, feeds=True)[0])


def test_a_reader_proves_a_published_statement(room: Newsroom, told: str, client: Client) -> None:
    base = f"/c/{room.coverage.name}/"
    key = client.get(base + "ledger/key").text
    proof = client.get(f"{base}ledger/s/{told}.json")
    assert proof.headers["content-type"] == "application/json"
    shown = check_proof(proof.text, key=key)
    assert "with this content" in shown
    assert "12 soldiers were killed" in proof.json()["content"]
    assert client.get(base + "ledger/checkpoint").text == proof.json()["checkpoint"] == handed_out(room)[0]
    assert f"ledger/s/{told}.json" in client.get(f"{base}s/{told}/").text


def test_two_checkpoints_are_proved_to_be_of_one_ledger(room: Newsroom, told: str, client: Client) -> None:
    early = room.store.size()
    polled(room, item("ford", "Ford taken", "7 soldiers were killed."))
    late = sign_checkpoint(room).size
    answer = client.get(f"/c/{room.coverage.name}/ledger/{early}-{late}.json")
    assert f"begins with the {early} rows" in check_proof(answer.text, key=None)
    assert client.get(f"/c/{room.coverage.name}/ledger/{early}-{late - 1}.json").status_code == 404


def test_of_what_may_only_be_quoted_the_words_are_not_told(room: Newsroom, told: str, client: Client) -> None:
    sources = tuple(replace(source, rehost="excerpt") for source in room.coverage.sources)
    room.coverage = replace(room.coverage, sources=sources)
    again = Client(make_app(room, feeds=True)[0])
    proof = again.get(f"/c/{room.coverage.name}/ledger/s/{told}.json").json()
    assert (proof["content"], proof["salt"]) == (None, None)


def test_nothing_is_told_of_what_is_held_or_taken_down(room: Newsroom, told: str, client: Client) -> None:
    address = f"/c/{room.coverage.name}/ledger/s/{told}.json"
    assert client.get(address).status_code == 200
    Review(room).take_down(told, reason="a person asked for it", who="editor")
    sign_checkpoint(room)
    assert client.get(address).status_code == 404
    assert client.get(f"/c/{room.coverage.name}/ledger/s/none.json").status_code == 404


def test_the_desk_proves_any_row(room: Newsroom, told: str) -> None:
    assert "with this content" in check_proof(json.dumps(prove_row(room, 1)), key=signing_key(room).verifier)
    polled(room, item("ford", "Ford taken", "7 soldiers were killed."))
    size = room.store.size()
    assert f"Row {size} " in check_proof(json.dumps(prove_row(room, size)), key=None), "one is signed for it"
    with pytest.raises(Refused, match="there is no row 0"):
        prove_row(room, 0)
    with pytest.raises(Refused, match="no checkpoint at 3 rows holds row 1; there are checkpoints at"):
        prove_row(room, 1, size=3)
    with pytest.raises(Refused, match="there are no checkpoints at 5 and"):
        prove_consistent(room, 5, 2)


def test_a_proof_is_checked_offline_by_the_command(room: Newsroom, told: str, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(prove_row(room, 1)))
    good = CliRunner().invoke(command, ["store", "check-proof", str(file), "--key", signing_key(room).verifier])
    assert (good.exit_code, good.output.split(" (")[0]) == (0, "Row 1")
    file.write_text(file.read_text().replace('"seq": 1', '"seq": 2'))
    bad = CliRunner().invoke(command, ["store", "check-proof", str(file)])
    assert isinstance(bad.exception, Refused)
    assert "the proof does not hold: row 2" in str(bad.exception)


def test_a_database_that_was_cut_back_does_not_have_the_checkpoint_that_was_handed_out(
    room: Newsroom, told: str
) -> None:
    size = room.store.size()
    with room.store._writing() as conn:
        conn.exec_driver_sql("DELETE FROM checkpoint")
    assert [p.where for p in problems_of(room)] == [f"checkpoint at {size} rows"]
