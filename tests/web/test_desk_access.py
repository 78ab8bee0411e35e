"""Who may do what at the desk: every way in, written down by hand, walked by everybody with and without proof.

A new way needs a row in `LEAST`; a test says so. What an empty form does is of no matter here: only who gets as far as
the handler."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from sayso.accounts import ROLES, csrf_of, make_token
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import Staff
from sayso.flow.shift.tokens import SCOPES, Tokens
from sayso.web.desk import desk_routes
from tests.web.desk_room import HOST, Client, newsroom, take_in

TEXT: Final = "The Tesk Guard said 12 soldiers were killed near Ubel."
ONE: Final = "/desk/c/{coverage}"
SHEET: Final = ONE + "/s/{statement}"
ASKED: Final = ONE + "/q/{question}"
DAY: Final = ONE + "/overview/{day}"

#: Each way in -> the least role that may take it.
LEAST: Final = {
    ("GET", "/desk"): "anyone",
    ("GET", "/desk/files/{name}"): "anyone",
    ("GET", "/desk/login"): "anyone",
    ("POST", "/desk/login"): "anyone",
    ("GET", "/desk/login/code"): "anyone",  # whoever gave the right password
    ("POST", "/desk/login/code"): "anyone",
    ("GET", "/desk/join/{token}"): "anyone",  # whoever holds the address
    ("POST", "/desk/join/{token}"): "anyone",
    ("POST", "/desk/logout"): "reporter",
    ("GET", "/desk/me"): "reporter",
    ("POST", "/desk/me/password"): "reporter",
    ("GET", "/desk/me/second"): "reporter",
    ("POST", "/desk/me/second"): "reporter",
    ("POST", "/desk/me/second/drop"): "reporter",
    ("POST", "/desk/me/sessions/end"): "reporter",
    ("GET", "/desk/tokens"): "reporter",
    ("POST", "/desk/tokens"): "reporter",
    ("POST", "/desk/tokens/revoke"): "reporter",
    ("GET", "/desk/log"): "reporter",  # one's own lines; all of them: admin
    ("GET", "/desk/people"): "admin",
    ("POST", "/desk/people/invite"): "admin",
    ("POST", "/desk/people/role"): "admin",
    ("POST", "/desk/people/reset"): "admin",
    ("POST", "/desk/people/close"): "admin",
    ("POST", "/desk/people/take-back"): "admin",
    ("GET", "/desk/"): "reporter",
    ("GET", ONE + "/"): "reporter",
    ("GET", ONE + "/stream"): "reporter",
    ("GET", ONE + "/alerts"): "reporter",
    ("GET", ONE + "/paste"): "reporter",
    ("POST", ONE + "/paste"): "reporter",
    ("GET", ONE + "/media/{name}"): "reporter",
    ("GET", SHEET): "reporter",
    ("GET", SHEET + "/original"): "reporter",
    ("GET", SHEET + "/add"): "reporter",
    ("POST", SHEET + "/add"): "reporter",
    ("GET", SHEET + "/c/{number:int}"): "reporter",
    ("POST", SHEET + "/c/{number:int}"): "reporter",  # once the statement is out: chief, see below
    ("POST", SHEET + "/hold"): "reporter",
    ("GET", SHEET + "/compare/{other}"): "reporter",
    ("POST", SHEET + "/duplicate"): "editor",
    ("POST", SHEET + "/move"): "editor",
    ("POST", SHEET + "/mark"): "editor",
    ("POST", SHEET + "/translate"): "reporter",
    ("POST", SHEET + "/release"): "chief",
    ("POST", SHEET + "/publish"): "editor",
    ("POST", SHEET + "/place"): "editor",
    ("POST", SHEET + "/reject"): "editor",
    ("POST", SHEET + "/correct"): "chief",
    ("POST", SHEET + "/withdraw"): "chief",
    ("POST", SHEET + "/take-down"): "chief",
    ("GET", ONE + "/drafts"): "reporter",
    ("GET", ONE + "/compose"): "reporter",
    ("POST", ONE + "/compose"): "reporter",  # publishing by it: editor; changing an entry that is out: chief
    ("GET", ONE + "/compose/{draft}"): "reporter",
    ("POST", ONE + "/compose/{draft}"): "reporter",  # as above
    ("GET", ONE + "/compose/{draft}/preview"): "reporter",
    ("GET", ONE + "/p/{post}"): "reporter",
    ("POST", ONE + "/p/{post}/place"): "editor",
    ("POST", ONE + "/p/{post}/withdraw"): "chief",
    ("POST", ONE + "/p/{post}/take-down"): "chief",
    ("GET", ONE + "/out"): "reporter",
    ("POST", ONE + "/out/{outgoing}/undo"): "editor",
    ("POST", ONE + "/out/{outgoing}/second"): "editor",
    ("GET", ONE + "/q"): "reporter",
    ("GET", ASKED): "reporter",
    ("POST", ASKED + "/merge"): "editor",
    ("POST", ASKED + "/keep-apart"): "editor",
    ("POST", ASKED + "/move"): "editor",
    ("POST", ASKED + "/mark"): "editor",
    ("POST", ONE + "/q/decided/{number:int}/take-back"): "editor",
    ("GET", ONE + "/overview"): "reporter",
    ("GET", ONE + "/summary"): "reporter",
    ("POST", ONE + "/summary"): "editor",
    ("POST", ONE + "/summary/renew"): "editor",
    ("GET", DAY): "reporter",
    ("POST", DAY): "editor",
    ("POST", DAY + "/renew"): "editor",
    **{
        (method, f"{ONE}/{file}{way}"): "reporter" if method == "GET" and way != "/remove" else "admin"
        for file in ("sources", "parties", "places")
        for way in ("", "/entry", "/remove", "/text")
        for method in (("GET", "POST") if way else ("GET",))
    },
    ("GET", ONE + "/handover"): "reporter",
    ("POST", ONE + "/handover"): "reporter",
    ("POST", ONE + "/sources/ask"): "reporter",
    ("POST", ONE + "/sources/pause"): "admin",
    ("POST", ONE + "/sources/resume"): "admin",
}

#: Each way of programs -> the scope of its token, and the least role of whoever made it.
SCOPED: Final = {
    ("GET", "/desk/api/v1/c/{coverage}/inbox"): ("read", "reporter"),
    ("GET", "/desk/api/v1/c/{coverage}/statements/{statement}"): ("read", "reporter"),
    ("POST", "/desk/api/v1/c/{coverage}/statements"): ("submit", "reporter"),
}

PEOPLE: Final = ("nobody", *ROLES)
#: How a request proves that it is the desk's own form: the right token or not, and where it says that it comes from.
PROOFS: Final[dict[str, tuple[bool, dict[str, str]]]] = {
    "with proof": (True, {"origin": HOST}),
    "without the form's token": (False, {"origin": HOST}),
    "from another page": (True, {"origin": "http://evil.example"}),
    "from nowhere": (True, {}),
    "cross-site by its own word": (True, {"origin": HOST, "sec-fetch-site": "cross-site"}),
    "from an opaque origin": (True, {"origin": "null"}),
}
#: Everybody tries the first two, somebody who may all the others.
UNPROVEN: Final = [
    *((person, proof) for person in PEOPLE for proof in ("without the form's token", "from another page")),
    *(("admin", proof) for proof in list(PROOFS)[3:]),
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    for role in ROLES:
        made.store.add_user(role, password_hash="never checked here", role=role, at=world_now())
    yield made
    made.store.close()


@dataclass
class Door:
    """The desk with one statement; whoever knocks has a session of their own, opened without a password."""

    room: Newsroom
    routes: list[Route]
    statement: str

    @property
    def pages(self) -> list[Route]:
        """The ways of people with a browser."""
        return [r for r in self.routes if (method_of(r), r.path) in LEAST]

    def knock(self, route: Route, person: str, *, proof: str = "with proof", **form: str) -> Any:
        client, token = Client(Starlette(routes=self.routes)), make_token()
        if person != "nobody":
            now = world_now()
            self.room.store.open_session(token.hash, user=person, at=now, until=now + timedelta(hours=1))
            client.cookies.set("sayso_desk", token.value, domain="desk.example")
        elif (method_of(route), route.path) in LEAST:  # the form of somebody who is not signed in is bound to a visit
            client.cookies.set("sayso_visit", token.value, domain="desk.example")
        with_token, headers = PROOFS[proof]
        if method_of(route) == "GET":
            return client.request("GET", self.address(route), headers=headers)
        data = {"csrf": csrf_of(token.value) if with_token else "0" * 64, **form}
        return client.request("POST", self.address(route), data=data, headers=headers)

    def address(self, route: Route) -> str:
        """The route's path with its parameters filled in."""
        values = {"coverage": "orland", "statement": self.statement, "number": "0", "day": "2031-05-06"}
        return re.sub(r"{(\w+)(?::\w+)?}", lambda m: values.get(m[1], "none"), route.path)

    def route(self, method: str, path: str) -> Route:
        return next(r for r in self.routes if (method_of(r), r.path) == (method, path))

    def stamp(self) -> str:
        """What a form of the statement's page says that its editor saw."""
        return Review(self.room).sheet(self.statement).stamp

    def written(self) -> tuple[int, int]:
        """How much stands in the ledger and in the staff log."""
        return self.room.store.size(), len(self.room.store.staff_log(limit=10_000))


