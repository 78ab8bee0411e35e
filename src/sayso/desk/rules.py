"""What may go out without an editor, and which readings count by rule. Pure: no clock, no store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote

from sayso.desk.checklist import checklist, found
from sayso.desk.figures import figure_fault
from sayso.desk.naming import body_of
from sayso.desk.positions import positions
from sayso.model.claim import Claim, Reading, Span
from sayso.model.coverage import Coverage, Source
from sayso.model.statement import Statement

#: Clocks differ: a statement dated this little ahead of ours is not yet from the future.
CLOCKS_DIFFER: Final = timedelta(minutes=2)
#: Why a statement waits that nothing else holds.
WAITS_ANYWAY: Final = "This source waits for an editor."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether a statement goes out without an editor, and the sentence that says why or why not."""

    goes_out: bool
    reason: str


def may_go_out(
    statement: Statement, source: Source, reading: Reading, coverage: Coverage, *, now: datetime
) -> Decision:
    """Whether a rule, not an editor, may put a statement on the page (H1, H8, H9, H17, R19).

    Only the verbatim text of a channel whose owner is the speaker, where the source says `auto`, and the statements of
    a replay, which the page marks as one. Whatever goes out, nothing does that one of the holds below names.
    """
    for why in holds(statement, reading, coverage, now=now):
        return Decision(goes_out=False, reason=why)
    if coverage.replay is not None:
        return Decision(goes_out=True, reason="A replay: told again from public reports, and marked so.")
    if source.go_out != "auto":
        return Decision(goes_out=False, reason=WAITS_ANYWAY)
    for why in not_its_owners_words(statement, source, coverage):
        return Decision(goes_out=False, reason=why)
    return Decision(goes_out=True, reason=f"The own words of {source.title}, as published.")


def holds(statement: Statement, reading: Reading, coverage: Coverage, *, now: datetime) -> Iterator[str]:
    """Every reason for which a statement must wait for an editor whatever its source is, the gravest first."""
    for claim in reading.claims:
        fault = figure_fault(statement.text, claim, lang=statement.lang)
        if fault is not None:
            yield f"A figure could not be found in the archived text: {fault}"
    if statement.said_at > now + CLOCKS_DIFFER:
        yield f"It is dated in the future ({statement.said_at:%Y-%m-%d %H:%M} UTC): check the date."
    if statement.clipped:
        yield "Clipped by hand, not independently archived: an editor decides."
    yield from _exposes(statement, reading, coverage)
    yield from _shows_people(statement, reading, coverage)


def _exposes(statement: Statement, reading: Reading, coverage: Coverage) -> Iterator[str]:
    """What could show where people are or flee to (H8)."""
    for claim in reading.claims:
        if is_held_type(coverage, claim):
            yield f"It tells of {claim.type} ({claim.sub.replace('_', ' ')}): such news waits for an editor."
    yield from gives_away(statement, coverage)


def gives_away(statement: Statement, coverage: Coverage) -> Iterator[str]:
    """The positions, shelters, hospitals and escape roads that the words name (H8), each as the sentence that holds it."""
    if not coverage.held_types or coverage.replay is not None:
        return  # a replay tells of days long past
    if any(positions(f"{statement.text}\n{statement.title or ''}\n{unquote(statement.url or '')}")):
        yield "It gives a position in figures: an editor decides."
    for place in shelters(statement.text, statement.lang):
        yield f"It names a place where people hide, are treated or flee (“{place}”): an editor decides."


def shelters(text: str, lang: str | None) -> Iterator[str]:
    """The shelters, hospitals and escape roads that words in a language name, as they stand there (H8); none where nobody
    wrote a checklist of it."""
    words = checklist(lang)
    for at in found(words.shelter, text, Span(0, len(text))) if words is not None else ():
        yield text[at.start : at.end]


def _shows_people(statement: Statement, reading: Reading, coverage: Coverage) -> Iterator[str]:
    """Pictures of prisoners and of the dead are not ours to publish by rule (H9)."""
    media = (*statement.enclosures, *statement.media)
    if media and any(c.type == "captured" for c in reading.claims):
        yield "It carries pictures and tells of captured persons: such pictures wait for an editor."
    if coverage.replay is None and _sensitive(statement):
        yield "It carries a picture that is marked as sensitive: an editor decides."


def _sensitive(statement: Statement) -> bool:
    return any(e.sensitive for e in statement.enclosures) or any(m.sensitive for m in statement.media)


def not_its_owners_words(statement: Statement, source: Source, coverage: Coverage) -> Iterator[str]:
    """Why a statement is not the owner's own words, as `auto` demands."""
    body = body_of(coverage.conflict, source.body)
    if body is None or body.kind in ("media", "outlet"):
        yield f"{source.title} tells what others say: only a body's own channel goes out by itself."
    elif statement.credit is not None:
        yield f"It tells what {statement.credit} reported, not {source.title} itself."
    elif statement.speaker is not None and body_of(coverage.conflict, statement.speaker) not in (None, body):
        yield f"{source.title} passes on what {statement.speaker} says."


def is_held_type(coverage: Coverage, claim: Claim) -> bool:
    """Whether the coverage holds this type (`movement`) or sub-type (`destruction.medical`) of claim for an editor."""
    return claim.type in coverage.held_types or f"{claim.type}.{claim.sub}" in coverage.held_types


def accepts_by_rule(coverage: Coverage, claim: Claim) -> bool:
    """Whether a reading counts at once, marked "read by machine, not checked" (H1); never for a held type (H8), and
    never for what a language model proposed, or what was read in a draft language (H18): only an editor accepts that."""
    unsure = claim.proposed or claim.draft
    return coverage.readings == "by_rule" and not unsure and not is_held_type(coverage, claim)


def figures_refused(statement: Statement, claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """For each claim whose figure does not stand in the archived text, the sentence that says so (R19)."""
    faults = (figure_fault(statement.text, c, lang=statement.lang) for c in claims)
    return tuple(f for f in faults if f is not None)
