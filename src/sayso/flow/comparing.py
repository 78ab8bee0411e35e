"""The store's claims -> questions, tally and lines, as they stand now: what the pages of one coverage compare."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

import structlog

from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.model.coverage import Coverage
from sayso.model.post import Line
from sayso.model.question import Bullet, Checked, Claimant, Key, Question, Said, Tally
from sayso.publish.lines import line
from sayso.reconcile import claimant_of, day_bullets, question, questions_of, summary_bullets, tally

log = structlog.get_logger()

#: A channel that has not answered for so many of its intervals (and at least so long) was not checked (H5).
STALE_INTERVALS = 5
STALE_AT_LEAST = timedelta(minutes=2)
#: Claims that may deny or mirror those of another question.
POINTING = ("denial", "accusation", "truce")


class Comparison:
    """How all counted claims stand at one public number; made anew when something changed, lazy inside."""

    def __init__(self, room: Newsroom, *, world: datetime) -> None:
        self._room = room
        self._store = room.store
        self.world = world
        self._questions: dict[str, Question | None] = {}
        self.coverage: Coverage = room.coverage
        self.conflict = room.coverage.conflict
        self.now = room.clock.now()

    def titled(self, said: Iterable[Said]) -> tuple[Said, ...]:
        """The claims with their outlets' titles in place of the sources' names."""
        titles = {s.name: s.title for s in self.coverage.sources}
        return tuple(replace(s, outlet=titles.get(s.source, s.outlet)) for s in said)

    def mouth(self, said: Said) -> str:
        """The name of whoever makes a claim."""
        return claimant_of(said, self.conflict).name

    def claimant(self, said: Said) -> Claimant:
        """Whoever makes a claim."""
        return claimant_of(said, self.conflict)

    def words(self, said: Said) -> str:
        """The statement's own words for a claim."""
        statement = self._store.statement(said.statement)
        return statement.text[slice(*said.claim.span)] if statement else ""

    @cached_property
    def all(self) -> tuple[Said, ...]:
        """Every counted claim, oldest first."""
        return self.titled(self._store.said())

    @cached_property
    def pointing(self) -> tuple[Said, ...]:
        """Denials, accusations and broken truces, which point at claims of other questions."""
        return tuple(s for s in self.all if s.claim.type in POINTING)

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """For each party how far its channels were looked through (H5)."""
        return tuple(self._checked(p.id) for p in self.conflict.parties)

    def _checked(self, party: str) -> Checked:
        health = {h.source: h for h in self._store.health()}
        channels = [s for s in self.coverage.sources if s.party == party]
        complete = all(
            (h := health.get(s.name)) is not None and h.error is None and h.ok_at is not None
            and self.world - h.ok_at <= max(timedelta(seconds=s.interval_s * STALE_INTERVALS), STALE_AT_LEAST)
            and (s.lang is None or s.lang in self.coverage.languages)
            for s in channels
        )  # fmt: skip
        until = self.now
        if complete and channels and self.coverage.replay is None:  # as far as the channel that was asked longest ago
            until -= self.world - min(h.ok_at for s in channels if (h := health[s.name]).ok_at is not None)
        words = until.astimezone(self.coverage.tz)
        return Checked(
            party=party, channels=len(channels), until=until, complete=complete and bool(channels),
            until_words=f"{words.day} {words:%b %H:%M}",
        )  # fmt: skip

    def question(self, question_id: str) -> Question | None:
        """The question of that id with all its answers, None if no counted claim answers it."""
        if question_id not in self._questions:
            self._questions[question_id] = self._question(question_id)
        return self._questions[question_id]

    def _question(self, question_id: str) -> Question | None:
        said = self.titled(self._store.said(question=question_id))
        key = next((k for s in said for k in self.keys(s) if k.id == question_id), None)
        if key is None:
            return None
        on = self.coverage.local_day(said[-1].said_at)
        return question(key, said, conflict=self.conflict, others=self.pointing, checked=self.checked, on=on)

    def keys(self, said: Said) -> tuple[Key, ...]:
        """The questions that a claim answers."""
        day = self.coverage.local_day(said.said_at)
        return questions_of(said.claim, said_at=said.said_at, conflict=self.conflict, day=day)

    @cached_property
    def tally(self) -> Tally:
        """The tally of all counted claims."""
        return tally(self.all, conflict=self.conflict, checked=self.checked)

    def of_day(self, day: date) -> tuple[Said, ...]:
        """The claims said on a local day."""
        begin = datetime.combine(day, time(), self.coverage.tz)
        end = datetime.combine(day + timedelta(days=1), time(), self.coverage.tz)
        return tuple(s for s in self.all if begin <= s.said_at < end)

    def overview(self, day: date) -> tuple[Line, ...]:
        """The overview of a day, drafted from its claims by rule; every line cites them."""
        today = self.of_day(day)
        before = tuple(s for s in self.all if today and s.said_at < today[0].said_at)
        return self.lines(day_bullets(today, conflict=self.conflict, before=before, checked=self.checked))

    @cached_property
    def summary(self) -> tuple[Line, ...]:
        """The lines of "What is claimed"."""
        return self.lines(summary_bullets(self.all, conflict=self.conflict, checked=self.checked))

    def lines(self, bullets: Iterable[Bullet]) -> tuple[Line, ...]:
        """Each bullet as a line of text with its citations."""
        return tuple(made for b in bullets if (made := self._line(b)) is not None)

    def _line(self, bullet: Bullet) -> Line | None:
        """The bullet as text; None, and a line in the log, where it would hold a number that no claim says (R19)."""
        quotes = self.coverage.replay.quotes if self.coverage.replay else "free"
        try:
            return line(bullet, conflict=self.conflict, mouth=self.mouth, words=self.words, quotes=quotes)
        except Refused as err:
            log.error("overview.line_refused", error=str(err))
            return None
