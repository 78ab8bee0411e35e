"""Headlines and titles: the claimant first (H3), neutral outside quotation marks (H6), no enemy losses in them (H4)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Final, Literal

from sayso.model.claim import Claim
from sayso.model.conflict import Body, Conflict
from sayso.model.coverage import Source
from sayso.model.page import EntryView
from sayso.model.seeking import words_of
from sayso.model.statement import Statement
from sayso.model.victims import victims_named
from sayso.publish.own_voice import own_voice

HEAD_LIMIT: Final = 110
DASHES: Final = (" - ", " – ", " — ")


def head(
    statement: Statement,
    source: Source,
    conflict: Conflict,
    *,
    quotes: Literal["none", "free"] = "free",
    never: Sequence[str] = (),
) -> str:
    """A post's headline: whose words these are first (H3), then the source's own headline or its first words.

    Words that our own voice may not use stand in quotation marks, or with `quotes` "none" not at all (H6).
    """
    said = " ".join((statement.title or first_line(statement.text)).split())
    mouth, said, outlet = mouth_of(statement, source, said, conflict)
    told = cut(said, max(HEAD_LIMIT - len(mouth), 40))
    if own_voice(told, never, names=names_of(conflict)):
        told = f"“{told.replace('“', '‘').replace('”', '’')}”" if quotes == "free" else "a statement"
    return f"{mouth}: {told}{f' ({outlet})' if outlet else ''}" if told else mouth


def mouth_of(statement: Statement, source: Source, said: str, conflict: Conflict) -> tuple[str, str, str]:
    """Whose words a headline gives, the headline without that name, and the outlet that tells them ("" for the owner).

    A source that is a body speaks for itself; an outlet's headline may name its claimant at the end ("... - Ministry").
    """
    owner = body_named(source.body, conflict)
    if source.body and (owner is None or owner.kind != "media"):
        return source.body, without_mouth(said, source.body, source, conflict), ""
    for dash in DASHES:
        front, found, tail = said.rpartition(dash)
        claimant = body_named(tail, conflict) if found else None
        if claimant is not None and claimant.kind != "media":
            return claimant.name, front, source.title
    mouth = source.body or statement.speaker or source.title
    return mouth, without_mouth(said, mouth, source, conflict), ""


def names_of(conflict: Conflict) -> tuple[str, ...]:
    """Every proper name that the coverage configures."""
    parties = (p.names for p in (*conflict.parties, *conflict.third))
    others = (g.names for g in conflict.groups), (b.names for b in conflict.bodies), (p.names for p in conflict.places)
    named = tuple(n for names in chain(parties, *others) for n in names)
    return named + tuple(p.name for p in conflict.people)


def without_mouth(headline: str, mouth: str, source: Source, conflict: Conflict) -> str:
    """A headline without the mouth at its front or its end, since it will stand in front."""
    names = sorted({mouth, source.title, *names_of_body(source.body, conflict)}, key=len, reverse=True)
    for name in names:
        if headline.casefold().startswith(f"{name.casefold()}:"):
            return headline[len(name) + 1 :].strip()
        for dash in DASHES:
            front, found, tail = headline.rpartition(dash)
            if found and tail.casefold() == name.casefold():
                return front
    return headline


def names_of_body(name: str | None, conflict: Conflict) -> tuple[str, ...]:
    """All names of a configured body."""
    body = body_named(name, conflict)
    return tuple(n for n in body.names if not n.endswith("*")) if body else ()


def body_named(name: str | None, conflict: Conflict) -> Body | None:
    """The configured body of that name."""
    wanted = (name or "").casefold()
    return next((b for b in conflict.bodies if any(n.casefold() == wanted for n in b.names)), None)


def first_line(text: str) -> str:
    """The first line that holds something."""
    return next((line for line in text.splitlines() if line.strip()), "")


def is_enemy_loss(claim: Claim, conflict: Conflict, *, on: date | None = None) -> bool:
    """Whether a side gives a figure for the losses of one that is not on its side on that day (R5; None: any day)."""
    own = conflict.overlap(claim.attr.side, claim.subject, on) or allied(claim.attr.side, claim.subject, conflict, on)
    return (
        (claim.type in ("casualties", "equipment_loss") or (claim.type, claim.sub) == ("captured", "captured"))
        and claim.count is not None
        and claim.attr.side in {*(p.id for p in conflict.parties), *(g.id for g in conflict.groups)}
        and claim.subject is not None
        and not own
    )


def allied(a: str | None, b: str | None, conflict: Conflict, on: date | None) -> bool:
    """Whether one camp holds both on that day; both sides together are no camp."""
    camps = (conflict.members(g.id, on) for g in conflict.groups if g.id != "BOTH")
    return any(a in camp and b in camp for camp in camps)


def card_title(view: EntryView, conflict: Conflict) -> str:
    """The title for cards, feeds and the browser's tab: as on the page, and never with the name of a victim (H9)."""
    title = page_title(view, conflict)
    return f"{mouth_in(view)}: what it says of a victim" if names_victim(view, title, conflict) else title


def page_title(view: EntryView, conflict: Conflict) -> str:
    """The headline over an entry: never with a figure claimed for the other side (H4)."""
    head_ = view.post.head
    figures = {d for c in view.all_claims if is_enemy_loss(c.said.claim, conflict) for d in figure_marks(c.said.claim)}
    if any(re.search(rf"(?<![\w.,]){re.escape(mark)}(?!\w|[.,]\d)", head_) for mark in figures):
        return f"{mouth_in(view)}: what it says of the other side's losses"
    return head_


def mouth_in(view: EntryView) -> str:
    """Who speaks in an entry: its first claimant, else whom its headline names."""
    return view.claimant.name if view.claimant else view.post.head.split(":", 1)[0]


def names_victim(view: EntryView, text: str, conflict: Conflict) -> bool:
    """Whether a text holds a word of a victim's name (H9)."""
    words = victims_words(view, conflict)
    return bool(words) and any(word in words for word in words_of(text))


def victims_words(view: EntryView, conflict: Conflict) -> frozenset[str]:
    """The words, without case and accents, that name victims of an entry; none that the coverage's own names have."""
    read = (
        *view.victims,
        *victims_named(c.said.claim for c in view.all_claims),
        *(v for f in view.further for v in f.victims),
    )
    if not read:
        return frozenset()
    known = {
        w for name in (*names_of(conflict), *(n for p in conflict.people for n in p.names)) for w in words_of(name)
    }
    return frozenset(w for name in read for w in words_of(name) if len(w) > 1) - known


def figure_marks(claim: Claim) -> Iterable[str]:
    """How a claim's figure may stand in a headline: as said, and as a bare number."""
    count = claim.count
    if count is None:
        return
    if count.words:
        yield count.words
    for value in (count.n, *((count.low, count.high) if count.operator == "range" else ())):
        if value is not None:
            yield from {f"{value:g}", f"{value:,}"}


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:-–— ") + "…"
