"""How each question stands, kept from one change of the ledger to the next: only what a change touched is made anew.

However many claims a coverage has, a question is looked at through the newest answers of its newest claimants, so that
neither a page nor a new statement has to wait for the old ones. Older answers are still found under their question.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from sayso.model.coverage import Coverage
from sayso.model.grouping import Grouping, marked
from sayso.model.question import Checked, Key, Question, Said, TallyLine
from sayso.reconcile import (
    denial_times,
    denies,
    latest_of,
    mirror_ranges,
    missing_for,
    question,
    questions_of,
    tally_lines,
    tells_some,
)
from sayso.store import Struck, Touched

#: Answers of one claimant that are looked at, and claimants of one question: the newest.
OF_EACH: Final = 24
MOUTHS: Final = 48
#: Questions about the blame of one side that are looked through for what turns another round.
MIRRORS: Final = 16
#: Questions that are kept at once, and days of denials.
KEPT: Final = 4_000
KEPT_DAYS: Final = 400
#: What every id of a question about a whole side's losses holds.
TOTAL: Final = ("casualties-", "-total-")


class Answers(Protocol):
    """The part of the store that is asked: as it stands now, or stood after a row of the ledger."""

    def answers(self, question: str, *, of_each: int, mouths: int) -> tuple[Said, ...]:
        """The newest answers of the newest claimants of a question."""
        ...

    def said(
        self,
        *,
        statement: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        points: str | None = None,
    ) -> tuple[Said, ...]:
        """The claims of a statement, or those said in a time that may deny or mirror those of a type."""
        ...

    def asked_by(self, *, prefix: str, mouth: str) -> tuple[str, ...]:
        """Questions with that beginning that have a claimant with that beginning."""
        ...

    def asked_between(self, first: str, last: str, *, newest: int) -> tuple[str, ...]:
        """Questions from one id to another."""
        ...

    def questions(self, *, containing: Sequence[str]) -> tuple[tuple[str, int, datetime], ...]:
        """The questions with those parts in their ids."""
        ...

    def size(self) -> int:
        """How many rows the ledger has."""
        ...

    def touched(self, after: int) -> Touched:
        """What the rows after that one changed."""
        ...

    def grouping(self) -> Grouping:
        """What editors decided about questions."""
        ...

    def struck(self) -> tuple[Struck, ...]:
        """The takedowns of answers."""
        ...

    def asked(self, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The questions that claims answer, by the claims' ids."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A question without its silences, which depend on when we looked, and the claims that it was made of."""

    question: Question
    said: tuple[Said, ...]


