"""What accepting the claims of a statement would change, against what counts now: the desk's "will change" line."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from threading import Lock
from typing import Final, NamedTuple

from sayso.flow.newsroom import Newsroom
from sayso.flow.standing import Standing
from sayso.model.foreseen import Foreseen
from sayso.model.question import Key, Said
from sayso.reconcile import foreseen, moment

#: Claims of the denied type that a denial is held against: the newest of the week that it reaches back.
DENIED_REACH: Final = timedelta(days=7)
DENIED_AT_ONCE: Final = timedelta(days=1)
MOST_DENIED: Final = 300
#: Statements whose foresight is kept.
KEPT: Final = 1_000


class Kept(NamedTuple):
    """What was foreseen for these claims, and the questions that it rests on."""

    said: tuple[Said, ...]
    found: tuple[Foreseen, ...]
    questions: frozenset[str]


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
        self._kept: OrderedDict[tuple[str, bool], Kept] = OrderedDict()
        self._one_at_a_time = Lock()

    def of(self, statement_id: str) -> tuple[Foreseen, ...]:
        """What accepting the claims of a statement that do not count yet would change, claim by claim, the gravest first;
        empty for one that is not there."""
        with self._one_at_a_time:
            self._follow()
            return self._of(statement_id, self._store.suggested(statement_id), counts=False)

    def told_by(self, statement_id: str) -> tuple[Foreseen, ...]:
        """What those claims of a statement that count changed when they were said."""
        with self._one_at_a_time:
            self._follow()
            return self._of(statement_id, self._store.said(statement=statement_id), counts=True)

    def _follow(self) -> None:
        """Forget what rests on a question that changed since the last call."""
        touched = self._store.touched(self._seq)
        self._standing.follow()
        if touched.all or touched.regrouped or touched.pointing:
            self._kept.clear()
        elif touched.questions:
            stale = [k for k, kept in self._kept.items() if kept.questions & touched.questions]
            for key in stale:
                del self._kept[key]
        self._seq = touched.seq

    def _of(self, statement_id: str, said: tuple[Said, ...], *, counts: bool) -> tuple[Foreseen, ...]:
        kept = self._kept.get((statement_id, counts))
        if kept is None or kept.said != said:
            asked = {s.id: self._asked(s) for s in said}
            found = tuple(f for s in self._standing.titled(said) for f in self._foreseen(s, asked[s.id], counts=counts))
            kept = Kept(said, found, frozenset(k.id for keys in asked.values() for k in keys))
            self._kept[statement_id, counts] = kept
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept.found

    def _asked(self, said: Said) -> tuple[Key, ...]:
        """The questions that a claim answers or would answer, as editors put them together."""
        grouping = self._standing.grouping
        roots = {grouping.root(k.id): k for k in self._standing.keys(said)}
        return tuple(grouping.keys.get(root, key) for root, key in roots.items())

    def _foreseen(self, said: Said, asked: tuple[Key, ...], *, counts: bool) -> Iterator[Foreseen]:
        def around(found: Iterable[Said]) -> list[Said]:
            beside = (s for s in found if s.statement != said.statement)
            return [s for s in beside if not counts or moment(s) < moment(said)]

        pointing = around(self._pointing(said)) if asked else []
        for key in asked:
            heard = around(self._standing.answers(key.id))
            yield from foreseen(said, key, heard, pointing=pointing, conflict=self._conflict)
            pointing = []  # a denial is told once, however many questions it answers

    def _pointing(self, said: Said) -> tuple[Said, ...]:
        """The denials that may point at a claim; where it is one, the claims at which it may point."""
        target = said.claim.target
        if said.claim.type != "denial" or target is None:
            return self._standing.denials(said.claim.type, (said,))
        found = self._store.said(
            types=(target.type,), since=said.said_at - DENIED_REACH, until=said.said_at + DENIED_AT_ONCE,
            newest=MOST_DENIED,
        )  # fmt: skip
        return self._standing.titled(found)
