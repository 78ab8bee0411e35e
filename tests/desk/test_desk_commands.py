"""`sayso desk` and `sayso add`: what an editor does, without a browser."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import click
import pytest
import structlog
from click.testing import CliRunner, Result

from sayso.cli.add import add
from sayso.cli.desk import desk
from sayso.errors import Refused
from sayso.flow.shift.people import People
from sayso.flow.shift.staff import Staff
from sayso.store import Store
from tests.desk.factory import NOW
from tests.web.desk_room import TotalReader, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
MORE = "The Tesk Guard said more than 40 soldiers were killed near Verst."
Run = Callable[..., Result]


class Closed:
    """Stands for the parser's process, which the desk never starts."""

    def close(self) -> None:
        pass


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    def opened(folder: Path) -> Any:
        room = newsroom(folder)
        room.parser = Closed()  # type: ignore[assignment]
        return room

    monkeypatch.setattr("sayso.cli.reviewing.open_newsroom", opened)

    def call(command: click.Command, *arguments: str, input: str | None = None) -> Result:
        return CliRunner().invoke(command, list(arguments), input=input)

    yield call
    structlog.reset_defaults()


@pytest.fixture
def statement(tmp_path: Path) -> str:
    room = newsroom(tmp_path)
    it = take_in(room, TEXT)
    take_in(room, MORE)
    room.store.close()
    return it.id


def state(folder: Path, statement: str) -> str:
    store = Store.open(f"sqlite:///{folder / 'sayso.sqlite3'}")
    try:
        return store.statement_state(statement)
    finally:
        store.close()


def test_the_inbox_is_a_list_and_as_json_data(run: Run, tmp_path: Path, statement: str) -> None:
    words = run(desk, "inbox", str(tmp_path))
    assert words.exit_code == 0, words.exception
    assert statement in words.stdout
    assert "LOOK TWICE: 1" in words.stdout
    data = json.loads(run(desk, "inbox", str(tmp_path), "--json").stdout)
    assert data["counts"] == {"held": 2}
    assert {r["claims"][0]["figure"] for r in data["statements"]} == {"12", "40"}


def test_the_inbox_warns_of_a_lowered_total(run: Run, tmp_path: Path) -> None:
    room = newsroom(tmp_path)
    room.reader = cast(Any, TotalReader())
    told = [
        take_in(room, f"The Tesk Guard: {n} soldiers", published_at=NOW + timedelta(hours=h))
        for n, h in ((12, -2), (9, 0))
    ]
    room.store.close()
    for it in told:
        run(desk, "publish", str(tmp_path), it.id, "--claims", "1", "--yes")
    words = run(desk, "inbox", str(tmp_path)).stdout
    assert words.startswith("LOWERED: Tesk Guard says “9” (05-06 12:00Z) and said “12” before (05-06 10:00Z): ")
    (lowered,) = json.loads(run(desk, "inbox", str(tmp_path), "--json").stdout)["lowered"]
    assert (lowered["claimant"], lowered["before"], lowered["figure"]) == ("Tesk Guard", "12", "9")
    assert lowered["question"] in words


def test_show_prints_the_words_and_json_has_them_all(run: Run, tmp_path: Path, statement: str) -> None:
    assert "words: " + TEXT in run(desk, "show", str(tmp_path), statement).stdout
    data = json.loads(run(desk, "show", str(tmp_path), statement, "--json").stdout)
    assert data["cards"][0]["claim"]["count"]["n"] == 12


def test_publishing_asks_unless_it_was_looked_at(run: Run, tmp_path: Path, statement: str) -> None:
    no = run(desk, "publish", str(tmp_path), statement, "--claims", "1", input="n\n")
    assert no.exit_code == 1
    assert TEXT in no.stderr
    assert state(tmp_path, statement) == "held"
    yes = run(desk, "publish", str(tmp_path), statement, "--claims", "1", "--yes", "--json")
    assert json.loads(yes.stdout)["statements"] == [statement]
    assert state(tmp_path, statement) == "accepted"


