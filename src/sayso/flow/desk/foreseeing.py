"""What accepting the claims of a statement would change, against what counts now: the desk's "will change" line."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, NamedTuple

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.model.foreseen import Foreseen
from sayso.model.question import Key, Said
from sayso.reconcile import foreseen, moment

#: Claims of the denied type that a denial is held against: the newest of the week that it reaches back.
DENIED_REACH: Final = timedelta(days=7)
DENIED_AT_ONCE: Final = timedelta(days=1)
MOST_DENIED: Final = 300
#: Statements whose foresight is kept.
KEPT: Final = 3_000


class Kept(NamedTuple):
    """What was foreseen for these claims, the questions that it rests on, and the types of claim that they deny."""

    said: tuple[Said, ...]
    found: tuple[Foreseen, ...]
    questions: frozenset[str]
    types: frozenset[str]
    denied: tuple[str, ...]


class Foreseeing:
    """The foresight of one coverage, kept until a question that it rests on changes; safe for many threads.

    A question is looked at through the newest answers of its newest claimants, a denial through the newest claims of
    what it denies: however long the war, a statement costs the same.
    """

    def __init__(self, room: Newsroom) -> None:
        self._store = room.store
        self._conflict = room.coverage.conflict
        self._standing = Standing(room.store, room.coverage)
        self._seq = room.store.size()
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        # while statements are looked at together: they ask the same
        self._heard: dict[str, tuple[Said, ...]] = {}
        self._denied: dict[tuple[str, datetime], tuple[Said, ...]] = {}
        self._one_at_a_time = Lock()

    def of(self, statement_id: str) -> tuple[Foreseen, ...]:
        """What accepting the claims of a statement that do not count yet would change, claim by claim, the gravest first;
        empty for one that is not there."""
        return self.each({statement_id: self._store.suggested(statement_id)})[statement_id]

    def told_by(self, statement_id: str) -> tuple[Foreseen, ...]:
        """What those claims of a statement that count changed when they were said."""
        return self.each({statement_id: self._store.said(statement=statement_id)})[statement_id]

    def each(self, claims: Mapping[str, tuple[Said, ...]]) -> dict[str, tuple[Foreseen, ...]]:
        """For each statement what those of its claims that do not count yet (`by` "none") would change, and what the others
        changed when they were said."""
        with self._one_at_a_time:
            self._follow()
            self._heard, self._denied = {}, {}
            return {id_: self._looked_at(id_, said) for id_, said in claims.items()}

    def _follow(self) -> None:
        """Forget what rests on a question, a denial or a denied claim that changed since the last call."""
        touched = self._store.touched(self._seq)
        self._standing.follow()
        self._seq = touched.seq
        if touched.all or touched.regrouped:
            self._kept.clear()
        denied = {s.claim.target.type for s in touched.pointing if s.claim.target is not None}
        if touched.questions or denied:
            stale = [id_ for id_, k in self._kept.items() if self._is_stale(k, touched.questions, denied)]
            for id_ in stale:
                del self._kept[id_]

    def _is_stale(self, kept: Kept, questions: frozenset[str], denied: set[str]) -> bool:
        told_anew = any(q.startswith(kept.denied) for q in questions) if kept.denied else False
        return told_anew or bool(kept.questions & questions or kept.types & denied)

    def _looked_at(self, statement_id: str, said: tuple[Said, ...]) -> tuple[Foreseen, ...]:
        kept = self._kept.get(statement_id)
        if kept is None or kept.said != said:
            kept = self._kept[statement_id] = self._look(said)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(statement_id)
        return kept.found

    def _look(self, said: tuple[Said, ...]) -> Kept:
        asked = {s.id: self._asked(s) for s in said}
        return Kept(
            said=said,
            found=tuple(f for s in self._standing.titled(said) for f in self._foreseen(s, asked[s.id])),
            questions=frozenset(k.id for keys in asked.values() for k in keys),
            types=frozenset(s.claim.type for s in said),
            denied=tuple(f"{s.claim.target.type}-" for s in said if s.claim.target is not None),
        )

    def _asked(self, said: Said) -> tuple[Key, ...]:
        """The questions that a claim answers or would answer, as editors put them together."""
        grouping = self._standing.grouping
        roots = {grouping.root(k.id): k for k in self._standing.keys(said)}
        return tuple(grouping.keys.get(root, key) for root, key in roots.items())

    def _foreseen(self, said: Said, asked: tuple[Key, ...]) -> Iterator[Foreseen]:
        def around(found: Iterable[Said]) -> list[Said]:
            """The claims of other statements; for one that counts those that came before it."""
            beside = (s for s in found if s.statement != said.statement)
            return [s for s in beside if said.by == "none" or moment(s) < moment(said)]

        pointing = around(self._pointing(said)) if asked else []
        for key in asked:
            heard = around(self._answers(key.id))
            yield from foreseen(said, key, heard, pointing=pointing, conflict=self._conflict)
            pointing = []  # a denial is told once, however many questions it answers

    def _answers(self, question: str) -> tuple[Said, ...]:
        if question not in self._heard:
            self._heard[question] = self._standing.answers(question)
        return self._heard[question]

    def _pointing(self, said: Said) -> tuple[Said, ...]:
        """The denials that may point at a claim; where it is one, the claims at which it may point."""
        target = said.claim.target
        if said.claim.type != "denial" or target is None:
            return self._standing.denials(said.claim.type, (said,))
        since, until = said.said_at - DENIED_REACH, said.said_at + DENIED_AT_ONCE
        return tuple(s for s in self._of_type(target.type, said.said_at) if since <= s.said_at < until)

    def _of_type(self, type_: str, around: datetime) -> tuple[Said, ...]:
        """The newest claims of a type in the days round a time, as whole days: denials of one day ask for the same."""
        day = around.replace(hour=0, minute=0, second=0, microsecond=0)
        if (type_, day) not in self._denied:
            since, until = day - DENIED_REACH, day + DENIED_AT_ONCE + timedelta(days=1)
            found = self._store.said(types=(type_,), since=since, until=until, newest=MOST_DENIED)
            self._denied[type_, day] = self._standing.titled(found)
        return self._denied[type_, day]
