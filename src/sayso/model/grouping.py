"""What editors decided about questions, applied on top of the computed ones: merges, moves, pairs kept apart, and marks.

Nothing here changes a reading. Moves come first and are no chain, merges second, so that the order of decisions does
not matter: the same claims and decisions give the same questions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sayso.model.claim import Claim, Span
from sayso.model.event import KeptApart, Marked, Merged, Moved
from sayso.model.question import Key

#: Each claim of a statement by its number, with the ids of the questions computed from it.
Asked = Mapping[int, tuple[Claim, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One standing decision about questions: the ledger row that holds it, when it was made, and what it says."""

    seq: int
    at: datetime
    event: Merged | Moved | KeptApart | Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A decision whose words a takedown erased: its row, when it was made, and its kind in the ledger."""

    seq: int
    at: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """All standing decisions about questions of one coverage, in the order of the ledger."""

    decisions: tuple[Decision, ...] = ()
    merges: dict[str, str] = field(init=False, default_factory=dict, repr=False, compare=False)
    keys: dict[str, Key] = field(init=False, default_factory=dict, repr=False, compare=False)
    sources: dict[str, set[str]] = field(init=False, default_factory=dict, repr=False, compare=False)
    #: by statement
    marks: dict[str, tuple[Marked, ...]] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.keys.update({key.id: key for d in self.decisions for key in (d.event.question, d.event.into)})
        told = [d.event for d in self.decisions if isinstance(d.event, Merged | Moved)]
        for event in told:
            if isinstance(event, Merged):
                self.merges[event.question.id] = event.into.id
        for mark in (d.event for d in self.decisions if isinstance(d.event, Marked)):
            self.marks[mark.statement] = (*self.marks.get(mark.statement, ()), mark)
        for event in told:
            for id_ in (event.question.id, event.into.id):
                self.sources.setdefault(self.root(event.into.id), set()).add(id_)

    def root(self, id_: str) -> str:
        """Under which question the answers of a question stand: itself unless an editor put it to another."""
        return root_of(id_, self.merges)

    def leads_to(self, first: str, last: str) -> tuple[str, ...]:
        """The questions that decisions brought claims of any question from one id to another to, both inclusive."""
        return tuple(sorted(to for to, ids in self.sources.items() if any(first <= i <= last for i in ids)))

    def about(self, id_: str) -> tuple[Decision, ...]:
        """The decisions about a question and what was put together with it, oldest first."""
        return tuple(
            d for d in self.decisions if id_ in (self.root(d.event.question.id), self.root(d.event.into.id))
        )  # fmt: skip

    def is_kept_apart(self, one: str, other: str) -> bool:
        """Whether an editor said that these two questions, or what was put together with them, are not the same."""
        pair = {one, other}
        return any(
            {self.root(d.event.question.id), self.root(d.event.into.id)} == pair
            for d in self.decisions if isinstance(d.event, KeptApart)
        )  # fmt: skip


def root_of(id_: str, merges: Mapping[str, str]) -> str:
    """The end of a chain of merges. A ring, which no desk makes, ends before it comes round."""
    seen = {id_}
    while (after := merges.get(id_)) is not None and after not in seen:
        id_ = after
        seen.add(id_)
    return id_


def moved(asked: Asked, moves: Iterable[Moved]) -> dict[int, tuple[str, ...]]:
    """The ids of the questions of each claim of one statement after its moves, without doubles, in order.

    The question that a claim was moved from makes place for the other. Where a new reading computes another question
    for the same figure, it makes place if it is the only one, else the other is added.
    """
    left: dict[int, set[str]] = {n: set() for n in asked}
    added: dict[int, list[str]] = {n: [] for n in asked}
    for move in moves:
        n = number_of(move, asked)
        if n is None:
            continue
        was, computed = move.question.id, asked[n][1]
        left[n] |= {was} & set(computed) or (set(computed) if len(computed) == 1 else set())
        added[n].append(move.into.id)
    return {
        n: tuple(dict.fromkeys((*(i for i in ids if i not in left[n]), *added[n]))) for n, (_, ids) in asked.items()
    }


def number_of(move: Moved, asked: Asked) -> int | None:
    """Which claim a move is about: of its type, with the same figure, or answering the same question with some of the
    same words; None where no claim is left that it could be."""
    fits = []
    for n, (claim, ids) in asked.items():
        figure = claim.count.span if claim.count else None
        same_figure = common(figure, move.figure)
        same_question = common(claim.span, move.span) if move.question.id in ids else 0
        if claim.type == move.type and (same_figure or same_question):
            fits.append((move.question.id in ids, same_figure, same_question, -n))
    return -max(fits)[-1] if fits else None


def marked(asked: Asked, marks: Iterable[Marked]) -> dict[int, str]:
    """The claims of one statement that are marked, by their numbers, each with the reason.

    A mark is about the claim of its type with the same figure, or without one in the same words: whatever number a new
    reading gives it. Where several are, it is the one that answers the same question.
    """
    found = dict[int, str]()
    for mark in marks:
        fits = [
            (mark.question.id in ids, shared, -n)
            for n, (claim, ids) in asked.items()
            if claim.type == mark.type and (shared := words_marked(claim, mark))
        ]
        if fits:
            found[-max(fits)[-1]] = mark.reason
    return found


def words_marked(claim: Claim, mark: Marked) -> int:
    """How many code points of what was marked, its figure or without one its words, a claim has."""
    if mark.figure is not None:
        return common(claim.count.span if claim.count else None, mark.figure)
    return common(claim.span, mark.span)


def common(one: Span | None, other: Span | None) -> int:
    """How many code points two spans share."""
    if one is None or other is None:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))
