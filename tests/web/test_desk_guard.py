"""The guard: sessions, cookies, limits on guessing (P16, P17). Who may take which way in stands in test_desk_access."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.accounts import MAX_TRIES
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import first_password
from tests.web.desk_room import HOST, Browser, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


def test_a_token_of_another_session_is_worth_nothing(room: Newsroom) -> None:
    it, one, two = take_in(room, TEXT), browser(room).sign_in(), None
    two = Browser(type(one.client)(one.client._transport.app), one.review, one.password).sign_in()
    at = f"/desk/c/orland/s/{it.id}"
    form = {"csrf": two.token(at), "stamp": one.token(at, "stamp")}
    assert one.client.request("POST", f"{at}/hold", data=form, headers={"origin": HOST}).status_code == 403


def test_a_form_over_the_limit_is_refused_before_it_is_read(room: Newsroom) -> None:
    editor = browser(room).sign_in()
    headers = {"origin": HOST, "content-length": str(2**40), "content-type": "application/x-www-form-urlencoded"}
    answer = editor.client.request("POST", "/desk/c/orland/paste", content=b"csrf=x", headers=headers)
    assert answer.status_code == 413


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_have(room: Newsroom) -> None:
    editor = browser(room)
    planted = "A" * 43
    editor.client.cookies.set("sayso_desk", planted, domain="desk.example")
    answer = editor.post("/desk/login", at="/desk/login", name="editor", password=editor.password)
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("sayso_desk=")]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert planted not in cookie
    assert "Domain" not in cookie


def test_under_https_the_cookie_is_secure_and_tied_to_the_host(room: Newsroom) -> None:
    editor = browser(room)
    secure = HOST.replace("http", "https")
    page = editor.client.request("GET", f"{secure}/desk/login")
    assert page.headers["set-cookie"].startswith("__Host-sayso_visit=")
    assert "Secure" in page.headers["set-cookie"]


def test_wrong_name_and_wrong_password_get_one_answer(room: Newsroom) -> None:
    editor = browser(room)
    answers = [
        editor.post("/desk/login", at="/desk/login", name=name, password="wrong-guess") for name in ("editor", "nobody")
    ]
    texts = [re.sub(r'value="[^"]*"', "", a.text) for a in answers]
    assert [a.status_code for a in answers] == [403, 403]
    assert texts[0] == texts[1]


def test_after_ten_tries_even_the_right_password_waits(room: Newsroom) -> None:
    editor = browser(room)
    for _ in range(MAX_TRIES):
        assert editor.post("/desk/login", at="/desk/login", name="editor", password="guess").status_code == 403
    answer = editor.post("/desk/login", at="/desk/login", name="editor", password=editor.password)
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text


def test_signing_out_ends_the_session_on_the_server(room: Newsroom) -> None:
    editor = browser(room).sign_in()
    stolen = dict(editor.client.cookies)
    editor.post("/desk/logout", at="/desk/c/orland/")
    editor.client.cookies.update(stolen)
    assert editor.get("/desk/c/orland/").status_code == 303


def test_the_password_is_made_once_and_stands_nowhere(room: Newsroom, tmp_path: Path) -> None:
    password = first_password(room.store)
    assert password
    assert first_password(room.store) is None
    assert not [f for f in tmp_path.rglob("*") if f.is_file() and password.encode() in f.read_bytes()]
