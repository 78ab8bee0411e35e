"""The guard, for every route that the router knows: signed in or not, with and without the form's token (P16, P17)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route

from sayso.accounts import MAX_TRIES
from sayso.flow.newsroom import Newsroom
from sayso.flow.review import Review
from sayso.flow.staff import Staff, first_password
from sayso.web.desk import desk_routes
from tests.web.desk_room import HOST, Browser, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
OPEN = {"/desk/login", "/desk/files/{name}", "/desk"}  # for people who are not signed in


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def routes(room: Newsroom) -> list[Route]:
    return desk_routes({"orland": Review(room)}, Staff(room.store))


def address(route: Route, statement: str) -> str:
    """The route's path with its parameters filled in."""
    values = {"coverage": "orland", "statement": statement, "number": "0", "name": "desk.css", "question": "none",
              "outgoing": "none", "day": "2031-05-06"}  # fmt: skip
    return re.sub(r"{(\w+)(?::\w+)?}", lambda m: values.get(m[1], "none"), route.path)


def unsafe(routes: list[Route]) -> list[Route]:
    return [r for r in routes if not (r.methods or set()) <= {"GET", "HEAD"}]


def test_every_route_is_in_the_matrix(routes: list[Route]) -> None:
    assert len(unsafe(routes)) >= 10
    assert {r.path for r in routes} >= OPEN
    assert all(r.methods and len(r.methods - {"HEAD"}) == 1 for r in routes)


def test_without_a_session_nothing_is_shown_and_nothing_is_changed(room: Newsroom, routes: list[Route]) -> None:
    it, stranger = take_in(room, TEXT), browser(room)
    rows = room.store.size()
    for route in routes:
        if route.path in OPEN:
            continue
        method = "POST" if route in unsafe(routes) else "GET"
        answer = stranger.client.request(method, address(route, it.id), headers={"origin": HOST})
        assert answer.status_code == (401 if method == "POST" else 303), route.path
        assert TEXT not in answer.text
        if method == "GET":
            assert answer.headers["location"] == "/desk/login"
    assert room.store.size() == rows


PROOFS: list[tuple[str, dict[str, str], bool]] = [
    ("no token", {"origin": HOST}, False),
    ("no origin", {}, True),
    ("another origin", {"origin": "http://evil.example"}, True),
    ("cross-site by its own word", {"origin": HOST, "sec-fetch-site": "cross-site"}, True),
    ("opaque origin", {"origin": "null"}, True),
]


@pytest.mark.parametrize(("case", "headers", "with_token"), PROOFS, ids=[p[0] for p in PROOFS])
def test_without_proof_that_it_is_our_own_form_every_change_is_refused(
    room: Newsroom, routes: list[Route], case: str, headers: dict[str, str], *, with_token: bool
) -> None:
    it, editor = take_in(room, TEXT), browser(room).sign_in()
    token = editor.token("/desk/c/orland/paste") if with_token else "0" * 64
    rows = room.store.size()
    for route in unsafe(routes):
        path = address(route, it.id)
        form = {"csrf": token, "accept": "0", "reason": "x", "wrong": "x", "confirm": "yes", "text": "x", "says": "x"}
        answer = editor.client.request("POST", path, data=form, headers=headers)
        assert answer.status_code == 403, (case, path)
    assert room.store.size() == rows
    assert editor.get("/desk/c/orland/").status_code == 200, "still signed in"


def test_with_session_token_and_origin_every_route_answers(room: Newsroom, routes: list[Route]) -> None:
    it, editor = take_in(room, TEXT), browser(room).sign_in()
    token = editor.token("/desk/c/orland/paste")
    for route in routes:
        path = address(route, it.id)
        if route in unsafe(routes) and route.path not in OPEN | {"/desk/logout"}:
            answer = editor.client.request("POST", path, data={"csrf": token}, headers={"origin": HOST})
            assert answer.status_code in (303, 404, 409), route.path
        elif route not in unsafe(routes):
            assert editor.get(path).status_code in (200, 303, 308, 404), route.path


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
