"""What staff did: a line for every act, for whom it is shown, and nowhere else (H12)."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from sayso.accounts import hash_token
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.exporting import export_coverage
from sayso.flow.shift.staff import STAFF_LOG_KEPT, Staff
from sayso.web.app import make_app
from tests.desk.factory import POST
from tests.web.crawling import public_bytes
from tests.web.desk_people import PASSWORD, about, address_on, invited, signed_in, stranger
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk_questions import MERE, MORE, ONE, OTHER, PlacedReader

NAME = "Quillara Vennstrom"
ADDRESS = "203.0.113.77"  # of a reader (RFC 5737)
C = "/desk/c/orland"
#: Acts on a statement's page that follow on one another, each with its form.
ON_THE_PAGE: list[tuple[str, dict[str, str]]] = [
    ("hold", {"reason": "asked"}),
    ("publish", {"accept": "0", "seen": "all"}),
    ("place", {"placing": "key"}),
    ("correct", {"wrong": "It was Ubel."}),
    ("withdraw", {"reason": "a clone"}),
    ("take-down", {"reason": "a name", "confirm": "yes"}),
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    made.reader = cast(Any, PlacedReader())
    yield made
    made.store.close()


@pytest.fixture
def admin(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def lines(room: Newsroom) -> list[tuple[str, str]]:
    """Who did what, the oldest first."""
    return [(n.user, n.action) for n in room.store.staff_log(limit=1000)][::-1]


def act(room: Newsroom, somebody: Browser, path: str, *, at: str, **form: Any) -> None:
    """Post a form that must be taken, and must leave a line."""
    before = len(lines(room))
    answer = somebody.post(path, at=at, **form)
    assert answer.status_code in (200, 303), f"{path}: {answer.status_code} {answer.text}"
    assert len(lines(room)) > before, f"{path} left no line in the staff log"


def whole_night(room: Newsroom, chief: Browser) -> None:
    """Every kind of act about statements, questions and texts, each of which leaves a line."""
    about_statements(room, chief)
    about_questions(room, chief)
    about_claims(room, chief)
    own_text(room, chief)
    act(room, chief, f"{C}/handover", at=f"{C}/handover", text="The ford is quiet.")
    act(room, chief, f"{C}/sources/ask", at=f"{C}/sources", source=POST.name)


def about_statements(room: Newsroom, chief: Browser) -> None:
    """A statement from its arrival to its takedown, one corrected and rejected, one pasted."""
    it = take_in(room, "The Tesk Guard said 12 soldiers were killed near Ubel.")
    for name, form in ON_THE_PAGE:
        at = f"{C}/s/{it.id}"
        more = {"seen": f"{it.id}.0"} if "seen" in form else {}
        act(room, chief, f"{at}/{name}", at=at, stamp=chief.token(at, "stamp"), **{**form, **more})
    held = take_in(room, "The Tesk Guard said 40 soldiers were killed near Verst.")
    at = f"{C}/s/{held.id}/c/0"
    act(room, chief, at, at=at, stamp=chief.token(at, "stamp"), subject="OR")
    act(room, chief, f"{C}/s/{held.id}/reject", at=f"{C}/s/{held.id}", stamp=chief.token(f"{C}/s/{held.id}", "stamp"))
    act(room, chief, f"{C}/paste", at=f"{C}/paste", text="We lost 7 soldiers.", says="Tesk Guard")


def about_questions(room: Newsroom, chief: Browser) -> None:
    """Every act about questions."""
    asked = {}
    for text, question in ((ONE, MERE), (OTHER, MORE)):
        it = take_in(room, text)
        chief.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
        asked[question] = f"{it.id}.0"
    at = f"{C}/q/{MORE}"
    act(room, chief, f"{at}/keep-apart", at=at, into=MERE)
    act(room, chief, f"{at}/mark", at=at, claim=asked[MORE], reason="no access")
    act(room, chief, f"{at}/move", at=at, claim=asked[MORE], into="", reason="another day")
    act(room, chief, f"{C}/q/{MERE}/merge", at=f"{C}/q/{MERE}", into=MORE, reason="one village")
    decided = room.store.grouping().decisions[-1].seq
    act(room, chief, f"{C}/q/decided/{decided}/take-back", at=f"{C}/q", reason="two villages")


def about_claims(room: Newsroom, chief: Browser) -> None:
    """A claim added and marked, a translation, a duplicate."""
    first, second = (take_in(room, f"The Tesk Guard said {n} soldiers were killed in Sunder.") for n in (14, 15))
    at = f"{C}/s/{first.id}"
    claim = {"what": "casualties.killed", "quote": "14 soldiers", "says": "Tesk Guard", "figure": "14", "subject": "TK"}
    act(room, chief, f"{at}/add", at=f"{at}/add", stamp=chief.token(f"{at}/add", "stamp"), **claim)
    act(room, chief, f"{at}/translate", at=at, lang="tr", translation="Tesk: 14", before="", checked="yes")
    chief.act(first.id, "publish", accept="0", seen=f"{first.id}.0")
    (question,) = room.store.questions_of(f"{first.id}.0")
    act(room, chief, f"{at}/mark", at=at, number="0", question=question, reason="no access")
    act(room, chief, f"{at}/move", at=at, number="0", question=question, into="apart", reason="another ambush")
    at = f"{C}/s/{second.id}"
    act(room, chief, f"{at}/duplicate", at=at, of=first.id, stamp=chief.token(at, "stamp"))


def own_text(room: Newsroom, chief: Browser) -> None:
    """An entry in the desk's own words, published, pinned, withdrawn; another taken down; summary and overview."""
    for text, acts in (("Desk: a quiet night.", ("place", "withdraw")), ("Desk: a slip.", ("take-down",))):
        before = {p.id for p in room.store.posts(limit=50)}
        act(room, chief, f"{C}/compose", at=f"{C}/compose", do="publish", head="The desk: the night", text=text)
        (post,) = {p.id for p in room.store.posts(limit=50)} - before
        at = f"{C}/p/{post}"
        for name in acts:
            form = {"placing": "pin", "reason": "a slip", "confirm": "yes"}
            act(room, chief, f"{at}/{name}", at=at, version=chief.token(at, "version"), **form)
    for path in (f"{C}/summary", f"{C}/overview/2031-05-06"):
        act(room, chief, path, at=path, stamp=chief.token(path, "stamp"), text="Desk: a quiet night.")