@pytest.fixture
def door(room: Newsroom) -> Door:
    return Door(room, desk_routes({"orland": Review(room)}, Staff(room.store)), take_in(room, TEXT).id)


def method_of(route: Route) -> str:
    (method,) = (route.methods or set()) - {"HEAD"}
    return method


def may(person: str, least: str) -> bool:
    return least == "anyone" or (person != "nobody" and ROLES.index(person) >= ROLES.index(least))  # type: ignore[arg-type]


def test_every_way_in_has_its_row(door: Door) -> None:
    ways = {(method_of(r), r.path) for r in door.routes}
    written = LEAST.keys() | SCOPED.keys()
    assert ways - written == set(), "write down in LEAST, by hand, who may take these"
    assert written - ways == set(), "these rows are of ways that are gone"


@pytest.mark.parametrize("person", PEOPLE)
def test_with_proof_everybody_gets_as_far_as_the_table_says(door: Door, person: str) -> None:
    for route in door.pages:
        method, least = method_of(route), LEAST[method_of(route), route.path]
        before = door.written()
        answer = door.knock(route, person)
        status = answer.status_code
        case = f"{person}: {method} {route.path} answered {status}"
        if least == "anyone":
            assert status not in (401, 500), case
        elif person == "nobody":
            assert status == (303 if method == "GET" else 401), case
            assert TEXT not in answer.text, case
            assert method == "POST" or answer.headers["location"] == "/desk/login", case
        elif may(person, least):
            assert status in (200, 204, 303, 404, 409), case
            if method == "POST" and status == 303:
                assert door.written()[1] > before[1], f"{case} and left no line in the staff log"
        else:
            assert status == 403 and "Not yours to do" in answer.text, case


