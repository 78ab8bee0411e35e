"""What an editor should look at first: the inbox in order, reprints folded under the first with their words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from sayso.desk.seen import Risk
from sayso.desk.sheet import Card
from sayso.model.claim import Claim
from sayso.model.coverage import Source
from sayso.model.foreseen import Foreseen, Foresight
from sayso.model.statement import Statement

#: The most urgent first: it contradicts what counts (or denies it, or was denied), it lowers its claimant's own figure, a
#: place changes hands, it counts people killed or hurt, a party says it itself, anything else, the same words again.
Urgency = Literal["contradiction", "lowered", "place", "figures", "own_channel", "other", "reprint"]
ORDER: Final = get_args(Urgency)
WORDS: Final[dict[Urgency, str]] = {
    "contradiction": "contradicts what counts",
    "lowered": "lower than before",
    "place": "a place changes hands",
    "figures": "people killed or hurt",
    "own_channel": "a party's own channel",
    "other": "other news",
    "reprint": "the same words again",
}
RAISED_BY: Final[dict[Foresight, Urgency]] = {
    "contradicts": "contradiction", "denied": "contradiction", "denies": "contradiction", "lower": "lowered",
    "place": "place",
}  # fmt: skip

#: Where a line stands in the inbox: its urgency, then the newest first; the id settles what is of one instant.
Place = tuple[int, float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement in the inbox. `state` is the store's; `flags` say what is special about it, each with its sentence.

    `again` are statements with the same words, folded under this one; `first` is the one whose words this repeats, with
    when it was said, where that stands elsewhere.
    """

    statement: Statement
    source: Source
    state: str
    urgency: Urgency
    reason: str = ""
    by_editor: bool = False
    gone_at: datetime | None = None
    cards: tuple[Card, ...] = ()
    foreseen: tuple[Foreseen, ...] = ()
    flags: tuple[Risk, ...] = ()
    again: tuple[Statement, ...] = ()
    first: tuple[str, datetime] | None = None

    @property
    def beginning(self) -> str:
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


def urgency_of(found: Iterable[Foreseen], claims: Iterable[Claim], *, own_channel: bool) -> Urgency:
    """How urgent a statement is that repeats no other, by what its claims would change and by what they tell."""
    raised = {RAISED_BY[f.kind] for f in found if f.kind in RAISED_BY}
    if any(c.type == "casualties" and c.count is not None for c in claims):
        raised.add("figures")
    if own_channel:
        raised.add("own_channel")
    return min(raised, key=ORDER.index, default="other")


def place_of(urgency: Urgency, statement: Statement) -> Place:
    """Where a statement stands in the inbox."""
    return ORDER.index(urgency), -statement.said_at.timestamp(), statement.id


def folded(rows: Sequence[tuple[Statement, str]]) -> dict[str, tuple[Statement, ...]]:
    """The statements with the same origin under the one that was said first: by its id, the others from old to new.

    `rows` are statements with their origins. Only the words count: who says them again may be of another side.
    """
    groups: dict[str, list[Statement]] = {}
    for statement, origin in sorted(rows, key=lambda r: (r[0].said_at, r[0].first_seen_at, r[0].id)):
        groups.setdefault(origin, []).append(statement)
    return {same[0].id: tuple(same[1:]) for same in groups.values()}
