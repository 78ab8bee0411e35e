"""A claim that an editor adds from words of the text, held to the archived text as the machine's are (R19)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, cast, get_args

from sayso.desk.editing import FROM_WORDS, WITHOUT_WORDS, Edit, applied, choice
from sayso.desk.naming import body_of
from sayso.desk.speakers import speaker_named
from sayso.errors import Refused
from sayso.model.claim import Attribution, Claim, Span, Target
from sayso.model.conflict import Conflict
from sayso.model.statement import Statement
from sayso.model.vocabulary import KINDS, TYPES, Scope

#: Between the first and the last words of a quote.
GAP: Final = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What an editor typed about a claim that the machine did not read.

    `what` is type and sub ("casualties.killed"), `denied` the same of what a denial denies. `quote` are its words, or
    its first and last ones with "…" between; `start` says which of several places is meant. `says` is the name of a
    body or person, empty for the outlet itself, `named` the words of the text for it where these are others; `kind` is
    what somebody unlisted is. The rest is as in a correction.
    """

    what: str
    quote: str = ""
    start: int | None = None
    reason: str = ""
    says: str = ""
    named: str = ""
    kind: str = ""
    denied: str = ""
    place: str = ""
    day: str = ""
    unit: str = ""
    scope: str = ""
    edit: Edit = field(default_factory=Edit)


def added(statement: Statement, typed: Addition, conflict: Conflict) -> Claim:
    """The claim that an editor reads in a statement.

    Raises Refused, in words for the editor: for a type that is none, for words or a figure that do not stand in the
    archived text, for a party that the coverage does not list, and without words where no reason is given.
    """
    kind, sub = type_named(typed.what)
    span = quoted_at(statement.text, typed.quote, typed.start) if typed.quote.strip() else None
    if span is None and not typed.reason.strip():
        raise Refused("Mark the words of the text that say it. If there are none, type how you know.")
    base = Claim(
        type=kind,
        sub=sub,
        attr=_speaker(statement, typed, conflict, span),
        span=span or Span(0, len(statement.text)),
        rule=FROM_WORDS if span else WITHOUT_WORDS,
        why="An editor read it." if span else f"An editor's, without words of the text: {typed.reason.strip()}",
        places=(typed.place.strip(),) if typed.place.strip() else (),
        start=_day(typed.day),
        end=_day(typed.day),
        dated="said" if typed.day else None,
        polarity="negated" if kind == "denial" else "asserted",
    )
    claim = applied(statement, base, replace(typed.edit, org=""), conflict)
    scope = cast(Scope | None, choice(typed.scope, None, get_args(Scope), "span of time"))
    count = claim.count and replace(claim.count, scope=scope, unit=typed.unit.strip() or None)
    claim = replace(claim, count=count)
    return _denying(claim, typed.denied) if kind == "denial" else claim


def type_named(what: str) -> tuple[str, str]:
    """Type and sub of "type.sub". Raises Refused for what is none."""
    kind, _, sub = what.partition(".")
    if sub not in TYPES.get(kind, ()):
        raise Refused("Say what kind of claim it is.")
    return kind, sub


def quoted_at(text: str, quote: str, start: int | None = None) -> Span:
    """Where the words of a quote stand, whatever blanks are between them; of several places the one that begins at
    `start`. Raises Refused where they stand nowhere, or in several places and nothing says in which."""
    parts = [r"\s+".join(map(re.escape, part.split())) for part in GAP.split(quote.strip()) if part]
    found = [Span(*m.span()) for m in re.finditer("|".join([_as_it_is(quote), ".*?".join(parts)]), text, re.DOTALL)]
    found = [s for s in found if s.end > s.start]
    if not found:
        raise Refused("These words do not stand in the archived text: copy them exactly as they are there.")
    chosen = [s for s in found if s.start == start] if start is not None else found
    if len(chosen) != 1:
        raise Refused(f"These words stand there {len(found)} times: add the words before or after them.")
    return chosen[0]


def _as_it_is(quote: str) -> str:
    """The quote word for word: dots in it may be the text's own."""
    return r"\s+".join(map(re.escape, quote.split()))


def _speaker(statement: Statement, typed: Addition, conflict: Conflict, near: Span | None) -> Attribution:
    if not typed.says.strip():
        return Attribution(kind="outlet", quote="none")
    attr = replace(speaker_named(typed.says.strip(), conflict).attr, quote="indirect")
    kind = choice(typed.kind, attr.kind, KINDS, "kind of speaker")
    if typed.named.strip():
        span: Span | None = quoted_at(statement.text, typed.named)
    else:
        span = _named_at(statement.text, _names_of(attr, conflict), near)
    return replace(attr, kind=kind or attr.kind, span=span)


def _names_of(attr: Attribution, conflict: Conflict) -> tuple[str, ...]:
    body = body_of(conflict, attr.org)
    person = next((p for p in conflict.people if p.name == attr.speaker), None)
    names = (*((person.name, *person.names) if person else ()), *(body.names if body else ()), attr.speaker, attr.org)
    return tuple(n for n in names if n)


def _named_at(text: str, names: Iterable[str], near: Span | None) -> Span | None:
    """Where a name stands in the text, nearest to the claim's words; None where none does."""
    found = [
        Span(*m.span())
        for name in names
        for m in re.finditer(rf"(?<!\w){re.escape(name.rstrip('*'))}\w*", text, re.IGNORECASE)
    ]
    at = near.start if near else 0
    return min(found, key=lambda s: (abs(s.start - at), s.start - s.end), default=None)


def _day(typed: str) -> str | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip()).isoformat()
    except ValueError:
        raise Refused(f"“{typed}” is no day: write it as 2026-05-03.") from None


def _denying(claim: Claim, denied: str) -> Claim:
    """The denial by its speaker's side; who did it and who suffered it stand in what is denied."""
    kind, sub = type_named(denied)
    target = Target(type=kind, sub=sub, actor=claim.actor, subject=claim.subject, places=claim.places)
    return replace(claim, actor=claim.attr.side, subject=None, target=target)
