"""Totals that are lower now than their claimant gave them before: what the desk is warned of (R8)."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Lock
from typing import Final

from sayso.desk.questions import Lowered
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.model.question import Said, TallyLine
from sayso.reconcile import first_given, in_words, wording

#: How long the desk is warned of a lower total, from when we first saw it. [ours] Nobody has to click it away, so that
#: it needs no row in the ledger and every editor sees it, also who comes on the next day.
WARNED_FOR: Final = timedelta(hours=48)


class Lowering:
    """The lowered totals of one coverage, kept from one look to the next; safe for many threads."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._standing = Standing(room.store, room.coverage)
        self._one_at_a_time = Lock()

    def now(self) -> tuple[Lowered, ...]:
        """The totals that were lowered in the last 48 hours and stand, the newest first; times are UTC."""
        with self._one_at_a_time:
            self._standing.follow()
            return tuple(sorted(self._lowered(), key=lambda x: x.said_at, reverse=True))

    def _lowered(self) -> Iterator[Lowered]:
        since = self._room.clock.now() - WARNED_FOR
        for line in self._standing.tally_lines():
            if "revised_down" not in line.flags or line.change is None or line.said.withdrawn:
                continue
            question = self._standing.grouping.root(line.question)
            first = first_given(line, self._standing.answers(question), conflict=self._room.coverage.conflict)
            if first.seen_at >= since:
                yield self._told(question, line, first, line.change)

    def _told(self, question: str, line: TallyLine, first: Said, before: Said) -> Lowered:
        key = self._standing.key(question)
        return Lowered(
            question=question,
            wording=wording(key, self._room.coverage.conflict) if key else question,
            claimant=line.claimant.name,
            figure=figure(first),
            said_at=first.said_at,
            before=figure(before),
            before_at=before.said_at,
        )


def figure(said: Said) -> str:
    """The figure of a claim as it was said; empty without one."""
    return in_words(said.claim.count) if said.claim.count else ""
