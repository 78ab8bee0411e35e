"""Store + reconcile -> what the reader's pages are drawn from. Only what is public comes out of here."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

from sayso.errors import Refused
from sayso.flow.alone import alone
from sayso.flow.arrival.pasting import source_named
from sayso.flow.clock import StoppedClock, world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.changing import changed_page_of
from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.gathered import GatheredViews
from sayso.flow.pages.gathering import place_of, places_named
from sayso.flow.pages.paging import paging_pair, paging_token
from sayso.flow.pages.renewing import overview_shown
from sayso.flow.pages.standing import Standing
from sayso.flow.pages.status import sources_in_words
from sayso.flow.pages.streamed import StreamedViews
from sayso.flow.pages.tallying import figures_page_of, tally_page_of
from sayso.flow.pages.telling import is_public, told_of
from sayso.flow.record.proving import prove_consistent, prove_statement
from sayso.flow.record.signing import signing_key
from sayso.flow.setup.configuring import reconfigured
from sayso.model.event import KeptApart
from sayso.model.page import (
    AnswersPage,
    ChangedPage,
    ClaimView,
    CorrectionsPage,
    DayPage,
    DaysPage,
    EntryView,
    FeedPage,
    FiguresPage,
    MethodPage,
    PageFrame,
    PostPage,
    QuestionPage,
    QuestionsPage,
    SourceHealth,
    StatementPage,
    TallyPage,
)
from sayso.model.post import STREAM, Change, Correction, Post
from sayso.model.question import Checked, Question, Said
from sayso.model.statement import Statement
from sayso.model.then import Times
from sayso.reconcile import decision_words

ENTRIES_IN_FEED = 50
QUESTIONS_A_PAGE = 200
#: Entries of a day that a slider over it marks.
MOST_MOMENTS = 1_000
MOST_ANSWERS = 2_000
CHANGES_AT_ONCE = 500
#: Where nothing notes what we could check, it is looked at again after so long: channels fall silent (H5).
COMPARED_ANEW = timedelta(seconds=20)
Days = Callable[[], tuple[date, ...]]


class CoverageViews(StreamedViews, GatheredViews):
    """The public pages of one coverage, each as it stands at the newest public change, or stood at a time (`at`)."""

    def __init__(
        self, room: Newsroom, *, feeds: bool = False, as_of: datetime | None = None, days: Days | None = None,
        times: Times | None = None,
    ) -> None:  # fmt: skip
        self._room = room
        self._store = room.store
        self._coverage = room.coverage
        self._feeds = feeds
        self._as_of, self._times = as_of, times
        self._days = days or room.store.days
        self._at: tuple[int, tuple[Checked, ...] | None] = (-1, None)
        self._compared: Comparison | None = None
        self._entries: dict[str, EntryView] = {}  # as they stand at `_at`
        self._lock = threading.RLock()
        self._standing = Standing(room.store, room.coverage)

    def n(self) -> int:
        """The number of the last public change."""
        return self._store.public_n()

    def _compare(self) -> Comparison:
        at, now = (self.n(), self._store.looked()), world_now()
        stale = at[1] is None and self._compared is not None and now - self._compared.world > COMPARED_ANEW
        if self._compared is None or at != self._at or stale:
            self._standing.follow()
            self._compared, self._at = Comparison(self._room, world=now, standing=self._standing), at
            self._entries = {}
        return self._compared

    def at(self, when: datetime) -> Self | None:
        """The same pages as they stood at that time of the coverage's clock, but for what was taken down since; None for
        a time that has not come."""
        if when > self._room.clock.now():
            return None
        replay = self._coverage.replay is not None  # its story runs faster than the world, whose times the ledger has
        row = self._store.seen_before(when) if replay else self._store.size_at(when)
        then = replace(self._room, store=self._store.at(row), clock=StoppedClock(when), heard=[])
        return type(self)(then, feeds=self._feeds, as_of=when, days=self._days, times=self._times_round(when))

    def _times_round(self, when: datetime) -> Times:
        """What else there is to see, from a page as it stood then."""
        day, now = self._coverage.local_day(when), self._room.clock.now()
        begin = datetime.combine(min((day, *self._days())), time(), self._coverage.tz)
        entries = self._store.posts(limit=MOST_MOMENTS, day=day, kinds=STREAM)
        return Times(begin=begin, end=now, moments=tuple(sorted({p.at for p in entries if p.at <= now})))

    def frame(self) -> PageFrame:
        """What stands around every page."""
        checkpoint = self._store.last_checkpoint()
        return PageFrame(
            coverage=self._coverage,
            n=self.n(),
            now=self._room.clock.now(),
            base_url=self._room.settings.base_url,
            checkpoint=f"{checkpoint.size} {checkpoint.root.hex()[:16]}" if checkpoint else "",
            given_away=self._coverage.replay is None or self._feeds,
            feed_flag="--feeds",
            as_of=self._as_of,
            times=self._times,
            text_only=self._text_only,
        )

    def day_page(self, number: int) -> DayPage | None:
        """Day `number` of the conflict, None where nothing was published on it."""
        days = {self._coverage.day_number(d): d for d in self._store.days()}
        if number not in days:
            return None
        day, compared = days[number], self._compare()
        posts = reversed(self._store.posts(limit=1_000, day=day, kinds=STREAM))
        earlier, later = [n for n in days if n < number], [n for n in days if n > number]
        moved = {i for ids in compared.asked(compared.of_day(day)).values() for i in ids}
        return DayPage(
            frame=self.frame(),
            overview=overview_shown(self._store, day, compared),
            entries=tuple(self._entry(p, compared) for p in posts),
            questions=tuple(q for i in sorted(moved) if (q := compared.question(i)) is not None),
            day_before=days[max(earlier)] if earlier else None,
            day_after=days[min(later)] if later else None,
        )

    @alone
    def days_page(self) -> DaysPage:
        """Every day with posts, newest first."""
        days = reversed(self._store.days())
        return DaysPage(
            frame=self.frame(),
            days=tuple((d, len(self._store.posts(limit=10_000, day=d, kinds=STREAM))) for d in days),
        )

    @alone
    def tally_page(self) -> TallyPage:
        """Every cumulative figure, and each party's own over time."""
        return tally_page_of(self.frame(), self._store, self._compare())

    @alone
    def figures_page(self) -> FiguresPage:
        """Every figure that stood in the tally, in the order in which they were said."""
        return figures_page_of(self.frame(), self._store, self._compare())

    @alone
    def questions_page(self, before: str | None = None) -> QuestionsPage | None:
        """Questions with an answer, the newest answer first, or those before a paging token; None for a token that we did
        not give."""
        start = paging_pair(before) if before else None
        if before and start is None:
            return None
        compared = self._compare()
        asked = self._store.questions(limit=QUESTIONS_A_PAGE + 1, before=start)
        more, asked = len(asked) > QUESTIONS_A_PAGE, asked[:QUESTIONS_A_PAGE]
        found = (compared.question(i) for i, _, _ in asked)
        return QuestionsPage(
            frame=self.frame(),
            questions=tuple(q for q in found if q is not None and q.answers),
            before=before,
            next_before=paging_token(asked[-1][2], asked[-1][0]) if more else None,
        )

    @alone
    def answers_page(self, question_id: str) -> AnswersPage | None:
        """Every claim that answers a question, the newest first; None if none does."""
        compared = self._compare()
        found = compared.question(question_id)
        if found is None:
            return None
        said = compared.titled(reversed(self._store.every_answer(found.id, newest=MOST_ANSWERS + 1)))
        shown = tuple(
            ClaimView(said=s, claimant=compared.claimant(s), words=compared.words(s)) for s in said[:MOST_ANSWERS]
        )
        return AnswersPage(frame=self.frame(), question=found, answers=shown, more=len(said) > MOST_ANSWERS)

    @alone
    def question_page(self, question_id: str) -> QuestionPage | None:
        """One question with the words of each claim in it, and the questions that turn it round."""
        compared = self._compare()
        found = compared.question(question_id)
        if found is None:
            return None
        said = [s for a in found.answers for s in (a.latest, *a.history)]
        said += compared.claims(dict.fromkeys((*found.mirrors, *(d for a in found.answers for d in a.denied_by))))
        return QuestionPage(
            frame=self.frame(),
            question=found,
            words={s.id: compared.words(s) for s in said},
            mirrors=tuple(self._mirrors(found, compared)),
            decided=tuple(
                (decision_words(d.event, self._coverage.conflict), d.event.reason)
                for d in compared.grouping.about(found.id)
                if not isinstance(d.event, KeptApart)  # which changes nothing that readers see
            ),
            claims=self._store.count_answers(found.id),
            taken_down=compared.struck(found.id),
            place=place_of(found.key, self._coverage.conflict),
        )

    @alone
    def changed_page(self, since: datetime | None) -> ChangedPage | None:
        """What changed after a time (None: since the beginning of the day); None for a time that has not come."""
        now = self._room.clock.now()
        today = datetime.combine(self._coverage.local_day(now), time(), self._coverage.tz)
        since = since or today
        earlier = self.at(since)
        if earlier is None:
            return None
        first, last = earlier._store.last_row(), self._store.last_row()
        return changed_page_of(self.frame(), since, earlier._compare(), self._compare(), rows=(first, last))

    def _mirrors(self, found: Question, compared: Comparison) -> list[Question]:
        turned = {i for ids in compared.asked(compared.claims(found.mirrors)).values() for i in ids}
        return [q for i in sorted(turned - {found.id}) if (q := compared.question(i)) is not None]

    @alone
    def statement_page(self, statement_id: str) -> StatementPage | None:
        """One statement that a published post carries or carried; None while it is held, and after a takedown."""
        statement = self._store.statement(statement_id)
        posts = tuple(p for p in self._store.posts_of(statement_id) if p.state == "published")
        if statement is None or not posts:
            return None
        compared = self._compare()
        reading = self._store.reading(statement_id)
        told = told_of(self._store, self._coverage, statement)
        return StatementPage(
            frame=self.frame(),
            statement=told.statement,
            translation=told.translation,
            withheld=told.withheld,
            source=source_named(self._coverage, statement),
            claims=self._claims(statement_id, compared),
            unread=tuple(u for p in reading.passages for u in p.unread) if reading else (),
            capture=self._store.capture(statement.capture) if statement.capture else None,
            versions=self._store.versions(statement.source, statement.key),
            posts=posts,
            gone_at=self._store.gone_at(statement_id),
        )

    def proof(self, statement_id: str) -> dict[str, Any] | None:
        """The proof for a statement that is public now; with its words where the public may have the whole of them."""
        page = self.statement_page(statement_id)
        if page is None:
            return None
        whole = page.source is not None and page.source.rehost == "full"
        return prove_statement(self._room, statement_id, told=whole)

    def consistency(self, first: int, second: int) -> dict[str, Any] | None:
        """The proof between two signed checkpoints, None where there are no two of these sizes."""
        try:
            return prove_consistent(self._room, first, second)
        except Refused:
            return None

    def checkpoint(self) -> str | None:
        """The latest signed checkpoint, as it is signed; None before the first."""
        found = self._store.last_checkpoint()
        return None if found is None else found.note

    def verifier(self) -> str:
        """The key that signs, in a line as C2SP writes it."""
        return f"{signing_key(self._room).verifier}\n"

    @alone
    def entry(self, post_id: str) -> EntryView | None:
        """One post, also as a tombstone; None if there never was one in public."""
        post = self._store.post(post_id)
        return None if post is None else self._entry(post, self._compare())

    @alone
    def post_page(self, post_id: str) -> PostPage | None:
        """One post under its own address."""
        view = self.entry(post_id)
        return None if view is None else PostPage(frame=self.frame(), entry=view)

    def _entry(self, post: Post, compared: Comparison) -> EntryView:
        kept = self._entries.get(post.id)
        if kept is None or kept.post != post:
            kept = self._entries[post.id] = self._entry_of(post, compared)
        return kept

    def _entry_of(self, post: Post, compared: Comparison) -> EntryView:
        carried = post.statements if post.state == "published" else ()
        told = [self._told(post, s, compared) for i in carried if (s := self._store.statement(i)) is not None]
        if not told:
            return EntryView(post=post)
        beside = {q.id: q for view in told for q in view.beside}
        return replace(told[0], beside=tuple(beside.values()), further=tuple(replace(v, beside=()) for v in told[1:]))

    def _told(self, post: Post, statement: Statement, compared: Comparison) -> EntryView:
        """The post as the entry of one of its statements."""
        claims, told = self._claims(statement.id, compared), told_of(self._store, self._coverage, statement)
        asked = dict.fromkeys(q for c in claims for q in c.questions)
        beside = [q for i in asked if (q := compared.question(i)) is not None and worth_showing(q)]
        return EntryView(
            post=post,
            statement=told.statement,
            victims=told.victims,
            translation=told.translation,
            withheld=told.withheld,
            source=source_named(self._coverage, statement),
            claimant=claims[0].claimant if claims else None,
            claims=claims,
            beside=tuple(beside),
            places=places_named((c.said.claim for c in claims), self._coverage.conflict),
            versions=len(self._store.versions(statement.source, statement.key)),
            gone=self._store.gone_at(statement.id) is not None,
        )

    def _claims(self, statement_id: str, compared: Comparison) -> tuple[ClaimView, ...]:
        said = compared.titled(self._said(statement_id))
        asked = compared.asked(said)
        in_order = sorted(said, key=lambda s: int(s.id.rpartition(".")[2]))
        return tuple(self._claim(s, asked[s.id], compared) for s in in_order)

    def _said(self, statement_id: str) -> tuple[Said, ...]:
        return self._store.said(statement=statement_id)

    def _claim(self, said: Said, asked: tuple[str, ...], compared: Comparison) -> ClaimView:
        claimant = compared.claimant(said)
        first = compared.question(asked[0]) if asked else None
        answers = first.answers if first else ()
        return ClaimView(
            said=said,
            claimant=claimant,
            words=compared.words(said),
            questions=asked,
            answer=next((a for a in answers if a.claimant.id == claimant.id), None),
        )

    def method_page(self) -> MethodPage:
        """How the coverage works, with the health of each source in words."""
        rows = sources_in_words(self._room)
        found = zip(self._coverage.sources, rows, strict=True)
        return MethodPage(
            frame=self.frame(),
            sources=tuple(SourceHealth(source=s, sentence=r["words"], well=not r["failing"]) for s, r in found),
            reader=self._room.reader.version,
            changes=reconfigured(self._store),
        )

    @alone
    def corrections_page(self) -> CorrectionsPage:
        """Every correction, withdrawal and takedown, newest first."""
        found: list[tuple[datetime, Post, Correction | None]] = []
        for post in self._store.posts(limit=10_000):
            found += [(c.at, post, c) for c in post.corrections if post.state == "published"]
            found += [(post.updated_at, post, None)] if post.state != "published" else []
        found.sort(key=lambda x: (x[0], x[1].id), reverse=True)
        return CorrectionsPage(frame=self.frame(), corrections=tuple((p, c) for _, p, c in found))

    @alone
    def feed_page(self) -> FeedPage:
        """The newest entries, tombstones among them."""
        compared = self._compare()
        posts = self._store.posts(limit=ENTRIES_IN_FEED, kinds=STREAM)
        return FeedPage(frame=self.frame(), entries=tuple(self._entry(p, compared) for p in posts))

    def changes(self, after: int) -> tuple[Change, ...]:
        """The public changes with a number greater than `after`, in order."""
        return self._store.changes(after, CHANGES_AT_ONCE)

    def medium(self, name: str) -> Path | None:
        """The public file of that name; None if there is none, no entry shows it, or it is withheld (H9). A path is no name."""
        path = self._room.media / name
        there = path.parent == self._room.media and not name.startswith(".") and path.is_file()
        return path if there and is_public(self._store, self._coverage, name) else None


def worth_showing(question: Question) -> bool:
    """Whether a question deserves its answers side by side: several of them, a denial, or a silence."""
    return len(question.answers) > 1 or any(a.denied_by for a in question.answers) or bool(question.missing)
