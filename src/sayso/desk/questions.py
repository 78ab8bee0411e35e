"""Questions as they lie on the editor's desk: what looks like one, what was decided, and who answers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question by its id, in words, with how many claims answer it and when the last was said."""

    id: str
    wording: str
    claims: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two questions that look like one, and why."""

    question: Asked
    into: Asked
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A standing decision about questions: its row in the ledger, when, what and why."""

    seq: int
    at: datetime
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bygone:
    """A decision of which a takedown left only when it was made and of what kind it was."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """A claim that answers a question: whose, in which words, where, and why an editor says that nobody can verify it."""

    claim: str
    statement: str
    claimant: str
    outlet: str
    words: str
    said_at: datetime
    withdrawn: bool
    unverifiable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A total that its claimant gives lower than before (R8): both figures as said, when each was said, and which question
    they answer, by its id and in words."""

    question: str
    wording: str
    claimant: str
    figure: str
    said_at: datetime
    before: str
    before_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsDesk:
    """The page of all questions: likely merges, the newest questions, the decisions that stand and those that a takedown
    erased, newest first, and the totals that were lowered of late."""

    alike: tuple[Alike, ...]
    newest: tuple[Asked, ...]
    decided: tuple[Decided, ...]
    lost: tuple[Bygone, ...] = ()
    lowered: tuple[Lowered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSheet:
    """One question with its answers, newest first, the questions that it may be put together with, and what was
    decided about it. `alike` are those of these that look like one with it."""

    question: Asked
    answers: tuple[Answering, ...]
    others: tuple[Asked, ...]
    alike: tuple[Alike, ...]
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A question that a claim may answer instead of its own; `reason` says why it may be the same, if anything does."""

    question: str  # the claim's own
    id: str
    wording: str
    reason: str = ""
