"""What a language model proposes, as plain records parsed from its answer. Nothing in them is believed yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from sayso.model.claim import Span
from sayso.model.vocabulary import TYPES, Hedge, Modality, Operator, Polarity, Who

MOST: Final = 20  # claims of one sentence; the fullest of the labelled sentences has nine
LONGEST_ANSWER: Final = 100_000  # characters: twenty claims take some 12,000

# Why a proposal is dropped: each a phrase that is counted and shown to the desk.
NO_ANSWER: Final = "no answer in time"
NO_JSON: Final = "the answer is not JSON in the form asked for"
NO_CLAIM: Final = "not in the form of a claim"
NO_TYPE: Final = "no such type of claim"
TOO_MANY: Final = "too many for one sentence"


class Says(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to say it, in the words of the text."""

    speaker: str | None = None
    org: str | None = None
    side: str | None = None
    hedge: Hedge | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """The figure that is said to stand there."""

    cmp: Operator = "exact"
    n: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    unit: str | None = None


class Denied(msgspec.Struct, frozen=True, kw_only=True):
    """What a denial is said to deny."""

    type: str
    sub: str | None = None
    actor: str | None = None
    subject: str | None = None
    places: tuple[str, ...] = ()


class Proposal(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """One claim as proposed: the scheme's form, and `evidence`, the words of the text that are said to say so."""

    type: str
    sub: str
    evidence: str
    attr: Says = Says()
    actor: str | None = None
    subject: str | None = None
    who: Who | None = None
    qty: Figure | None = None
    places: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    target: Denied | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a model, by its name, answered about the sentences of a text, by their spans; None where no answer came."""

    model: str
    by_span: Mapping[Span, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer taken apart: the proposals in it, and for each that is none the reason."""

    proposals: tuple[Proposal, ...] = ()
    dropped: tuple[str, ...] = ()


def answered(answer: str | None) -> Answered:
    """The proposals in a model's answer, `{"claims": [...]}`; None is an answer that never came. Whatever stands in it,
    it raises nothing."""
    if answer is None:
        return Answered(dropped=(NO_ANSWER,))
    if len(answer) > LONGEST_ANSWER:
        return Answered(dropped=(NO_JSON,))
    try:
        found = msgspec.json.decode(answer.encode("utf-8", "surrogatepass"))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Answered(dropped=(NO_JSON,))
    claims = found.get("claims") if isinstance(found, Mapping) else None
    if not isinstance(claims, list):
        return Answered(dropped=(NO_JSON,))
    made = [proposed(c) for c in claims[:MOST]]
    return Answered(
        proposals=tuple(p for p in made if isinstance(p, Proposal)),
        dropped=(*(p for p in made if isinstance(p, str)), *(TOO_MANY for _ in claims[MOST:])),
    )


def proposed(claim: Any) -> Proposal | str:
    """One proposal, or why it is none."""
    try:
        made = msgspec.convert(claim, Proposal)
    except (msgspec.ValidationError, RecursionError):
        return NO_CLAIM
    known = [(made.type, made.sub)]
    if made.target is not None:
        known.append((made.target.type, made.target.sub or TYPES.get(made.target.type, ("",))[0]))
    return made if all(sub in TYPES.get(kind, ()) for kind, sub in known) else NO_TYPE
