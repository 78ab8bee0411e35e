"""The statement as it lies on the editor's desk: marked text, a card for each claim, what has been done about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.desk.marking import Segment
from sayso.desk.questions import Lowered
from sayso.desk.risks import risks
from sayso.desk.seen import Risk
from sayso.model.claim import ADDED_FROM, BY_MODEL, BY_PARSER, Attribution, Claim, Count, Unread
from sayso.model.conflict import Conflict
from sayso.model.coverage import Source
from sayso.model.post import Post
from sayso.model.statement import Capture, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim as an editor sees it. `fields` are label and value, in the order of the question "who says what"."""

    number: int
    id: str
    claim: Claim
    title: str
    fields: tuple[tuple[str, str], ...]
    risks: tuple[Risk, ...]
    accepted: bool = False
    corrected: bool = False
    refused: str = ""  # why this claim cannot be accepted as it is (R19)

    @property
    def label(self) -> str:
        """The number that an editor sees: "1" for the machine's first claim, "E1" for the first that an editor added."""
        return label_of(self.number)

    @property
    def added(self) -> bool:
        """Whether an editor added it: the machine did not read it."""
        return self.number >= ADDED_FROM

    @property
    def because(self) -> str:
        """Why it is read so, in a sentence."""
        return because(self.claim)

    @property
    def by_one_key(self) -> bool:
        """Whether the key that publishes may take it along without a tick of its own: nothing about it needs a second
        look (H2), and it was not typed by hand."""
        return not (self.risks or self.refused or self.added)

    @property
    def figure(self) -> str:
        """The figure's words as said, "" where there is none."""
        return (self.claim.count.words or "") if self.claim.count else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything about one statement. `stamp` changes with anything that an editor decides on: a form that carries an
    older one is refused, so that nobody overwrites what they have not seen."""

    statement: Statement
    source: Source
    state: str
    stamp: str
    segments: tuple[Segment, ...]
    cards: tuple[Card, ...]
    notices: tuple[Risk, ...] = ()
    unread: tuple[Unread, ...] = ()
    posts: tuple[Post, ...] = ()
    versions: tuple[Statement, ...] = ()
    capture: Capture | None = None
    reason: str = ""  # of the last decision
    reader: str = ""
    asked: str = ""  # the language model that was asked too
    dropped: tuple[tuple[str, int], ...] = ()  # why proposals of its were dropped, and how many

    def card(self, number: int) -> Card | None:
        """The card of a claim's number, None if there is none."""
        return next((c for c in self.cards if c.number == number), None)

    @property
    def by_one_key(self) -> frozenset[int]:
        """The numbers of the claims that the key that publishes may take along without a tick of their own (H2): none of a
        text whose words nobody can check for us, or that holds what cannot be seen."""
        blind = any(n.code in ("language_unchecked", "hidden_characters") for n in self.notices)
        return frozenset() if blind else frozenset(c.number for c in self.cards if c.by_one_key)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The types of its claims, each once, in the order of the cards."""
        return tuple(dict.fromkeys(c.claim.type for c in self.cards))

    @property
    def post(self) -> Post | None:
        """The post that carries the statement, None before it went out; of several one that readers see, of those the
        statement's own rather than an entry that an editor wrote."""
        return min(self.posts, key=lambda p: (p.state != "published", p.is_written), default=None)

    @property
    def entries(self) -> tuple[Post, ...]:
        """The entries on the page that carry the statement beside its own post, or together with others."""
        now = (p for p in self.posts if p.state == "published" and self.statement.id in p.statements)
        return tuple(p for p in now if p != self.post or len(p.statements) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One statement in the inbox with the claims suggested for it, and the one in the list that it reprints."""

    statement: Statement
    source: Source
    state: str
    cards: tuple[Card, ...]
    reprints: Statement | None = None

    @property
    def first(self) -> str:
        """The headline, else the beginning of the text."""
        return self.statement.title or self.statement.text.strip()[:300]

    @property
    def amber(self) -> int:
        """How many of its claims need a second look."""
        return sum(bool(c.risks) for c in self.cards)

    @property
    def pictures(self) -> int:
        """How many pictures or videos came with it."""
        return max(len(self.statement.enclosures), len(self.statement.media))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The newest statements in the states asked for, newest first, how many there are in each state, and the totals that
    were lowered of late."""

    lines: tuple[Waiting, ...]
    counts: Mapping[str, int]
    lowered: tuple[Lowered, ...] = ()


def card_of(number: int, claim: Claim, statement: Statement, source: Source, conflict: Conflict) -> Card:
    """The card of one claim with its risks; whether it was accepted or corrected is for the caller to say."""
    found = risks(statement, claim, conflict, source)
    refused = next((r.sentence for r in found if r.code in ("number_not_in_text", "span_outside")), "")
    return Card(
        number=number,
        id=f"{statement.id}.{number}",
        claim=claim,
        title=title_of(claim),
        fields=tuple((label, value) for label, value in _fields(claim, source, conflict) if value),
        risks=found,
        refused=refused,
    )


def label_of(number: int) -> str:
    """A claim's number in words for an editor."""
    return f"E{number - ADDED_FROM + 1}" if number >= ADDED_FROM else str(number + 1)


def because(claim: Claim) -> str:
    """Why a claim is read so: the kind of words that the rule looks for, then what it found."""
    if claim.rule.startswith(("desk.", BY_MODEL)):
        return claim.why or "A language model proposed it."
    words = " ".join(claim.rule.removesuffix(BY_PARSER).replace("_", " ").split(".")[1:])
    kind = " ".join(part for part in (words or claim.rule, "with count" if claim.count else "") if part)
    return f"{kind[0].upper()}{kind[1:]}: {claim.why}" if claim.why else f"{kind[0].upper()}{kind[1:]}."


def title_of(claim: Claim) -> str:
    """The claim's type in words: "casualties: killed", "equipment loss: shot down"."""
    return f"{claim.type}: {claim.sub}".replace("_", " ")


def _fields(claim: Claim, source: Source, conflict: Conflict) -> tuple[tuple[str, str], ...]:
    both = "both sides"
    return (
        ("says", speaker_words(claim.attr, source)),
        ("side", conflict.name(claim.attr.side)),
        ("via", ", ".join(v.org or (v.kind or "").replace("_", " ") for v in claim.attr.via)),
        ("figure", figure_words(claim.count)),
        ("by", both if claim.actor == "BOTH" else conflict.name(claim.actor)),
        ("about", both if claim.subject == "BOTH" else conflict.name(claim.subject)),
        ("who", "military and civilian" if claim.who == "both" else claim.who or ""),
        ("place", ", ".join(p.replace("|", " / ") for p in claim.places)),
        ("when", " to ".join(d for d in (claim.start, claim.end if claim.end != claim.start else None) if d)),
        ("counts", count_scope(claim.count)),
        ("denies", _target(claim, conflict)),
        ("polarity", "" if claim.polarity == "asserted" else claim.polarity),
        ("mode", "" if claim.modality == "fact" else claim.modality),
        ("hedge", claim.attr.hedge or ""),
    )


def speaker_words(attr: Attribution, source: Source) -> str:
    """Who says it, as one line: person, role and body; where the text names nobody, the outlet, naming no source."""
    if attr.names_no_source:
        return f"{source.title}, naming no source"
    named = ", ".join(p for p in (attr.speaker, attr.role, attr.org) if p)
    return named or attr.kind.replace("_", " ")


def figure_words(count: Count | None) -> str:
    """The figure as said, with what it counts; the operator is repeated in words so that a lost one is seen."""
    if count is None:
        return ""
    operator = "" if count.exact else f" [{count.operator.replace('_', ' ')}]"
    unit = f" {count.unit}" if count.unit and count.unit not in (count.words or "") else ""
    number = f" = {count.n:,}" if count.n is not None and str(count.n) != count.words else ""
    return f"{count.words or 'said by the noun alone'}{unit}{number}{operator}"


def count_scope(count: Count | None) -> str:
    """Of what span of time the figure is: "cumulative since 2020-09-27", "incident"."""
    if count is None or count.scope is None:
        return ""
    return f"{count.scope} since {count.since}" if count.since else count.scope


def _target(claim: Claim, conflict: Conflict) -> str:
    target = claim.target
    if target is None:
        return ""
    what = f"{target.type} {target.sub or ''}".replace("_", " ").strip()
    by = f"by {conflict.name(target.actor)}" if target.actor else ""
    return " ".join(p for p in (what, by, *target.places) if p)
