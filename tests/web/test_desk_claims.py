"""One claim at the desk: added from words of the text, corrected, and never saved over what somebody else did."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette

from sayso.accounts import Role, hash_password
from sayso.desk import Addition, Edit
from sayso.errors import Refused
from sayso.flow.desk.adding import add_claim
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import Staff
from sayso.model.claim import ADDED_FROM
from sayso.model.event import Read
from sayso.web.desk import desk_routes
from tests.desk.factory import NOW
from tests.web.desk_room import Browser, Client, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel. It was told that 3 tanks burned at Verst."
ADDED = {
    "what": "equipment_loss.destroyed", "quote": "3 tanks burned at Verst", "says": "Tesk Guard", "figure": "3",
    "unit": "tanks", "subject": "OR", "place": "Verst", "scope": "incident",
}  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def add(desk: Browser, statement: str, **changes: str):  # type: ignore[no-untyped-def]
    at = f"/desk/c/orland/s/{statement}/add"
    return desk.post(at, at=at, stamp=desk.token(at, "stamp"), **{**ADDED, **changes})


def as_role(desk: Browser, role: Role) -> Browser:
    """Somebody else at the same desk."""
    desk.review.room.store.add_user("sam", password_hash=hash_password("a long password"), role=role, at=NOW)
    store = desk.review.room.store
    other = replace(desk, client=Client(Starlette(routes=desk_routes({"orland": desk.review}, Staff(store)))))
    assert other.post("/desk/login", at="/desk/login", name="sam", password="a long password").status_code == 303
    return other


def test_an_added_claim_waits_is_marked_as_such_and_counts_once_accepted(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    answer = add(desk, it.id)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].endswith(f"#c{ADDED_FROM}")
    page = desk.get(f"/desk/c/orland/s/{it.id}").text
    assert "1 claim read by machine, 1 added at the desk" in page
    assert "E1." in page
    assert f'value="{ADDED_FROM}" checked' not in page  # the key that publishes does not take it along
    assert room.store.said() == ()
    desk.act(it.id, "publish", accept=str(ADDED_FROM), seen=f"{it.id}.{ADDED_FROM}")
    (said,) = room.store.said(statement=it.id)
    assert (said.claim.type, said.claim.subject, said.by) == ("equipment_loss", "OR", "editor")
    assert room.store.questions_of(said.id) != ()


def test_an_added_claim_survives_a_reader_of_another_version(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    add(desk, it.id)
    reading = room.store.reading(it.id)
    assert reading
    (passage,) = reading.passages
    twice = replace(reading, reader="killed-2", passages=(replace(passage, claims=passage.claims * 2),))
    with room.store.write(actor="reader", at=NOW) as w:
        w.append(Read(statement=it.id, reading=twice, questions=((), ())))
    assert [c.label for c in desk.review.sheet(it.id).cards] == ["1", "2", "E1"]
    desk.act(it.id, "publish", accept=str(ADDED_FROM), seen=f"{it.id}.{ADDED_FROM}")
    assert [s.claim.type for s in room.store.said()] == ["equipment_loss"]


def test_an_added_claim_of_what_is_out_changes_nothing_until_it_is_accepted(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    assert add(desk, it.id).status_code == 303
    assert [s.claim.type for s in room.store.said()] == ["casualties"]
    assert room.store.statement_state(it.id) == "accepted"
    seen = [f"{it.id}.0", f"{it.id}.{ADDED_FROM}"]
    desk.act(it.id, "publish", accept=["0", str(ADDED_FROM)], seen=seen)
    assert sorted(s.claim.type for s in room.store.said()) == ["casualties", "equipment_loss"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"figure": "30"}, "does not stand in the archived text"),
        ({"quote": "4 tanks burned"}, "do not stand in the archived text"),
        ({"quote": ""}, "type how you know"),
        ({"subject": "XX"}, "no party"),
        ({"what": "tanks.burned"}, "what kind of claim"),
    ],
    ids=lambda v: next(iter(v)) if isinstance(v, dict) else "",
)
def test_a_claim_that_the_text_does_not_bear_out_is_refused_and_what_was_typed_stays(
    room: Newsroom, desk: Browser, wrong: dict[str, str], why: str
) -> None:
    it = take_in(room, TEXT)
    answer = add(desk, it.id, **wrong)
    assert answer.status_code == 409
    assert why in answer.text
    assert 'value="tanks"' in answer.text
    assert room.store.corrections(it.id) == {}


def test_marked_words_come_into_the_form_by_their_offsets(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    start = TEXT.index(" 3 tanks")
    page = desk.get(f"/desk/c/orland/s/{it.id}/add?start={start}&end={start + len(ADDED['quote']) + 1}").text
    assert f">{ADDED['quote']}</textarea>" in page
    assert f'name="start" value="{start + 1}"' in page
    assert "</textarea>" in desk.get(f"/desk/c/orland/s/{it.id}/add?start=x&end=99999999999").text


def test_two_claims_added_at_once_get_two_numbers(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    for quote in ("12 soldiers were killed", "3 tanks burned"):
        typed = Addition(what="other.other", quote=quote)
        add_claim(desk.review, it.id, typed, who="editor")  # neither saw the other's: no stamp
    assert sorted(room.store.corrections(it.id)) == [ADDED_FROM, ADDED_FROM + 1]
    with pytest.raises(Refused, match="changed while you looked"):
        add_claim(desk.review, it.id, Addition(what="other.other", quote="near Ubel"), who="editor", stamp="old")


def test_an_added_claim_that_is_corrected_stays_marked_as_added(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    add(desk, it.id)
    at = f"/desk/c/orland/s/{it.id}/c/{ADDED_FROM}"
    assert desk.post(at, at=at, stamp=desk.token(at, "stamp"), subject="TK").status_code == 303
    mine = room.store.corrections(it.id)[ADDED_FROM]
    assert (mine.subject, mine.rule) == ("TK", "desk.added")


def test_a_stale_save_shows_both_and_loses_nothing(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    at = f"/desk/c/orland/s/{it.id}/c/0"
    page = desk.get(at).text
    before = {f"was_{n}": v for n, v in re.findall(r'name="was_(\w+)" value="([^"]*)"', page)}
    stamp = desk.token(at, "stamp")
    desk.review.edit(it.id, 0, Edit(subject="OR"), who="somebody else")
    answer = desk.post(at, at=at, stamp=stamp, who="civilian", subject="MN", **before)
    assert answer.status_code == 409
    table = re.sub(r"\s+", " ", answer.text[answer.text.index("<tbody>") : answer.text.index("</tbody>")])
    assert "<td>Tesk</td><td>Orland</td><td>MN</td>" in table
    assert '<option value="civilian" selected>' in answer.text
    assert room.store.corrections(it.id)[0].subject == "OR"


def test_a_corrected_claim_that_is_still_amber_is_not_taken_along_by_one_key(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, "The Tesk Guard said more than 40 soldiers were killed near Verst.")
    desk.review.edit(it.id, 0, Edit(who="civilian"), who="editor")
    (card,) = desk.review.sheet(it.id).cards
    assert card.risks
    assert not card.by_one_key
    assert 'value="0" checked' not in desk.get(f"/desk/c/orland/s/{it.id}").text


def test_nothing_of_a_text_that_nobody_can_check_for_us_is_taken_along_by_one_key(
    room: Newsroom, desk: Browser
) -> None:
    it = take_in(room, "The Tesk Guard said 12 soldiers were killed near Ubel.", lang="tr")
    assert desk.review.sheet(it.id).by_one_key == frozenset()
    page = desk.get(f"/desk/c/orland/s/{it.id}").text
    assert "No checklist" in page
    assert 'value="0" checked' not in page
    assert "is to be looked at twice" in desk.act(it.id, "publish").text
    assert desk.act(it.id, "publish", leave="0").status_code == 303


def test_a_reporter_adds_and_corrects_what_is_not_out_but_nothing_that_is(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    sam = as_role(desk, "reporter")
    assert add(sam, it.id).status_code == 303
    desk.act(it.id, "publish", accept="0", leave=str(ADDED_FROM), seen=f"{it.id}.0")
    at = f"/desk/c/orland/s/{it.id}/c/0"
    answer = sam.post(at, at=at, stamp=sam.token(at, "stamp"), subject="OR", wrong="It was Orland's.")
    assert answer.status_code == 403
    assert [s.claim.subject for s in room.store.said()] == ["TK"]