class Standing:
    """The questions of one coverage as they stood after the last row of the ledger that it followed."""

    def __init__(self, store: Answers, coverage: Coverage) -> None:
        self._store = store
        self._coverage = coverage
        self._conflict = coverage.conflict
        self._titles = {s.name: s.title for s in coverage.sources}
        self.grouping = store.grouping()
        self._forget()
        self._seq: int | None = None

    def _forget(self) -> None:
        self._kept: OrderedDict[str, Kept | None] = OrderedDict()
        self._denials: OrderedDict[tuple[str, date], tuple[Said, ...]] = OrderedDict()
        self._lines: dict[str, tuple[TallyLine, ...]] = {}
        self._totals: set[str] | None = None
        self._struck: tuple[Struck, ...] | None = None

    def follow(self) -> None:
        """Look at what changed since the last call; what it touched is looked at anew when next asked for."""
        if self._seq is None:
            self._seq = self._store.size()
            self.grouping = self._store.grouping()
            return
        touched = self._store.touched(self._seq)
        marks = self.grouping.marks
        if touched.all or touched.regrouped:
            self.grouping = self._store.grouping()
        if touched.all:
            self._forget()
        for statement in {s for s, _ in marks.items() ^ self.grouping.marks.items()}:
            self._drop_statement(statement)
        for id_ in touched.questions:
            self._drop(id_)
        for said in touched.pointing:
            self._drop_around(said)
        self._seq = touched.seq

    def _drop(self, id_: str) -> None:
        self._kept.pop(id_, None)
        self._lines.pop(id_, None)
        if self._totals is not None and is_total(id_):
            self._totals.add(id_)

    def _drop_statement(self, statement: str) -> None:
        """Forget all questions that the claims of a statement answer."""
        said = self._store.said(statement=statement)
        for id_ in {i for ids in self._store.asked(s.id for s in said).values() for i in ids}:
            self._drop(id_)

    def _drop_around(self, said: Said) -> None:
        """Forget what a claim may deny or turn round in other questions."""
        target = said.claim.target
        if target is None:
            ranges = [r for key in self.keys(said) for r in mirror_ranges(key, self._conflict)]
            near = {i for first, last in ranges for i in self.grouping.leads_to(first, last)}
            for id_ in [i for i in self._kept if i in near or any(first <= i <= last for first, last in ranges)]:
                self._drop(id_)
            return
        self._denials.pop((target.type, said.said_at.date()), None)
        for id_, kept in list(self._kept.items()):
            if kept is not None and kept.question.key.type == target.type and self._is_denied(kept.question, said):
                self._drop(id_)
        if target.type == "casualties":
            self._lines.clear()

    def _is_denied(self, found: Question, denial: Said) -> bool:
        return any(denial.id in a.denied_by or denies(denial, a.latest, conflict=self._conflict) for a in found.answers)

    def titled(self, said: Iterable[Said]) -> tuple[Said, ...]:
        """The claims with their outlets' titles in place of the sources' names, and with editors' marks."""
        titled = tuple(replace(s, outlet=self._titles.get(s.source, s.outlet)) for s in said)
        marks = {
            k: v for i in {s.statement for s in titled} & set(self.grouping.marks) for k, v in self._marks(i).items()
        }
        return tuple(replace(s, unverifiable=marks[s.id]) if s.id in marks else s for s in titled)

    def _marks(self, statement: str) -> dict[str, str]:
        """The claims of a statement that editors marked, by their ids, each with the reason."""
        said = self._store.said(statement=statement)
        asked = {number_in(s): (s.claim, tuple(k.id for k in self.keys(s))) for s in said}
        found = marked(asked, self.grouping.marks[statement])
        return {s.id: found[number_in(s)] for s in said if number_in(s) in found}

    def keys(self, said: Said) -> tuple[Key, ...]:
        """The questions computed from a claim."""
        day = self._coverage.local_day(said.said_at)
        return questions_of(said.claim, said_at=said.said_at, conflict=self._conflict, day=day)

    def asked(self, said: Sequence[Said]) -> dict[str, tuple[str, ...]]:
        """The ids of the questions under which each claim is answered, by the claim's id: those computed from it first, in
        their order, then those that editors moved it to."""
        computed = {s.id: tuple(self.grouping.root(k.id) for k in self.keys(s)) for s in said}
        if not self.grouping.merges and not self.grouping.sources:
            return computed
        stand = self._store.asked(computed)
        return {
            i: (
                *(q for q in dict.fromkeys(ids) if q in stand.get(i, ())),
                *(q for q in stand.get(i, ()) if q not in ids),
            )
            for i, ids in computed.items()
        }

    def struck(self, id_: str) -> tuple[datetime, ...]:
        """When answers to a question, or to what was put together with it, were taken down, oldest first."""
        if self._struck is None:
            self._struck = self._store.struck()
        ids = {id_, *self.grouping.sources.get(id_, ())}
        return tuple(s.at for s in self._struck if any(s.struck(i) for i in ids))

    def key(self, id_: str) -> Key | None:
        """The key of the question of that id; None if no counted claim answers it and no editor decided about it."""
        return self.key_of(id_, self._store.answers(id_, of_each=1, mouths=MOUTHS))

    def key_of(self, id_: str, said: Iterable[Said]) -> Key | None:
        """The key that a question's claims compute, else the one that an editor gave it."""
        found = (k for s in said for k in self.keys(s) if k.id == id_)
        return next(found, self.grouping.keys.get(id_))

    def question(self, id_: str, checked: Sequence[Checked]) -> Question | None:
        """The question of that id with its answers, None if no counted claim answers it."""
        kept = self._question(id_)
        if kept is None:
            return None
        on = self._coverage.local_day(kept.said[-1].said_at)
        silences = missing_for(kept.question.key, kept.said, checked=checked, conflict=self._conflict, on=on)
        return replace(kept.question, missing=silences)

    def _question(self, id_: str) -> Kept | None:
        if id_ not in self._kept:
            self._kept[id_] = self._made(id_)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(id_)
        return self._kept[id_]

    def _made(self, id_: str) -> Kept | None:
        said = self.answers(id_)
        key = self.key_of(id_, said)
        if key is None or not said:
            return None
        computed = (self.keys(s) for s in said)
        brought = [k for keys in computed if id_ not in {k.id for k in keys} for k in keys]
        others = (*self.denials(key.type, said), *self.mirrors((key, *brought), beside=id_))
        on = self._coverage.local_day(said[-1].said_at)
        return Kept(question(key, said, conflict=self._conflict, others=others, on=on), said)

    def answers(self, id_: str) -> tuple[Said, ...]:
        """The claims through which a question is looked at, in order."""
        return self.titled(self._store.answers(id_, of_each=OF_EACH, mouths=MOUTHS))

    def mirrors(self, keys: Iterable[Key], *, beside: str) -> tuple[Said, ...]:
        """The claims of other questions that may turn round one that answers these; all but those of `beside`."""
        ids = dict.fromkeys(
            id_
            for first, last in dict.fromkeys(r for key in keys for r in mirror_ranges(key, self._conflict))
            for near in (self._store.asked_between(first, last, newest=MIRRORS), self.grouping.leads_to(first, last))
            for id_ in near
        )
        return tuple(s for id_ in ids if id_ != beside for s in self.answers(id_))

    def denials(self, type_: str, said: Iterable[Said]) -> tuple[Said, ...]:
        """The denials of that type of claim that were said when they may point at what a claimant now answers."""
        days = {day for s in latest_of(said, self._conflict) for day in days_between(*denial_times(s))}
        return tuple(d for day in sorted(days) for d in self._denials_of(type_, day))

    def _denials_of(self, type_: str, day: date) -> tuple[Said, ...]:
        if (type_, day) not in self._denials:
            begin = datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")
            said = self._store.said(since=begin, until=begin + timedelta(days=1), points=type_)
            self._denials[type_, day] = self.titled(s for s in said if s.claim.type == "denial")
            if len(self._denials) > KEPT_DAYS:
                self._denials.popitem(last=False)
        self._denials.move_to_end((type_, day))
        return self._denials[type_, day]

    def tally_lines(self) -> Iterator[TallyLine]:
        """The lines of the tally, question by question."""
        if self._totals is None:
            self._totals = {id_ for id_, _, _ in self._store.questions(containing=TOTAL) if is_total(id_)}
        for id_ in sorted(self._totals):
            if id_ not in self._lines:
                said = self.answers(id_)
                heard = (*said, *self.denials("casualties", said))
                self._lines[id_] = tally_lines(heard, conflict=self._conflict)
            yield from self._lines[id_]

    def tells_some(self, party: str, status: str, measure: str) -> bool:
        """Whether a party gives figures of single events or places for its own losses of that kind."""
        ids = (party, *(g.id for g in self._conflict.groups if self._conflict.overlap(party, g.id)))
        return any(
            tells_some(s, party, status, measure, self._conflict)
            for subject in ids
            for side in ids
            for asked in self._store.asked_by(
                prefix=Key(type="casualties", measure=measure, subject=subject, who=status).stem, mouth=f"{side} "
            )
            for s in self.answers(asked)
        )


def number_in(said: Said) -> int:
    """The number of a claim in its statement."""
    return int(said.id.rpartition(".")[2])


def is_total(id_: str) -> bool:
    """Whether a question is about the losses of a whole side over a time, by its id."""
    return id_.startswith(TOTAL[0]) and TOTAL[1] in id_ and id_.endswith("-_-_")


def days_between(first: datetime, last: datetime) -> Iterator[date]:
    """The days (UTC) from one time to the other, both inclusive."""
    day = first.date()
    while day <= last.date():
        yield day
        day += timedelta(days=1)