@pytest.mark.parametrize(("person", "proof"), UNPROVEN)
def test_without_proof_nobody_changes_anything(door: Door, person: str, proof: str) -> None:
    before = door.written()
    for route in door.pages:
        if method_of(route) == "GET":
            continue
        answer = door.knock(route, person, proof=proof, accept="0", reason="x", wrong="x", confirm="yes", text="x")
        open_to_all = LEAST["POST", route.path] == "anyone"
        expected = 401 if person == "nobody" and not open_to_all else 403
        assert answer.status_code == expected, f"{person}: {route.path} answered {answer.status_code}"
    assert door.written() == before


@pytest.mark.parametrize("person", ROLES)
def test_a_token_opens_the_ways_of_its_scope_and_no_other(door: Door, person: str) -> None:
    staff = Staff(door.room.store)
    user = door.room.store.user(person)
    assert user
    tokens = {scope: Tokens(staff).make(scope, [scope], days=1, who=staff.person(user)) for scope in SCOPES}
    for (method, path), (needed, least) in SCOPED.items():
        route = door.route(method, path)
        for scope, token in [*tokens.items(), ("none", "sayso_none"), ("none", "")]:
            headers = {"authorization": f"Bearer {token}", "origin": "http://evil.example"}
            client = Client(Starlette(routes=door.routes))
            sent = {"json": {"text": f"{person} saw it.", "says": "Tesk Guard"}} if method == "POST" else {}
            status = client.request(method, door.address(route), headers=headers, **sent).status_code
            right = scope == needed and may(person, least)
            expected = (200, 201) if right else (401,) if scope == "none" else (403,)
            assert status in expected, f"{person} with {scope}: {method} {path} answered {status}"


