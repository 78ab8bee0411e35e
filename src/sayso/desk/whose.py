"""Whose losses and whose deeds, judged by the names beside the figure and outside the words that name the speaker (H2)."""

import re
from collections.abc import Iterator
from typing import Final

from sayso.desk.checklist import found
from sayso.desk.figures import inside
from sayso.desk.naming import names_of_party, where_named
from sayso.desk.seen import Risk, Seen
from sayso.model.claim import Span

#: The nouns that a figure counts: "30 wounded Orland soldiers of the north".
_NOUNS: Final = re.compile(r"(?:[^\S\n]*[^\s,;:.()]+){0,4}")
LOSSES: Final = ("casualties", "equipment_loss", "captured", "displacement")
DEEDS: Final = ("attack", "control")


def of_others(seen: Seen) -> Iterator[Risk]:
    """The figure's own noun is another party's than the claim's subject, or the sentence tells what another did."""
    claim = seen.claim
    if seen.words is None:
        return
    if claim.type in LOSSES and claim.subject is not None:
        yield from _by_the_noun(seen, claim.subject)
        yield from _elsewhere_only(seen, claim.subject, "subject")
    if claim.type in DEEDS and claim.actor is not None:
        yield from _elsewhere_only(seen, claim.actor, "actor")


def _by_the_noun(seen: Seen, subject: str) -> Iterator[Risk]:
    """ "30 Orland soldiers", "6 soldiers of Kuld", "9 of its soldiers": the noun names its side."""
    count, side = seen.claim.count, seen.claim.attr.side
    if count is None or count.span is None or not inside(seen.text, count.span) or seen.words is None:
        return
    nouns = _nouns_behind(seen, count.span.end)
    named = [p.id for p in seen.conflict.parties if _names(seen, p.id, nouns)]
    words = seen.text[count.span.start : nouns.end].strip()
    if named and not any(seen.conflict.overlap(subject, n, seen.on) for n in named):
        whose = seen.conflict.name(subject)
        yield Risk(
            code="subject_unlike_noun", sentence=f"“{words}”, but the claim counts losses of {whose}.", span=nouns
        )
    own = any(found(seen.words.own, seen.text, nouns)) or _own_lost(seen, count.span)
    if own and not named and side is not None and not seen.conflict.overlap(subject, side, seen.on):
        whose = seen.conflict.name(subject)
        yield Risk(code="own_lost", sentence=f"“{words}”: the speaker's own, but the claim says {whose}.", span=nouns)


def _own_lost(seen: Seen, figure: Span) -> bool:
    """ "Our unit lost 3": nothing but the speaker's own stands before the word for losing right before a figure."""
    assert seen.words is not None
    before = Span(seen.sentence.start, figure.start)
    lost = [s for s in found(seen.words.lost, seen.text, before) if len(seen.text[s.end : figure.start].split()) <= 2]
    if not lost:
        return False
    loser = Span(max(before.start, lost[-1].start - 30), lost[-1].start)
    return any(found(seen.words.own, seen.text, loser))


def _nouns_behind(seen: Seen, start: int) -> Span:
    """The words behind a figure up to the first deed, at most four, with "of" and a name."""
    match = _NOUNS.match(seen.text, start, seen.sentence.end)
    end = match.end() if match else start
    assert seen.words is not None
    deeds = [s.start for p in seen.words.deeds.values() for s in found(p, seen.text, Span(start, end))]
    return Span(start, min([end, *deeds]))


def _elsewhere_only(seen: Seen, party: str, what: str) -> Iterator[Risk]:
    """Outside the speaker's own name the sentence tells of other parties only, and nothing says "it" or "our"."""
    assert seen.words is not None
    outside = _outside_the_speaker(seen)
    named = [p.id for p in seen.conflict.parties if any(_names(seen, p.id, part) for part in outside)]
    if not named or any(seen.conflict.overlap(party, n, seen.on) for n in named):
        return
    speaker = seen.claim.attr.side
    itself = any(any(found(seen.words.itself, seen.text, part)) for part in outside)
    if itself and speaker is not None and seen.conflict.overlap(party, speaker, seen.on):
        return
    others = ", ".join(seen.conflict.name(n) for n in named)
    sentence = f"Beside its speaker the sentence names {others}, the claim's {what} is {seen.conflict.name(party)}."
    yield Risk(code=f"{what}_unlike_names", sentence=sentence, span=seen.sentence)


def _names(seen: Seen, party: str, within: Span) -> bool:
    return any(where_named(seen.text, names_of_party(party, seen.conflict), within))


def _outside_the_speaker(seen: Seen) -> tuple[Span, ...]:
    """The sentence without the words that name who says it."""
    speaker, whole = seen.claim.attr.span, seen.sentence
    if speaker is None or not whole.meets(speaker):
        return (whole,)
    parts = (Span(whole.start, max(whole.start, speaker.start)), Span(min(whole.end, speaker.end), whole.end))
    return tuple(p for p in parts if p.end > p.start)