def test_correct_withdraw_and_take_down(run: Run, tmp_path: Path, statement: str) -> None:
    run(desk, "publish", str(tmp_path), statement, "--claims", "1", "--yes")
    fix = ("--wrong", "They were of Orland.", "--claim", "1", "--subject", "OR", "--json")
    post = json.loads(run(desk, "correct", str(tmp_path), statement, *fix).stdout)
    assert post["corrections"][0]["text"] == "They were of Orland."
    post = json.loads(run(desk, "withdraw", str(tmp_path), statement, "--reason", "wrong", "--json").stdout)
    assert post["state"] == "withdrawn"
    stones = json.loads(run(desk, "take-down", str(tmp_path), statement, "--reason", "x", "--yes", "--json").stdout)
    assert [s["state"] for s in stones] == ["taken_down"]
    assert state(tmp_path, statement) == "taken_down"


@pytest.mark.parametrize(("command", "after"), [("hold", "held"), ("reject", "rejected")])
def test_putting_aside(run: Run, tmp_path: Path, statement: str, command: str, after: str) -> None:
    assert run(desk, command, str(tmp_path), statement, "--reason", "a double").exit_code == 0
    assert state(tmp_path, statement) == after


def test_a_statement_is_added_by_hand(run: Run, tmp_path: Path) -> None:
    said = ("--says", "Tesk Guard", "--channel", "telegram", "--at", "2031-05-06T09:00", "--json")
    answer = run(add, str(tmp_path), "--text", "We lost 7 soldiers.", *said)
    assert answer.exit_code == 0, answer.exception
    data = json.loads(answer.stdout)
    assert data["claims"] == 1
    assert state(tmp_path, data["statement"]) == "held"
    again = json.loads(run(add, str(tmp_path), "--text", "We lost 7 soldiers.", *said).stdout)
    assert again["statement"] == data["statement"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--text", "x"), "--withhold"),
        (("--says", "N"), "--file"),
        (("--text", "x", "--says", "N", "--at", "noon"), "2026-05-03T14:20"),
        (("--text", " ", "--says", "N"), "no text"),
        (("--text", "x", "--says", "N", "--channel", "pigeon"), "Use one of"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    run: Run, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    refused = run(add, str(tmp_path), *options).exception
    assert isinstance(refused, Refused)
    assert sentence in str(refused)


def test_a_new_password_is_printed_and_signs_the_old_sessions_out(run: Run, tmp_path: Path) -> None:
    first, second = (run(desk, "password", str(tmp_path)).stdout.strip() for _ in range(2))
    assert len(first) == 23
    assert first != second


def test_the_people_of_a_desk_are_managed_from_the_terminal(tmp_path: Path, run: Run) -> None:
    assert run(desk, "password", str(tmp_path)).exit_code == 0
    invited = json.loads(run(desk, "people", "invite", str(tmp_path), "--role", "chief", "--json").output)
    token = invited["address"].rpartition("/desk/join/")[2]
    room = newsroom(tmp_path)
    People(Staff(room.store)).join(token, name="Ana", password="four plain words here")
    assert run(desk, "people", "list", str(tmp_path)).output == "Ana  chief\neditor  admin\n"
    last = run(desk, "people", "close", str(tmp_path), "editor", "--yes")
    assert isinstance(last.exception, Refused) and "the last admin" in str(last.exception)
    assert run(desk, "people", "role", str(tmp_path), "Ana", "admin").exit_code == 0
    again = run(desk, "people", "reset", str(tmp_path), "Ana").output.strip().rpartition("/desk/join/")[2]
    assert People(Staff(room.store)).join(again, name="", password="five other plain words") == "Ana"
    assert run(desk, "people", "close", str(tmp_path), "editor", "--yes").exit_code == 0
    assert run(desk, "people", "list", str(tmp_path)).output == "Ana  admin\neditor  closed\n"
    done = [(n.user, n.action) for n in room.store.staff_log(limit=20)]
    room.store.close()
    assert done[::-1] == [
        ("(terminal)", "reset a password"), ("(terminal)", "invited"), ("Ana", "joined"),
        ("(terminal)", "changed a role"), ("(terminal)", "reset a password"), ("Ana", "chose a new password"),
        ("(terminal)", "closed an account"),
    ]  # fmt: skip
