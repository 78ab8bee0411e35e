"""People at the desk: invited, given another role, reset, closed; passwords, second factors, sessions."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.accounts import MAX_TRIES, SESSION_IDLE, SESSION_LASTS, from_letters, hash_token
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.people import INVITED_FOR, People
from sayso.flow.shift.staff import STAFF_LOG_KEPT, Staff, forget_for_ever
from sayso.model.settings import Settings
from tests.web.desk_people import PASSWORD, Clock, about, address_on, code_now, invited, signed_in, stranger
from tests.web.desk_room import HOST, Browser, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."


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


# invitations


def test_an_address_lets_one_person_in_once(room: Newsroom, admin: Browser) -> None:
    at = address_on(about(admin, "invite", role="chief"))
    first, second = stranger(room), stranger(room)
    form = {"password": PASSWORD, "again": PASSWORD}
    assert first.post(at, at=at, name="Ana K.", **form).status_code == 303
    assert signed_in(first, "Ana K.").get("/desk/c/orland/").status_code == 200
    assert (room.store.user("Ana K.") or admin).role == "chief"  # type: ignore[union-attr]
    csrf = second.token("/desk/login")
    again = second.client.request("POST", at, data={"csrf": csrf, "name": "Bo", **form}, headers={"origin": HOST})
    assert again.status_code == 404 and "used already" in again.text
    assert room.store.user("Bo") is None
    assert at.rpartition("/")[2] not in str(room.store.invitations(at=world_now() - INVITED_FOR))


def test_an_address_is_over_after_two_days_and_can_be_taken_back(room: Newsroom, admin: Browser, clock: Clock) -> None:
    at = address_on(about(admin, "invite", role="editor"))
    clock.ahead = INVITED_FOR - timedelta(minutes=1)
    assert stranger(room).get(at).status_code == 200
    clock.ahead = INVITED_FOR + timedelta(minutes=1)
    assert stranger(room).get(at).status_code == 404
    clock.ahead = timedelta()
    taken = address_on(about(admin, "invite", role="editor"))
    about(admin, "take-back", address=hash_token(taken.rpartition("/")[2]))
    assert stranger(room).get(taken).status_code == 404


def test_an_address_names_the_server_as_its_operator_does_and_not_as_a_request_does(
    room: Newsroom, admin: Browser
) -> None:
    elsewhere = stranger(room, address="https://war.example")
    signed_in(elsewhere, "editor", admin.password)
    answer = about(elsewhere, "invite", role="editor")
    assert re.search(r'value="https://war\.example/desk/join/[^"]+"', answer.text)
    assert Settings(data=room.settings.data).public_address == ""
    assert Settings(data=room.settings.data, base_url="https://war.example").public_address == "https://war.example"


def test_a_running_server_forgets_what_staff_did_though_nobody_signs_in(room: Newsroom, clock: Clock) -> None:
    Staff(room.store).note("ana", "published", "x")
    clock.ahead = STAFF_LOG_KEPT + timedelta(minutes=1)

    async def run() -> None:
        task = asyncio.create_task(forget_for_ever(room.store))
        async with asyncio.timeout(10):
            while room.store.staff_log(limit=9):
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert not room.store.staff_log(limit=9)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"name": "EDITOR"}, "there is or was an account"),
        ({"name": "  "}, "between 1 and 40"),
        ({"name": "(terminal)"}, "letters, digits"),
        ({"name": "Bo\u202eeditor"}, "letters, digits"),
        ({"password": "short", "again": "short"}, "at least 12"),
        ({"password": "aaaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaaa"}, "again and again"),
        ({"name": "Bo Marlin", "password": "bo marlin 22", "again": "bo marlin 22"}, "your name"),
        ({"again": "something else here"}, "differ"),
    ],
)
def test_a_name_or_password_that_will_not_do_uses_nothing_up(
    room: Newsroom, admin: Browser, form: dict[str, str], why: str
) -> None:
    at = address_on(about(admin, "invite", role="editor"))
    whole = {"name": "Bo", "password": PASSWORD, "again": PASSWORD}
    answer = stranger(room).post(at, at=at, **{**whole, **form})
    assert answer.status_code == 409 and why in answer.text
    assert stranger(room).post(at, at=at, **whole).status_code == 303


# roles, closing, resetting


def test_another_role_counts_at_once(room: Newsroom, admin: Browser) -> None:
    ana, it = invited(room, admin, "Ana"), take_in(room, TEXT)
    about(admin, "role", name="Ana", role="reporter")
    assert ana.act(it.id, "reject").status_code == 403
    about(admin, "role", name="Ana", role="editor")
    assert ana.act(it.id, "reject").status_code == 303


def test_the_last_admin_can_be_neither_demoted_nor_closed(room: Newsroom, admin: Browser) -> None:
    for act, form in (("role", {"role": "chief"}), ("close", {"confirm": "yes"})):
        answer = about(admin, act, name="editor", **form)
        assert answer.status_code == 409 and "the last admin" in answer.text
    invited(room, admin, "Ana", "admin")
    assert about(admin, "role", name="editor", role="chief").status_code == 303
    people = People(Staff(room.store))
    with pytest.raises(Refused, match="the last admin"):
        people.close("Ana", who="editor")


def test_a_closed_account_is_out_at_once_and_its_name_is_never_given_again(room: Newsroom, admin: Browser) -> None:
    ana = invited(room, admin, "Ana", "admin")
    theirs = address_on(about(ana, "invite", role="admin"))
    assert about(admin, "close", name="Ana").status_code == 409  # the box was not ticked
    assert about(admin, "close", name="Ana", confirm="yes").status_code == 303
    assert ana.get("/desk/c/orland/").status_code == 303
    assert stranger(room).get(theirs).status_code == 404
    answer = stranger(room).post("/desk/login", at="/desk/login", name="Ana", password=PASSWORD)
    assert answer.status_code == 403 and "Name or password is wrong." in answer.text
    at = address_on(about(admin, "invite", role="editor"))
    form = {"name": "ana", "password": PASSWORD, "again": PASSWORD}
    assert "there is or was an account" in stranger(room).post(at, at=at, **form).text


def test_a_reset_ends_the_old_password_and_its_sessions_at_once(room: Newsroom, admin: Browser) -> None:
    ana = invited(room, admin, "Ana")
    at = address_on(about(admin, "reset", name="Ana"))
    assert ana.get("/desk/c/orland/").status_code == 303
    assert ana.post("/desk/login", at="/desk/login", name="Ana", password=PASSWORD).status_code == 403
    newer = address_on(about(admin, "reset", name="Ana"))
    assert ana.get(at).status_code == 404, "the newest address only"
    assert "Ana" in ana.get(newer).text
    new = "five other plain words"
    assert ana.post(newer, at=newer, password=new, again=new).status_code == 303
    signed_in(ana, "Ana", new)
    assert (room.store.user("Ana") or admin).role == "editor"  # type: ignore[union-attr]


def test_a_reset_ends_the_tokens_and_the_invitations_of_the_account(room: Newsroom, admin: Browser) -> None:
    other = invited(room, admin, "Ana", "admin")
    at = "/desk/tokens"
    assert "sayso_" in other.post(at, at=at, name="a feed", scope=["read"], days="30").text
    sent = address_on(other.post("/desk/people/invite", at="/desk/people", role="admin"))
    mine = address_on(admin.post("/desk/people/invite", at="/desk/people", role="editor"))
    own = address_on(about(admin, "reset", name="Ana"))
    assert room.store.tokens("Ana") == ()
    assert [stranger(room).get(path).status_code for path in (sent, mine, own)] == [404, 200, 200]


# one's own account


def test_whoever_fears_for_the_old_password_ends_what_it_made(room: Newsroom, admin: Browser) -> None:
    ana, at, new = invited(room, admin, "Ana"), "/desk/tokens", "five other plain words"
    ana.post(at, at=at, name="a feed", scope=["read"], days="30")
    ana.post("/desk/me/password", at="/desk/me", old=PASSWORD, password=new, again=new)
    assert len(room.store.tokens("Ana")) == 1
    signed_in(ana, "Ana", new)
    ana.post("/desk/me/password", at="/desk/me", old=new, password=PASSWORD, again=PASSWORD, programs="yes")
    assert room.store.tokens("Ana") == ()


def test_a_second_factor_ends_the_other_sessions(room: Newsroom, admin: Browser) -> None:
    here = invited(room, admin, "Ana")
    elsewhere = signed_in(stranger(room), "Ana")
    set_up(here)
    assert (here.get("/desk/me").status_code, elsewhere.get("/desk/me").status_code) == (200, 303)


def test_the_own_password_is_changed_by_who_knows_the_old_one(room: Newsroom, admin: Browser) -> None:
    ana = invited(room, admin, "Ana")
    form = {"password": "five other plain words", "again": "five other plain words"}
    assert "The password is wrong." in ana.post("/desk/me/password", at="/desk/me", old="guess", **form).text
    assert ana.post("/desk/me/password", at="/desk/me", old=PASSWORD, **form).status_code == 303
    assert ana.get("/desk/me").status_code == 303, "signed out"
    signed_in(ana, "Ana", "five other plain words")


def test_whoever_sits_at_an_open_desk_cannot_guess_its_password_for_ever(room: Newsroom, admin: Browser) -> None:
    form = {"password": "five other plain words", "again": "five other plain words"}
    for _ in range(MAX_TRIES):
        assert "is wrong" in admin.post("/desk/me/password", at="/desk/me", old="guess", **form).text
    answer = admin.post("/desk/me/password", at="/desk/me", old=admin.password, **form)
    assert "Too many tries" in answer.text


def test_a_session_ends_unused_after_two_hours_and_used_after_sixteen(
    room: Newsroom, admin: Browser, clock: Clock
) -> None:
    clock.ahead = SESSION_IDLE - timedelta(minutes=1)
    assert admin.get("/desk/me").status_code == 200
    clock.ahead += SESSION_IDLE - timedelta(minutes=1)
    assert admin.get("/desk/me").status_code == 200, "in use"
    clock.ahead += SESSION_IDLE + timedelta(minutes=1)
    assert admin.get("/desk/me").status_code == 303
    clock.ahead = timedelta()
    signed_in(admin, "editor", admin.password)
    for _ in range(20):
        clock.ahead += timedelta(hours=1)
        in_time = clock.ahead < SESSION_LASTS
        assert admin.get("/desk/me").status_code == (200 if in_time else 303), clock.ahead


def test_one_signs_out_everywhere_else(room: Newsroom, admin: Browser) -> None:
    other = signed_in(stranger(room), "editor", admin.password)
    assert admin.get("/desk/me").text.count("<li>since") == 2
    assert admin.post("/desk/me/sessions/end", at="/desk/me").status_code == 303
    assert other.get("/desk/me").status_code == 303
    assert admin.get("/desk/me").text.count("<li>since") == 1


# the second factor


def set_up(somebody: Browser, password: str = PASSWORD) -> tuple[bytes, list[str]]:
    """The secret in the phone, and the codes for a lost one."""
    at = "/desk/me/second"
    letters = somebody.token(at, "secret")
    secret = from_letters(letters)
    form = {"secret": letters, "password": password}
    assert "not the code of now" in somebody.post(at, at=at, code="000000x", **form).text
    answer = somebody.post(at, at=at, code=code_now(secret), **form)
    assert answer.status_code == 200, answer.text
    return secret, re.findall(r"<li><code>([^<]+)</code>", answer.text)


def second_step(somebody: Browser, code: str) -> Any:
    return somebody.post("/desk/login/code", at="/desk/login/code", code=code)


def test_a_session_counts_only_after_the_second_factor(room: Newsroom, admin: Browser, clock: Clock) -> None:
    secret, codes = set_up(invited(room, admin, "Ana"))
    assert len(set(codes)) == 10
    ana = signed_in(stranger(room), "Ana")
    assert ana.get("/desk/c/orland/").headers["location"] == "/desk/login"
    half = dict(ana.client.cookies)["sayso_desk"]
    assert second_step(ana, "123456").status_code == 403
    assert second_step(ana, code_now(secret, clock)).status_code == 403, "the code of the set-up works no second time"
    clock.ahead = timedelta(seconds=31)
    assert second_step(ana, code_now(secret, clock)).headers["location"] == "/desk/"
    assert ana.get("/desk/c/orland/").status_code == 200
    assert dict(ana.client.cookies)["sayso_desk"] != half, "the token is new"
    again = signed_in(stranger(room), "Ana")
    assert second_step(again, code_now(secret, clock)).status_code == 403, "a code works once"
    assert again.get("/desk/c/orland/").status_code == 303


def test_each_recovery_code_stands_in_once(room: Newsroom, admin: Browser) -> None:
    _, codes = set_up(invited(room, admin, "Ana"))
    assert second_step(signed_in(stranger(room), "Ana"), codes[3].upper().replace("-", " ")).status_code == 303
    assert second_step(signed_in(stranger(room), "Ana"), codes[3]).status_code == 403
    assert room.store.recovery_codes_left("Ana") == 9
    found = [f for f in room.settings.data.rglob("*") if f.is_file() and codes[5].encode() in f.read_bytes()]
    assert found == []


def test_ten_tries_are_for_passwords_and_codes_together(room: Newsroom, admin: Browser, clock: Clock) -> None:
    secret, _ = set_up(invited(room, admin, "Ana"))
    clock.ahead = timedelta(seconds=31)
    thief = stranger(room)
    answers = []
    for _ in range(MAX_TRIES):  # whoever knows the password begins anew before each code
        answers.append(thief.post("/desk/login", at="/desk/login", name="Ana", password=PASSWORD).status_code)
        if answers[-1] == 303:
            answers.append(second_step(thief, "000000").status_code)
    assert answers.count(403) == MAX_TRIES // 2
    assert set(answers[MAX_TRIES:]) == {429}
    late = stranger(room).post("/desk/login", at="/desk/login", name="Ana", password=PASSWORD)
    assert late.status_code == 429 and "Wait 15 minutes" in late.text
    clock.ahead += timedelta(minutes=16)
    ana = signed_in(stranger(room), "Ana")
    assert second_step(ana, code_now(secret, clock)).status_code == 303


def test_where_the_coverage_demands_it_a_role_does_nothing_without_a_second_factor(
    room: Newsroom, admin: Browser
) -> None:
    it = take_in(room, TEXT)
    invited(room, admin, "Ana", "chief")
    ana = signed_in(stranger(room, second_for=("chief",)), "Ana")
    assert ana.get("/desk/c/orland/").headers["location"].startswith("/desk/me")
    assert "Your role needs a second factor" in ana.get("/desk/me").text
    csrf = ana.token("/desk/me")
    path = f"/desk/c/orland/s/{it.id}/reject"
    answer = ana.client.request("POST", path, data={"csrf": csrf}, headers={"origin": HOST})
    assert answer.status_code == 403 and "Set it up" in answer.text
    set_up(ana)
    assert ana.get("/desk/c/orland/").status_code == 200
    drop = ana.post("/desk/me/second/drop", at="/desk/me", password=PASSWORD)
    assert drop.status_code == 409 and "not taken away" in drop.text


def test_a_lost_phone_is_reset_by_an_admin(room: Newsroom, admin: Browser) -> None:
    set_up(invited(room, admin, "Ana"))
    kept = address_on(about(admin, "reset", name="Ana"))
    ana = stranger(room)
    assert ana.post(kept, at=kept, password=PASSWORD, again=PASSWORD).status_code == 303
    assert signed_in(ana, "Ana").get("/desk/me").status_code == 303, "the second factor is still asked for"
    lost = address_on(about(admin, "reset", name="Ana", second="yes"))
    assert ana.post(lost, at=lost, password=PASSWORD, again=PASSWORD).status_code == 303
    assert signed_in(ana, "Ana").get("/desk/me").status_code == 200
    assert room.store.recovery_codes_left("Ana") == 0


def test_names_of_nobody_of_somebody_and_of_who_left_get_the_same_answers(room: Newsroom, admin: Browser) -> None:
    invited(room, admin, "Ana")
    invited(room, admin, "Bo")
    about(admin, "close", name="Bo", confirm="yes")
    heard = []
    for name in ("Ana", "Bo", "Cy"):
        guesser = stranger(room)
        answers = [
            guesser.post("/desk/login", at="/desk/login", name=name, password="guess") for _ in range(MAX_TRIES + 1)
        ]
        heard.append([(a.status_code, re.sub(r'value="[^"]*"', "", a.text)) for a in answers])
    assert heard[0] == heard[1] == heard[2]
    assert [status for status, _ in heard[0]] == [403] * MAX_TRIES + [429]
