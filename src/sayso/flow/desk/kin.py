"""What may tell of the same event as a statement: others with its words, and others that answer its questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.desk import Sheet
from sayso.errors import Refused
from sayso.flow.arrival.pasting import source_named
from sayso.flow.desk.review import Review
from sayso.model.coverage import Source
from sayso.model.event import Decided
from sayso.model.statement import Statement

#: Questions of a statement that are asked who else answers them, the newest claimants of each, and others that are shown.
QUESTIONS: Final = 6
MOUTHS: Final = 6
SHOWN: Final = 8
#: The newest statements among which the first with the same words is sought.
NEWEST: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Another statement, and why it may tell of the same."""

    statement: Statement
    source: Source
    reason: str


def kin_of(review: Review, sheet: Sheet, asked: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[Kin, ...]:
    """The statements that may tell of the same event: the one whose words it repeats first, then the newest that answer
    its questions. `asked` are those of each claim, as id and words."""
    found: dict[str, str] = {}
    for id_, reason in _kin(review, sheet, asked):
        found.setdefault(id_, reason)
    found.pop(sheet.statement.id, None)
    there = [(review.room.store.statement(id_), reason) for id_, reason in list(found.items())[:SHOWN]]
    return tuple(Kin(statement=s, source=source_named(review.coverage, s), reason=why) for s, why in there if s)


def _kin(review: Review, sheet: Sheet, asked: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    store, origin = review.room.store, review.room.store.origin(sheet.statement.id)
    for original in store.originals([origin], newest=NEWEST).values():
        yield original.id, "the same words"
    questions = {q: words for found in asked.values() for q, words in found}
    for question, words in list(questions.items())[:QUESTIONS]:
        for said in reversed(store.answers(question, of_each=1, mouths=MOUTHS)):
            yield said.statement, words


def mark_duplicate(
    review: Review, statement_id: str, of: str, *, reason: str = "", who: str, stamp: str | None = None
) -> None:
    """Put a statement away as one that says again what another says; readers never see it.

    Raises Refused once it is on the page, where there is no other of that id, and for two that would point at each other.
    """
    sheet = review.fresh(statement_id, stamp)
    if sheet.post is not None and sheet.post.state == "published":
        raise Refused("It is on the page: withdraw it, or take it down.")
    other = review.room.store.last_decision(of)
    if of == statement_id or review.room.store.statement(of) is None:
        raise Refused("Say which other statement it repeats.")
    if other is not None and other.decision == "duplicate" and other.same_as == statement_id:
        raise Refused("That one is marked as a duplicate of this one: decide about it first.")
    with review.deciding(sheet) as w:
        w.append(Decided(statement=statement_id, decision="duplicate", by="editor", reason=reason.strip(), same_as=of))
    review.done(who, "marked as a duplicate", statement_id)
