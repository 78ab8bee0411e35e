"""H16: who speaks for whom, camps, sources and rules: each change of the files is a row of the ledger and stands in public."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from sayso.flow.pages.views import CoverageViews
from sayso.flow.setup.configuring import in_lines, note_configuration
from sayso.model.conflict import Group, Membership, Place
from sayso.model.coverage import Coverage
from sayso.publish import pages
from sayso.sources.sandbox import Parser
from tests.desk.factory import CONFLICT
from tests.flow.factory import newsroom

CAMP = Group(id="PACT", names=("Shore Pact",), members=(Membership(party="OR", since=date(2031, 5, 1)),))


def with_conflict(**changes: Any) -> Callable[[Coverage], Coverage]:
    return lambda c: replace(c, conflict=replace(c.conflict, **changes))


def with_source(**changes: Any) -> Callable[[Coverage], Coverage]:
    return lambda c: replace(c, sources=(replace(c.sources[0], **changes), *c.sources[1:]))


CHANGES: dict[str, tuple[Callable[[Coverage], Coverage], str]] = {
    "a body speaks for another side": (
        with_conflict(bodies=(replace(CONFLICT.bodies[0], side=None), *CONFLICT.bodies[1:])), "speaks for no side",
    ),
    "a party is named otherwise": (
        with_conflict(parties=(replace(CONFLICT.parties[0], names=("Nordland",)), *CONFLICT.parties[1:])), "party: Nordland",
    ),
    "a party joins a camp": (with_conflict(groups=(CAMP,)), "from 2031-05-01"),
    "a source goes out by itself": (with_source(go_out="hold"), "waits for an editor"),
    "a source is shown otherwise": (with_source(rehost="none"), "not shown"),
    "a source speaks for nobody": (with_source(party=None), "source:"),
    "readings count by rule no longer": (lambda c: replace(c, readings="reviewed"), "accepted by an editor only"),
    "what waits for an editor": (lambda c: replace(c, held_types=("captured",)), "always waits for an editor: captured"),
    "the naming policy": (lambda c: replace(c, naming="Ubel is Ubala."), "naming: Ubel is Ubala."),
    "a place is shown more finely": (
        with_conflict(places=(Place(names=("Ubel",), lat=41.87654, lon=12.98765, precision="settlement"),)),
        "place: Ubel, shown by settlement",
    ),
}  # fmt: skip


def method(room: Any) -> Any:
    html = pages.method_page(CoverageViews(room).method_page())
    return lxml.html.fromstring(html).xpath("//section[@aria-labelledby='changes']")[0]


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_the_files_is_a_row_of_the_ledger_and_on_the_method_page(
    what: str, tmp_path: Path, parser: Parser
) -> None:
    change, told = CHANGES[what]
    room = newsroom(tmp_path, parser)
    assert note_configuration(room) and not note_configuration(room), "noted once"
    assert not method(room).xpath(".//ins | .//del")
    room.coverage = change(room.coverage)
    assert note_configuration(room) and not note_configuration(room)
    assert any(told in i.text_content() for i in method(room).xpath(".//ins"))
    (row,) = [r for r in room.store.rows() if r.kind == "configured"][1:]
    assert f"row {row.seq} " in method(room).text_content()
    room.store.rebuild()
    assert room.store.verify(has_blob=lambda _: True) == () and method(room).xpath(".//ins")
    room.store.close()


def test_a_change_that_is_taken_back_stays_in_public(tmp_path: Path, parser: Parser) -> None:
    room = newsroom(tmp_path, parser)
    first = room.coverage
    for coverage in (first, replace(first, naming="Ubel is Ubala."), first):
        room.coverage = coverage
        note_configuration(room)
    new, gone = (method(room).xpath(f".//{tag}[contains(., 'Ubala')]") for tag in ("ins", "del"))
    assert len(new) == len(gone) == 1
    room.store.close()


def test_no_position_and_no_address_is_told(tmp_path: Path, parser: Parser) -> None:
    room = newsroom(tmp_path, parser)
    change, _ = CHANGES["a place is shown more finely"]
    told = "\n".join(in_lines(change(with_source(url="https://guard.example/?token=CANARY")(room.coverage))))
    assert "87654" not in told and "98765" not in told and "CANARY" not in told
    room.store.close()
