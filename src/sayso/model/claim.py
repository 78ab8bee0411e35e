"""What one source says of one thing: the claim, its attribution, its count, and what could not be read.

All spans are `[start, end)` in code points of the statement's text (or of the document that was read), so that
`text[start:end]` is the evidence.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sayso.model.vocabulary import (
    CHANNELS,
    KINDS,
    TYPES,
    Basis,
    EntryKind,
    Hedge,
    Modality,
    Operator,
    PassageKind,
    Polarity,
    Quote,
    Scope,
    Who,
)


class Span(NamedTuple):
    """`[start, end)` in code points."""

    start: int
    end: int

    def shift(self, by: int) -> "Span":
        """The same words `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share words."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """One relay between claimant and outlet."""

    org: str | None
    kind: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says it. `side` is a party id or None; `via` runs from the claimant outwards; the outlet is never in it.

    `span` are the words that name the source, `cue_span` the verb, noun or preposition; both None for a source that
    was carried over from an earlier passage, and then `inferred` is True.
    """

    kind: str
    speaker: str | None = None
    role: str | None = None
    org: str | None = None
    side: str | None = None
    channel: str | None = None
    quote: Quote = "indirect"
    cue: str | None = None
    hedge: Hedge | None = None
    via: tuple[Via, ...] = ()
    span: Span | None = None
    cue_span: Span | None = None
    inferred: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of speaker: {self.kind}")
        if self.channel is not None and self.channel not in CHANNELS:
            raise ValueError(f"unknown channel: {self.channel}")

    @property
    def names_no_source(self) -> bool:
        """Whether the text names no source for it: printed as "OUTLET, naming no source", never in a side's row."""
        return self.kind in ("outlet", "unknown") and self.speaker is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number as said: `words` (None only where the noun alone says it: "a tank"), the operator, and `low..high`,
    both inclusive; None is an open end ("up to 30", "dozens").

    `n` is the number as stated, None for ranges and vague words. `since` is an ISO date for a cumulative count.
    """

    operator: Operator
    n: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    scope: Scope | None = None
    since: str | None = None
    words: str | None = None
    span: Span | None = None
    as_of: str | None = None
    definition: str | None = None
    basis: str | None = None

    @property
    def exact(self) -> bool:
        """Whether the number was said without any operator (or is "none")."""
        return self.operator in ("exact", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a denial denies, filled as the denied claim would be."""

    type: str
    sub: str | None = None
    actor: str | None = None
    subject: str | None = None
    places: tuple[str, ...] = ()


#: Claims that editors added are numbered from here on: no reader finds so many in one statement. [ours]
ADDED_FROM: Final = 10_000
#: Ids of rules that only pass on what a language model proposed begin so: their claims wait for an editor (H1).
BY_MODEL: Final = "model."
#: Ids of rules whose speaker a parser found end so.
BY_PARSER: Final = ".speaker_by_parser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One source saying one thing.

    `actor` did it, `subject` suffered it (party or group ids). `part_of` is the index, inside the same passage, of the
    claim that this one is a part of. `start`/`end` are ISO dates or date-times of the event, and `dated` is how they are
    known ("said", or "relative" to publication); without any, all that is known is the day of the statement. `places` are names as
    written; alternatives are joined with "|". `carried` names what of it its own words do not say and those of the event that
    its entry tells of do ("places", "dates"). `rule` is the id of the rule that made it, `why` a sentence about it.
    `evidence` are the spans of the words that the rule matched, in text order.
    """

    type: str
    sub: str
    attr: Attribution
    span: Span
    rule: str
    why: str = ""
    actor: str | None = None
    subject: str | None = None
    who: Who | None = None
    count: Count | None = None
    part_of: int | None = None
    places: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    target: Target | None = None
    evidence: tuple[Span, ...] = ()
    draft: bool = False  # read with the words of a language that no native speaker has reviewed (H18)
    dated: Basis | None = None
    carried: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.sub not in TYPES.get(self.type, ()):
            raise ValueError(f"no such type of claim: {self.type}.{self.sub}")

    @property
    def proposed(self) -> bool:
        """Whether a language model proposed it: no rule read it, and no rule may let it count."""
        return self.rule.startswith(BY_MODEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words with their source, whatever they claim: as in quotation corpora, source, cue and content.

    `source` are the words that name the source here (none where it is carried over), `content` the words that are its
    own, several spans where a quotation is broken off; quotation marks belong to the content.
    """

    attr: Attribution
    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A passage, or words in it, that the reader could not read; shown to the desk and counted, never dropped."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, headline or bullet of a text, as its door (`sources`) saw it: what the reader is given.

    `entry` numbers the statements of a page from 0; all parts of one statement have the same number.
    """

    span: Span
    entry: int = 0
    entry_kind: EntryKind = "entry"
    kind: PassageKind = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence, headline or bullet with the claims in it. `claims` are in text order; `part_of` points into it."""

    span: Span
    text: str
    entry: int = 0
    entry_kind: EntryKind = "entry"
    kind: PassageKind = "entry"
    lang: str = "und"
    draft: bool = False  # a language that no native speaker has reviewed
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All passages of one text, in order, and the version of the reader (code and lexicons) that read them.

    Where a language model was asked too, its proposals that hold stand after all that the rules read, in passages of
    their own with the same spans: the numbers of the claims before them stay. `asked` says which model it was, and
    `dropped` why its other proposals were dropped, each reason with how many.
    """

    passages: tuple[Passage, ...]
    reader: str
    places_unknown: tuple[str, ...] = field(default=())
    asked: str = ""
    dropped: tuple[tuple[str, int], ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in text order."""
        return tuple(c for p in self.passages for c in p.claims)
