"""What the ledger says when an editor decided about a statement: which claims count, and whose answers stand differently.

`new` are claims in place of the machine's, or beside them, by their numbers.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sayso.desk import Sheet
from sayso.flow.arrival.publishing import related
from sayso.flow.arrival.reading import read_as
from sayso.flow.newsroom import Newsroom
from sayso.model.claim import Claim, Passage, Reading, Span
from sayso.model.event import Decided, Read
from sayso.store import Writer


def decided(room: Newsroom, sheet: Sheet, accepted: Collection[int], new: Mapping[int, Claim] | None = None) -> Decided:
    """That an editor accepted these claims of a statement."""
    right = dict(sorted((new or {}).items()))
    read = read_of(room, sheet, right)
    return Decided(
        statement=sheet.statement.id,
        decision="accept",
        by="editor",
        accepted=tuple(sorted(accepted)),
        corrected=tuple(right.items()),
        questions=tuple(zip(right, read.questions, strict=True)),
        mouths=tuple(zip(right, read.mouths, strict=True)),
    )


def held_with(room: Newsroom, sheet: Sheet, new: Mapping[int, Claim], *, reason: str) -> Decided:
    """That a statement is held, with claims that an editor read."""
    return replace(decided(room, sheet, (), new), decision="hold", reason=reason)


def set_beside(room: Newsroom, sheet: Sheet, new: Mapping[int, Claim] | None = None, *, ledger: Writer) -> None:
    """Tell the earlier posts whose answers now stand differently: those of the old reading and of the new."""
    before = {card.number: card.claim for card in sheet.cards}
    for claims in (before, before | dict(new)) if new else (before,):
        read = read_of(room, sheet, claims)
        for event in related(sheet.statement, read, ledger=ledger, numbers=claims):
            ledger.append(event)


def read_of(room: Newsroom, sheet: Sheet, claims: Mapping[int, Claim]) -> Read:
    """The questions that claims of a statement answer, in their order."""
    whole = Passage(span=Span(0, len(sheet.statement.text)), text="", claims=tuple(claims.values()))
    origin = room.store.origin(sheet.statement.id)
    return read_as(room.coverage, sheet.statement, Reading(passages=(whole,), reader=""), origin=origin)
