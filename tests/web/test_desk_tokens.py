"""Programs at the desk: tokens with scopes, what they read and submit, how often they may ask."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.accounts import hash_token
from sayso.flow.newsroom import Newsroom
from sayso.web.desk.bearing import PER_MINUTE, Pace
from tests.web.desk_people import Clock, about, invited, stranger
from tests.web.desk_room import Browser, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
API = "/desk/api/v1/c/orland"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def admin(room: Newsroom) -> Browser:
    return browser(room).sign_in()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in ("staff", "people", "tokens"):
        monkeypatch.setattr(f"sayso.flow.shift.{module}.world_now", made)
    return made


def token_of(somebody: Browser, *scopes: str, days: str = "30") -> str:
    answer = somebody.post("/desk/tokens", at="/desk/tokens", name="a feed", scope=list(scopes), days=days)
    found = re.search(r'value="(sayso_[^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


def asked(room: Newsroom, token: str, path: str = "/inbox", **sent: Any) -> Any:
    headers = {"authorization": f"Bearer {token}"}
    return stranger(room).client.request("POST" if sent else "GET", API + path, headers=headers, **sent)


def test_a_program_reads_what_waits_and_the_claims_in_it(room: Newsroom, admin: Browser) -> None:
    it, token = take_in(room, TEXT), token_of(admin, "read")
    (line,) = asked(room, token).json()["statements"]
    assert (line["id"], line["state"], line["claims"][0]["figure"]) == (it.id, "held", "12")
    found = asked(room, token, f"/statements/{it.id}").json()
    (claim,) = found["claims"]
    assert "12 soldiers" in found["text"][slice(*claim["span"])]
    assert asked(room, token, "/statements/none").status_code == 404
    assert asked(room, token, "/inbox?limit=0").status_code == 404


def test_a_program_submits_a_statement_that_waits_for_an_editor(room: Newsroom, admin: Browser) -> None:
    token = token_of(admin, "submit")
    sent = {"text": "We lost 7 soldiers.", "says": "the guard", "said_at": "2031-05-06T10:15:00+02:00"}
    answer = asked(room, token, "/statements", json=sent)
    assert answer.status_code == 201 and answer.json()["state"] == "held"
    (row,) = room.store.inbox(states=("held",), limit=5)
    assert (row.statement.id, row.statement.clipped) == (answer.json()["id"], True)
    for wrong in (
        {},
        {"text": "x"},
        {**sent, "withheld": True},
        {**sent, "said_at": "2031-05-06T10:15:00"},
        {**sent, "x": 1},
    ):
        refused = asked(room, token, "/statements", json=wrong)
        assert refused.status_code == 422 and refused.json()["error"], wrong
    assert asked(room, token, "/statements", data={"text": "x"}).status_code == 415


def test_a_token_is_kept_by_its_hash_ends_and_is_revoked(room: Newsroom, admin: Browser, clock: Clock) -> None:
    token = token_of(admin, "read", days="7")
    assert [f for f in room.settings.data.rglob("*") if f.is_file() and token.encode() in f.read_bytes()] == []
    assert "never used" in admin.get("/desk/tokens").text
    assert asked(room, token).status_code == 200
    assert "last used" in admin.get("/desk/tokens").text
    clock.ahead = timedelta(days=7, minutes=1)
    assert asked(room, token).status_code == 401
    clock.ahead = timedelta()
    answer = admin.post("/desk/tokens/revoke", at="/desk/tokens", token=hash_token(token))
    assert answer.status_code == 303
    assert asked(room, token).status_code == 401


def test_a_token_does_no_more_than_its_account(room: Newsroom, admin: Browser) -> None:
    ana = invited(room, admin, "Ana")
    theirs = token_of(admin, "read")
    assert ana.post("/desk/tokens/revoke", at="/desk/tokens", token=hash_token(theirs)).status_code == 409
    assert "a feed" not in ana.get("/desk/tokens").text
    assert asked(room, theirs).status_code == 200
    own = token_of(ana, "read")
    assert "of Ana" in admin.get("/desk/tokens").text
    assert admin.post("/desk/tokens/revoke", at="/desk/tokens", token=hash_token(own)).status_code == 303


def test_a_token_asks_so_often_a_minute_and_others_are_not_kept_waiting() -> None:
    pace = Pace()
    assert [pace.wait_s("a", at=100 + n / 10) for n in range(PER_MINUTE)] == [0] * PER_MINUTE
    assert pace.wait_s("a", at=110) > 0
    assert pace.wait_s("b", at=110) == 0
    assert pace.wait_s("a", at=100 + 60) == 0


def test_over_the_pace_a_program_hears_when_to_come_back(
    room: Newsroom, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(admin, "read")
    monkeypatch.setattr("sayso.web.desk.bearing.time.monotonic", lambda: 7.0)
    client = stranger(room).client
    headers = {"authorization": f"Bearer {token}"}
    statuses = [client.request("GET", f"{API}/statements/none", headers=headers) for _ in range(PER_MINUTE + 1)]
    assert {a.status_code for a in statuses[:-1]} == {404}
    assert (statuses[-1].status_code, statuses[-1].headers["retry-after"]) == (429, "61")


def test_a_token_waits_for_the_second_factor_that_its_role_needs(room: Newsroom, admin: Browser) -> None:
    token = token_of(admin, "read")
    headers = {"authorization": f"Bearer {token}"}
    strict = stranger(room, second_for=("admin",)).client
    assert strict.request("GET", f"{API}/inbox", headers=headers).status_code == 401
    room.store.set_second("editor", b"x" * 20)
    assert strict.request("GET", f"{API}/inbox", headers=headers).status_code == 200


def test_a_token_ends_with_its_account(room: Newsroom, admin: Browser) -> None:
    token = token_of(invited(room, admin, "Ana"), "read")
    assert asked(room, token).status_code == 200
    about(admin, "close", name="Ana", confirm="yes")
    assert asked(room, token).status_code == 401
