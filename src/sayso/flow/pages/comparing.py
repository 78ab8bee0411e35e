"""The store's claims -> questions, tally and lines, as they stand now: what the pages of one coverage compare."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

import structlog

from sayso.errors import Refused
from sayso.flow.arrival.looking import looked_through
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.model.coverage import Coverage
from sayso.model.post import Line
from sayso.model.question import Bullet, Checked, Claimant, Question, Said, Tally
from sayso.model.vocabulary import MIRRORED
from sayso.publish.lines import line
from sayso.publish.phrase import said_in_its_words
from sayso.publish.titles import is_enemy_loss
from sayso.reconcile import claimant_of, day_bullets, denies, summary_bullets, tally_of

log = structlog.get_logger()

#: Newest claims that a page looks through for what is disputed, and for what is not reported.
RECENT: Final = 300
#: How far back a denial of the day may point, and claims of that time that are looked through.
BEFORE: Final = timedelta(days=7)
MOST_BEFORE: Final = 1_000
#: Denials that a list of changes follows to what they deny.
MOST_DENIALS: Final = 40


class Comparison:
    """How all counted claims stand at one public number; made anew when something changed, lazy inside."""

    def __init__(self, room: Newsroom, *, world: datetime, standing: Standing | None = None) -> None:
        standing = standing or Standing(room.store, room.coverage)
        self._room = room
        self._store = room.store
        self._standing = standing
        self.world = world
        self.coverage: Coverage = room.coverage
        self.conflict = room.coverage.conflict
        self.now = room.clock.now()
        self._texts: dict[str, str] = {}
        self._overviews: dict[date, tuple[Line, ...]] = {}
        self.titled = standing.titled
        self.asked = standing.asked
        self.struck = standing.struck
        self.grouping = standing.grouping

    def mouth(self, said: Said) -> str:
        """The name of whoever makes a claim."""
        return claimant_of(said, self.conflict).name

    def claimant(self, said: Said) -> Claimant:
        """Whoever makes a claim."""
        return claimant_of(said, self.conflict)

    def words(self, said: Said) -> str:
        """The statement's own words for a claim."""
        if said.statement not in self._texts:
            statement = self._store.statement(said.statement)
            self._texts[said.statement] = statement.text if statement else ""
        return self._texts[said.statement][slice(*said.claim.span)]

    def sentence(self, said: Said) -> str:
        """The words of a claim in the whole sentence that holds them, for a text that retells it; the bare words where the
        sentence gives a figure for the other side (H4)."""
        claim, reading = said.claim, self._store.reading(said.statement)
        around = [p for p in reading.passages if p.span.covers(claim.span)] if reading else []
        if not said_in_its_words(claim) or not around or any(is_enemy_loss(c, self.conflict) for c in around[0].claims):
            return self.words(said)
        return around[0].text

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """For each party how far its channels were looked through (H5): as noted in the ledger, where it was noted."""
        noted = self._store.looked()
        if noted is not None:
            return noted
        if self._store.is_past():  # nothing was noted then, and how fetching goes now says nothing about it
            parties = (p.id for p in self.conflict.parties)
            return tuple(Checked(party=p, channels=1, until=None, complete=False) for p in parties)
        return looked_through(self._room, world=self.world)

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or what an editor put it together with; None if no counted claim answers it."""
        return self._standing.question(self.grouping.root(question_id), self.checked)

    def claims(self, ids: Iterable[str]) -> tuple[Said, ...]:
        """The claims of those ids that count, in the order given."""
        return self.titled(s for i in ids if (s := self._store.claim(i)) is not None and s.by != "none")

    @cached_property
    def tally(self) -> Tally:
        """The tally of all counted claims."""
        quiet = self.titled(self._store.said(types=("not_reported",), newest=RECENT))
        tells = self._standing.tells_some
        lines = self._standing.tally_lines()
        return tally_of(lines, quiet=quiet, tells=tells, conflict=self.conflict, checked=self.checked)

    def of_day(self, day: date) -> tuple[Said, ...]:
        """The claims said on a local day."""
        return self.titled(self._store.said(since=self._begin(day), until=self._begin(day + timedelta(days=1))))

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.coverage.tz)

    def moved_between(self, first: int, last: int, *, newest: int) -> tuple[str, ...]:
        """The questions whose answers changed with these rows of the ledger, those that moved last first."""
        return self._store.questions_moved(first, last, newest=newest)

    def denied_between(self, first: int, last: int) -> tuple[str, ...]:
        """The questions with an answer that a denial points at which came, or went, with these rows of the ledger."""
        found: list[Said] = []
        for denial in self.titled(self._store.denials_moved(first, last, newest=MOST_DENIALS)):
            if denial.claim.target is not None:
                said = self._store.said(
                    types=(denial.claim.target.type,), since=denial.said_at - BEFORE, newest=RECENT,
                    until=denial.said_at + timedelta(days=1),
                )  # fmt: skip
                found += [s for s in self.titled(said) if denies(denial, s, conflict=self.conflict)]
        asked = self._standing.asked(found)
        return tuple(dict.fromkeys(q for ids in asked.values() for q in ids))

    def overview(self, day: date) -> tuple[Line, ...]:
        """The overview of a day, drafted from its claims by rule; every line cites them."""
        if day not in self._overviews:
            today = self.of_day(day)
            before = self._before(today, self._begin(day))
            bullets = day_bullets(today, conflict=self.conflict, before=before, checked=self.checked)
            self._overviews[day] = self.lines(bullets)
        return self._overviews[day]

    def _before(self, today: Iterable[Said], begin: datetime) -> tuple[Said, ...]:
        """What was said before the day that its claims may deny or turn round."""
        since = begin - BEFORE
        heard = {s.claim.type for s in today}
        denied = sorted({s.claim.target.type for s in today if s.claim.target})
        found = [*self._store.said(types=denied, since=since, until=begin, newest=MOST_BEFORE)] if denied else []
        for type_ in sorted(heard & {"control", "casualties"}):
            found += self._store.said(types=(type_,), since=since, until=begin, newest=RECENT)
        if "control" in heard:
            found += self._store.said(points="control", since=since, until=begin, newest=RECENT)
        asked = self._standing.asked([s for s in today if s.claim.type in MIRRORED])
        questions = (self.question(id_) for id_ in dict.fromkeys(i for ids in asked.values() for i in ids))
        turned = self.claims(dict.fromkeys(m for q in questions if q is not None for m in q.mirrors))
        return tuple({s.id: s for s in (*self.titled(found), *turned) if s.said_at < begin}.values())

    @cached_property
    def summary(self) -> tuple[Line, ...]:
        """The lines of "What is claimed"."""
        claimed = self.titled(self._store.said(types=("control",), newest=RECENT))
        denied = self.titled(self._store.said(points="control", newest=RECENT))
        return self.lines(summary_bullets(self.tally, (*claimed, *denied), conflict=self.conflict))

    def lines(self, bullets: Iterable[Bullet]) -> tuple[Line, ...]:
        """Each bullet as a line of text with its citations."""
        return tuple(made for b in bullets if (made := self._line(b)) is not None)

    def _line(self, bullet: Bullet) -> Line | None:
        """The bullet as text; None, and a line in the log, where it would hold a number that no claim says (R19)."""
        quotes = self.coverage.replay.quotes if self.coverage.replay else "free"
        try:
            return line(bullet, conflict=self.conflict, mouth=self.mouth, words=self.sentence, quotes=quotes)
        except Refused as err:
            log.error("overview.line_refused", error=str(err))
            return None