@pytest.mark.parametrize("person", PEOPLE)
def test_a_browsers_cookie_opens_no_way_of_programs(door: Door, person: str) -> None:
    for method, path in SCOPED:
        assert door.knock(door.route(method, path), person).status_code == 401


def test_a_token_opens_no_way_of_people(door: Door) -> None:
    staff = Staff(door.room.store)
    user = door.room.store.user("admin")
    assert user
    token = Tokens(staff).make("x", SCOPES, days=1, who=staff.person(user))
    client = Client(Starlette(routes=door.routes))
    headers = {"authorization": f"Bearer {token}"}
    for route in door.pages:
        if LEAST[method_of(route), route.path] != "anyone":
            status = client.request(method_of(route), door.address(route), headers=headers).status_code
            assert status == (303 if method_of(route) == "GET" else 401), route.path


@pytest.mark.parametrize("person", ROLES)
def test_what_is_out_is_corrected_by_who_may_correct(door: Door, person: str) -> None:
    look = {"accept": "0", "seen": f"{door.statement}.0", "stamp": door.stamp()}
    assert door.knock(door.route("POST", SHEET + "/publish"), "editor", **look).status_code == 303
    (post,) = door.room.store.posts_of(door.statement)
    edit = door.route("POST", SHEET + "/c/{number:int}")
    answer = door.knock(edit, person, subject="OR", wrong="They were Orland's.", stamp=door.stamp())
    assert answer.status_code == (303 if may(person, "chief") else 403)
    (after,) = door.room.store.posts_of(door.statement)
    assert after.version == post.version + may(person, "chief")


@pytest.mark.parametrize("person", ROLES)
def test_an_entry_is_sent_out_by_who_may_publish_and_changed_by_who_may_correct(door: Door, person: str) -> None:
    write = door.route("POST", ONE + "/compose")
    form = {"do": "publish", "head": "The desk: a word", "text": "Desk: We read 30 channels."}
    assert door.knock(write, person, **form).status_code == (303 if may(person, "editor") else 403)
    assert len(door.room.store.posts(limit=9)) == may(person, "editor")
    door.knock(write, "editor", **form)
    post = door.room.store.posts(limit=9)[0]
    changed = {**form, "post": post.id, "text": f"{post.note} More soon."}
    assert door.knock(write, person, **changed).status_code == (303 if may(person, "chief") else 403)
    after = door.room.store.post(post.id)
    assert after is not None
    assert after.version == 1 + may(person, "chief")


@pytest.mark.parametrize("person", ROLES)
def test_what_was_wrong_with_an_overview_is_said_by_who_may_correct(door: Door, person: str) -> None:
    answer = door.knock(door.route("POST", DAY), person, text="Desk: quiet.", stamp="0", wrong="The day was not.")
    assert answer.status_code == (303 if may(person, "chief") else 403)


@pytest.mark.parametrize("person", ROLES)
def test_no_form_is_shown_that_would_be_refused(door: Door, person: str) -> None:
    """On the pages that an act can be done from, also when a statement is out."""
    pages = [r for r in door.pages if method_of(r) == "GET" and may(person, LEAST["GET", r.path])]
    for published in (False, True):
        if published:
            look = {"accept": "0", "seen": f"{door.statement}.0", "stamp": door.stamp()}
            assert door.knock(door.route("POST", SHEET + "/publish"), "editor", **look).status_code == 303
        for page in pages:
            for target in actions(door.knock(page, person).text):
                (least,) = [LEAST[k] for r in door.pages if (k := (method_of(r), r.path))[0] == "POST"
                            and r.path_regex.match(target)]  # fmt: skip
                assert may(person, least), f"{person}: {page.path} offers {target}"


def actions(html: str) -> set[str]:
    """Where the forms of a page post to: each form that a button of its own sends off, and buttons that send elsewhere."""
    found = set()
    for tag, inside in re.findall(r'(<form[^>]*method="post"[^>]*>)(.*?)</form>', html, re.S):
        at = re.search(r'action="([^"]+)"', tag)
        if at and re.search(r"<button(?![^>]*formaction)", inside):
            found.add(at[1])
    return found | set(re.findall(r'formaction="([^"]+)"', html))
