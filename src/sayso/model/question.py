"""Questions and how the claims that answer them stand to each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sayso.model.claim import Claim
from sayso.model.heading import address_part

State = Literal[
    "taken_down", "withdrawn", "denied", "contradicted", "admitted", "revised", "compatible", "pending", "single"
]
Flag = Literal[
    "admitted", "denied", "mirrored", "revised_up", "revised_down", "withdrawn", "single_origin", "no_source_named",
    "pending", "unverifiable", "own_loss", "enemy_loss",
]  # fmt: skip
#: How the linked claims of a bullet hang on it: made the other way round, denying or denied, against it, the same said
#: before, a higher figure given before.
Link = Literal["", "mirrors", "denies", "contradicts", "follows", "lowers"]
Silence = Literal["not_found_by_us", "does_not_publish", "says_unknown", "says_zero", "could_not_check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim with where and when it was said: the unit that reconciling works on.

    `origin` is one and the same for reprints of one text. `by` is "rule" where only a rule accepted the reading,
    "editor" where a person did, "none" where nobody has yet. `unverifiable` is an editor's reason why nobody can verify it,
    empty without one.
    """

    id: str  # claim id: "<statement id>.<number>"
    claim: Claim
    statement: str
    source: str
    outlet: str
    said_at: datetime
    seen_at: datetime
    origin: str
    by: Literal["rule", "editor", "none"] = "rule"
    withdrawn: bool = False
    unverifiable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What claims can agree or differ about, computed from a claim's own fields; equal keys are one question.

    `measure` is the sub of casualties, "holds" for control, the sub of an attack, the unit of equipment... with a part
    after a dot for a part of a figure or for how it was lost. `scope` is "total", "incident", "period", "increment",
    "stock" or "unsaid". `day` is an ISO date, or an interval ("2031-05-02/2031-05-04") for a period.
    `about_enemy` is no part of it: own and enemy losses meet in one question and are kept apart in its tables (R5).
    `apart` is never computed: it marks a question of its own that an editor made out of one.
    """

    type: str
    measure: str
    subject: str | None = None
    actor: str | None = None
    who: str | None = None
    scope: str | None = None
    since: str | None = None
    place: str | None = None
    day: str | None = None
    apart: str | None = None

    @property
    def id(self) -> str:
        """A readable, stable id: the fields that are set, joined; safe in an address."""
        fields = (
            self.type, self.measure, self.subject, self.actor, self.who, self.scope, self.since, self.place, self.day
        )  # fmt: skip
        return self._joined(*fields, *(() if self.apart is None else (self.apart,)))

    @property
    def stem(self) -> str:
        """What the ids of all questions of this type, measure, subject, actor and who begin with."""
        return self._joined(self.type, self.measure, self.subject, self.actor, self.who) + "-"

    @staticmethod
    def _joined(*parts: str | None) -> str:
        return address_part("-".join("_" if p is None else p for p in parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who gives an answer: one row of a table. `side` None is a third party or an outlet."""

    id: str
    name: str
    side: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The latest answer of one claimant, its earlier ones (newest first), its state in one word and the reason."""

    claimant: Claimant
    latest: Said
    history: tuple[Said, ...] = ()
    state: State = "single"
    reason: str = ""
    flags: tuple[Flag, ...] = ()
    denied_by: tuple[str, ...] = ()  # claim ids
    origins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How two answers stand, with the sentence that says why (R9)."""

    a: str  # claim ids
    b: str
    kind: Literal["compatible", "contradicted", "not_comparable"]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why a party has no answer here: never confused with zero (R3)."""

    party: str
    kind: Silence
    sentence: str
    said: Said | None = None  # where they say that they do not know, or an outlet that they do not publish it


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its answers, the newest first; `mirrors` are the ids of claims that turn one of it round."""

    key: Key
    wording: str
    answers: tuple[Answer, ...]
    relations: tuple[Relation, ...] = ()
    missing: tuple[Missing, ...] = ()
    mirrors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The key's id."""
        return self.key.id

    @property
    def latest_at(self) -> datetime:
        """When the newest answer was given."""
        return max(a.latest.said_at for a in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What one claimant's answer was and is: `before` None for a new answer, `after` None for one that no longer counts."""

    claimant: Claimant
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How far we looked for a party's words: all its channels fetched and readable until `until`, or not (H5)."""

    party: str
    channels: int
    until: datetime | None
    complete: bool
    until_words: str = ""  # `until` in the coverage's zone, as a page prints it


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLine:
    """The latest cumulative figure of one claimant about one subject. There is no form of it without a claim."""

    claimant: Claimant
    subject: str
    who: str
    measure: str
    said: Said
    own: bool  # the claimant's own side's losses
    state: State
    reason: str
    change: Said | None = None  # the figure before this one, if it differs
    flags: tuple[Flag, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Own losses and losses claimed for the enemy, in separate tables (R5), ordered by party, who, measure; and
    where a party has no figure of its own, why. `unnamed` are figures for which the text names no source."""

    own: tuple[TallyLine, ...]
    enemy: tuple[TallyLine, ...]
    third: tuple[TallyLine, ...] = ()
    unnamed: tuple[TallyLine, ...] = ()
    missing: tuple[tuple[str, str, str, Missing], ...] = ()  # (subject, who, measure, why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """One line of an overview or summary, before it is phrased: the claims that it rests on, in order, and the claim
    that it links to ("before that, X had said the same")."""

    said: tuple[Said, ...]
    missing: tuple[Missing, ...] = ()
    linked: tuple[Said, ...] = ()
    link: Link = ""
    topic: str = ""