def test_every_act_about_statements_questions_and_texts_leaves_a_line(room: Newsroom, admin: Browser) -> None:
    whole_night(room, admin)
    assert {user for user, _ in lines(room)} == {"editor"}


def test_every_act_about_people_leaves_a_line(room: Newsroom, admin: Browser) -> None:
    invited(room, admin, "Bo", "reporter")
    at = "/desk/people"
    act(room, admin, f"{at}/role", at=at, name="Bo", role="chief")
    taken = address_on(about(admin, "invite", role="editor"))
    act(room, admin, f"{at}/take-back", at=at, address=hash_token(taken.rpartition("/")[2]))
    bo = signed_in(stranger(room), "Bo")
    act(room, bo, "/desk/tokens", at="/desk/tokens", name="feed", scope="read", days="7")
    (token,) = room.store.tokens("Bo")
    act(room, bo, "/desk/tokens/revoke", at="/desk/tokens", token=token.token_hash)
    act(room, bo, "/desk/me/sessions/end", at="/desk/me")
    act(room, bo, "/desk/me/password", at="/desk/me", old=PASSWORD, password=PASSWORD + "!", again=PASSWORD + "!")
    act(room, signed_in(bo, "Bo", PASSWORD + "!"), "/desk/logout", at="/desk/me")
    act(room, admin, f"{at}/reset", at=at, name="Bo")
    act(room, admin, f"{at}/close", at=at, name="Bo", confirm="yes")
    assert [a for u, a in lines(room) if u == "Bo"] == [
        "joined", "signed in", "signed in", "made a token", "revoked a token", "signed out elsewhere",
        "changed the own password", "signed in", "signed out",
    ]  # fmt: skip


def test_one_sees_the_own_lines_and_an_admin_all(room: Newsroom, admin: Browser) -> None:
    bo = invited(room, admin, "Bo", "chief")
    it = take_in(room, "The Tesk Guard said 12 soldiers were killed near Ubel.")
    bo.act(it.id, "reject")
    own = bo.get("/desk/log?who=editor").text
    assert "rejected" in own and "invited" not in own.partition("<tbody>")[2]
    everything = admin.get("/desk/log").text
    assert "rejected" in everything and "invited" in everything and f"{STAFF_LOG_KEPT.days} days" in everything
    rows = admin.get("/desk/log?who=Bo&what=rejected").text.partition("<tbody>")[2]
    assert rows.count("<tr>") == 1 and it.id in rows
    assert "Nothing here." in admin.get("/desk/log?day=2031-01-01&who=nobody").text
    assert admin.get("/desk/log?day=yesterday").status_code == 404


def test_staff_stand_in_no_page_of_readers_in_no_row_of_the_ledger_and_in_no_export(
    room: Newsroom, admin: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chief = invited(room, admin, NAME, "chief")
    about_statements(room, chief)
    own_text(room, chief)
    chief.post("/desk/login", at="/desk/login", name=NAME, password="guess")
    assert (NAME, "withdrew") in lines(room)
    for path, body in public_bytes(room).items():
        assert NAME.encode() not in body, path
    assert NAME not in repr(room.store.rows(limit=10_000))
    file = tmp_path / "carried.zip"
    (tmp_path / "coverage").mkdir()
    export_coverage(room, tmp_path / "coverage", file, say=lambda _: None)
    with zipfile.ZipFile(file) as carried:
        assert len(carried.namelist()) > 5
        for member in carried.namelist():
            assert NAME.encode() not in carried.read(member), member
    written = capfd.readouterr()
    assert NAME not in written.out + written.err


def test_no_address_of_a_browser_is_kept_or_logged(
    room: Newsroom, admin: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app, _, _ = make_app(room, feeds=False)
    admin.client._transport = httpx.ASGITransport(app=cast(Any, app), client=(ADDRESS, 40_000))
    headers = {"x-forwarded-for": ADDRESS, "forwarded": f"for={ADDRESS}", "origin": "http://desk.example:8900"}
    for path in ("/c/orland/", "/c/orland/nothing", "/desk/c/orland/", "/desk/people", "/desk/nothing"):
        admin.client.request("GET", path, headers=headers)
    admin.post("/desk/login", at="/desk/login", name="editor", password="guess", headers=headers)
    room.store.close()
    written = capfd.readouterr()
    assert ADDRESS not in written.out + written.err
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        assert ADDRESS.encode() not in file.read_bytes(), file


def test_lines_are_erased_when_their_time_is_over(room: Newsroom, admin: Browser) -> None:
    old = replace(room.store.staff_log(limit=1)[0], detail="long ago")
    room.store.note_staff("editor", "held", at=old.at - STAFF_LOG_KEPT * 2, detail=old.detail)
    Staff(room.store).sign_in("nobody", "guess", old_token=None)
    assert "long ago" not in str(room.store.staff_log(limit=100))
