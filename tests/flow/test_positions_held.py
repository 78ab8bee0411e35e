"""H8: a position, a shelter, people on the move stand in no public byte until an editor lets them out; nor do a place's digits."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.flow.desk.review import Review
from sayso.model.conflict import Place
from sayso.sources.sandbox import Parser
from sayso.web.app import make_app
from sayso.web.front import Front
from tests.desk.factory import CONFLICT
from tests.flow.factory import all_statements, item, minutes, newsroom, polled
from tests.flow.test_takedown import answers, public_paths

#: The gazetteer's digits; the place may be shown as a district only.
UBEL = Place(names=("Ubel", "Ubala"), side="TK", lat=41.87654, lon=12.98765)
OPEN = item("open", "Guard on the night", "Three soldiers were killed near Ubel.", at=minutes(9))
CANARIES = {
    "a position": ("41.43217", "The battery fired from 41.43217, 12.34567 at noon."),
    "a square of the grid": ("UG 12345", "The battery fired from 33T UG 12345 67890."),
    "a shelter": ("Linden Street", "Families sleep in the shelter under Linden Street."),
    "a hospital": ("Harrow Lane", "The wounded are in the hospital in Harrow Lane."),
    "people on the move": ("the mill bridge", "Civilians were evacuated from Ubel over the mill bridge."),
    "a corridor": ("the salt road", "A humanitarian corridor was opened along the salt road from Ubel."),
    "an advance": ("the tannery", "Our units advance on Ubel past the tannery."),
}


def test_a_way_out_stands_beside_all_who_have_not_confirmed_it(tmp_path: Path, parser: Parser) -> None:
    room = newsroom(tmp_path, parser)
    polled(room, [item("held", "Guard bulletin", CANARIES["a corridor"][1], at=minutes(5))])
    (held,) = all_statements(room)

    async def made() -> Front:
        return make_app(room, feeds=True)[0]

    app, top = asyncio.run(made()), f"/c/{room.coverage.name}/"
    Review(room).publish(held.id, accepted=(0,), seen={f"{held.id}.{n}" for n in range(9)}, who="editor")
    pages = [top, f"{top}q/corridor-opened-_-_-_-_-_-ubel-_/"]
    for path, answer in answers(app, pages).items():
        assert "Is a way out of Ubel open?" in answer.text and "Who has not confirmed it" in answer.text, path
        _, _, silent = answer.text.partition("Who has not confirmed it")
        for party in (p for p in CONFLICT.parties if p.id != "TK"):
            assert f"no channel of {party.names[0]} is among our sources" in silent, (path, party)
    room.store.close()


@pytest.mark.parametrize("kind", CANARIES)
def test_what_could_show_where_people_are_is_in_no_public_byte_before_an_editor_lets_it_out(
    kind: str, tmp_path: Path, parser: Parser
) -> None:
    canary, words = CANARIES[kind]
    room = newsroom(tmp_path, parser)
    room.coverage = replace(room.coverage, conflict=replace(CONFLICT, places=(UBEL, *CONFLICT.places)))
    polled(room, [OPEN, item("held", "Guard bulletin", words, at=minutes(5))])
    (held,) = (s for s in all_statements(room) if canary in s.text)

    async def made() -> Front:
        return make_app(room, feeds=True)[0]

    app, top = asyncio.run(made()), f"/c/{room.coverage.name}/"
    more = [top + p for p in ("map/", "feed.json", "tally/figures.csv", "place/", "place/ubel/", f"search/?q={canary}")]

    def found(sought: str) -> list[str]:
        return [
            p
            for p, answer in answers(app, [*public_paths(room), *more]).items()
            if sought in answer.text and "?" not in p
        ]

    assert found("Three soldiers"), "what nobody must hold is out"
    assert found(canary) == []
    assert "list hits" not in answers(app, more)[more[-1]].text, "the search does not find it either"
    assert found(str(UBEL.lat)) == found(str(UBEL.lon)) == []
    seen = {f"{held.id}.{n}" for n in range(9)}
    Review(room).publish(held.id, accepted=(), seen=seen, who="editor")
    assert found(canary) != [], "the editor let it out"
    room.store.close()
