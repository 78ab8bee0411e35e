"""What editors decided about readings, as rows of the claim scheme: gold to measure a reader by, and lessons for one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from sayso.desk.editing import WITHOUT_WORDS
from sayso.flow.arrival.reading import outlet_of
from sayso.flow.newsroom import Newsroom
from sayso.flow.texts import document_rows
from sayso.model.claim import Claim, Passage, Reading
from sayso.model.rows import claim_to_row
from sayso.model.statement import Statement

Whose = Literal["editor", "machine"]


def taught(room: Newsroom, *, whose: Whose = "editor") -> Iterator[dict[str, Any]]:
    """One row a passage of every statement whose readings an editor accepted, in the order of arrival.

    `claims` are the editor's: those that count, as corrected, and those that were added from words of the text; or
    (`whose`) the machine's, so that the one file is scored against the other. `machine` are always the machine's. A
    passage of which nothing counts though the machine read something is marked `skip`: nobody said that it was wrong.
    """
    for statement in room.store.every_statement():
        reading, decision = room.store.reading(statement.id), room.store.last_decision(statement.id)
        if reading is not None and decision is not None and (decision.by, decision.decision) == ("editor", "accept"):
            yield from rows_of(room, statement, reading, whose=whose)


def rows_of(room: Newsroom, statement: Statement, reading: Reading, *, whose: Whose) -> Iterator[dict[str, Any]]:
    """The rows of one statement."""
    counted = {int(s.id.rpartition(".")[2]): s.claim for s in room.store.said(statement=statement.id)}
    passages = tuple(judged(reading, counted))
    meta = {
        "published": room.coverage.local_day(statement.said_at).isoformat(),
        "outlet": outlet_of(room.coverage, statement.source),
        "conflict": room.coverage.conflict.id,
    }
    rows = document_rows(statement.text, passages, doc=statement.id, meta=meta)
    for row, right, read in zip(rows, passages, reading.passages, strict=True):
        machine = [claim_to_row(c) for c in read.claims]
        unjudged = {"skip": True} if machine and not right.claims else {}
        yield {**row, **unjudged, "claims": machine if whose == "machine" else row["claims"], "machine": machine}


def judged(reading: Reading, counted: Mapping[int, Claim]) -> Iterator[Passage]:
    """The passages with the claims that count in place of the machine's, in text order; each claim in the passage where its
    words begin."""
    first, placed = 0, set[int]()
    for n, passage in enumerate(reading.passages):
        last = first + len(passage.claims)
        here = [i for i in range(first, last) if i in counted]
        others = [i for i in counted if i >= len(reading.claims) and i not in placed]
        end = passage.span.end if n + 1 < len(reading.passages) else None
        here += [i for i in others if has_words(counted[i]) and begins_before(counted[i], end)]
        placed |= set(here)
        here.sort(key=lambda i: (counted[i].span, i))
        yield replace(passage, claims=tuple(_pointing(counted[i], here, first) for i in here))
        first = last


def has_words(claim: Claim) -> bool:
    """Whether words of the text say it: what an editor knows otherwise teaches no reader."""
    return claim.rule != WITHOUT_WORDS


def begins_before(claim: Claim, end: int | None) -> bool:
    """Whether a claim's words begin before that offset (None: the end of the text)."""
    return end is None or claim.span.start < end


def _pointing(claim: Claim, here: list[int], first: int) -> Claim:
    """The claim with `part_of` counted among those that are left; None where the whole is not among them."""
    whole = None if claim.part_of is None else first + claim.part_of
    return replace(claim, part_of=here.index(whole) if whole in here else None)
