"""What one shift hands over to the next: what happened since somebody left, what is open, and notes. Kept out of the record.

Every query is bounded: a page after a week away is as quick as one after a night.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sayso.desk.alerts import Alert
from sayso.desk.shifts import left_at
from sayso.errors import Refused
from sayso.flow.arrival.listening import SourceNow, sources_now
from sayso.flow.clock import world_now
from sayso.flow.desk.alerting import Alerting
from sayso.flow.desk.review import Review
from sayso.flow.desk.sorting import Sorting
from sayso.flow.shift.staff import STAFF_LOG_KEPT, Staff
from sayso.model.draft import Draft
from sayso.model.outgoing import Outgoing
from sayso.model.post import Post
from sayso.reconcile import decision_words
from sayso.store import InboxRow, ShiftNote, Since

#: Where nothing is known of somebody, this is what they missed.
A_SHIFT: Final = timedelta(hours=12)
#: How far back somebody's own acts are looked for, and how many of them.
LOOKED_BACK: Final = timedelta(days=14)
ACTS: Final = 2_000
#: The newest statements that are counted by source, posts, decisions and what was put aside that are shown (of the newest
#: that wait), and notes.
STATEMENTS: Final = 5_000
POSTS: Final = 200
SHOWN: Final = 30
HELD: Final = 300
NOTES: Final = 12
LONGEST_NOTE: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that happened, in words: when (UTC, of the world), what, and where the desk shows it ("" for nowhere)."""

    at: datetime
    what: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What happened from `since` until `now` (UTC, of the world), and what is open. `guessed`: nobody knows when this
    person left. Paths begin after the address of the coverage's desk."""

    since: datetime
    now: datetime
    guessed: bool
    came_in: int
    changed: int  # items that came in another version
    gone: int
    by_source: tuple[tuple[str, int], ...]
    published: tuple[Told, ...]
    corrected: tuple[Told, ...]
    taken_back: tuple[Told, ...]  # withdrawn, taken down
    decided: tuple[Told, ...]  # about questions
    arranged: int  # changes of the coverage's files
    more: bool  # of the posts, only the newest are told
    trouble: tuple[SourceNow, ...]
    alerts: tuple[Alert, ...]  # of the last 24 hours of the coverage's clock
    waiting: int
    held: tuple[InboxRow, ...]
    outgoing: tuple[Outgoing, ...]
    drafts: tuple[Draft, ...]
    notes: tuple[ShiftNote, ...]


class Shifts:
    """Handing over at the desk of one coverage. `who` is the account that asks or acts."""

    def __init__(self, review: Review) -> None:
        self.room = review.room
        self._alerting = Alerting(review.room, Sorting(review.room, review.foreseeing, review.cards))

    def handover(self, who: str, *, since: datetime | None = None) -> Handover:
        """What happened since then, or since this person was last here. Raises Refused for a time that has not come."""
        room, now = self.room, world_now()
        if since is not None and since > now:
            raise Refused("That time has not come yet: choose an earlier one.")
        left = since or left_at(room.store.acts_of(who, since=now - LOOKED_BACK, newest=ACTS), now=now)
        begin = left or now - A_SHIFT
        row = room.store.size_at(begin)
        found = room.store.since(row, statements=STATEMENTS, posts=POSTS)
        titles = {s.name: s.title for s in room.coverage.sources}
        states = room.store.counts_by_state()
        often = sorted(found.items.items(), key=lambda it: (-it[1], it[0]))
        return Handover(
            since=begin,
            now=now,
            guessed=left is None,
            came_in=found.kinds.get("stated", 0),
            changed=sum(found.versions.values()),
            gone=found.kinds.get("gone", 0),
            by_source=tuple((titles.get(name, name), n) for name, n in often),
            published=tuple(went_out(found)),
            corrected=tuple(told(p, at) for kind, at, p in found.posts if kind == "corrected"),
            taken_back=tuple(told(p, at) for kind, at, p in found.posts if kind in ("withdrawn", "taken_down")),
            decided=self._decided(row),
            arranged=found.kinds.get("configured", 0),
            more=len(found.posts) == POSTS,
            trouble=tuple(
                s for s in sources_now(room, now=room.clock.now()) if s.state in ("failing", "silent", "paused")
            ),
            alerts=tuple(a for a in self._alerting.now() if a.path != "sources")[
                :SHOWN
            ],  # those stand with the sources
            waiting=states.get("new", 0) + states.get("held", 0),
            held=self._held(),
            outgoing=room.store.outgoing()[:SHOWN],
            drafts=room.store.drafts()[:SHOWN],
            notes=room.store.shift_notes(limit=NOTES),
        )

    def _held(self) -> tuple[InboxRow, ...]:
        """What an editor put aside, the newest first; what merely waits for one is counted only."""
        rows = self.room.store.inbox(states=("held",), limit=HELD)
        return tuple(r for r in rows if r.decided_by == "editor")[:SHOWN]

    def _decided(self, row: int) -> tuple[Told, ...]:
        """What editors decided about questions after a row of the ledger and nobody took back, the newest first."""
        decisions = [d for d in self.room.store.grouping().decisions if d.seq > row]
        return tuple(
            Told(at=d.at, what=decision_words(d.event, self.room.coverage.conflict), path=f"q/{d.event.into.id}")
            for d in decisions[: -SHOWN - 1 : -1]
        )

    def write(self, text: str, *, who: str) -> None:
        """Leave a note to the next shift. Raises Refused for an empty or an overlong one."""
        words = text.strip()
        if not words:
            raise Refused("Write something: an empty note says nothing to the next shift.")
        if len(words) > LONGEST_NOTE:
            raise Refused(f"A note holds {LONGEST_NOTE} letters, this one has {len(words)}: make it shorter.")
        now = world_now()
        self.room.store.add_shift_note(who, words.replace("\r\n", "\n"), at=now)
        self.room.store.purge_shift_notes(before=now - STAFF_LOG_KEPT)
        Staff(self.room.store).note(who, "wrote a shift note")


def went_out(found: Since) -> Iterator[Told]:
    """The posts that went out, the newest first: entries in their first version, overviews and the summary once each."""
    seen = set[str]()
    for kind, at, post in found.posts:
        if kind == "posted" and post.id not in seen and (post.version == 1 or not post.is_entry):
            seen.add(post.id)
            yield told(post, at)


def told(post: Post, at: datetime) -> Told:
    """What happened to a post, in the words of its head, with its last correction or the reason for taking it back."""
    last: Sequence[str] = [post.reason] if post.state != "published" else [c.text for c in post.corrections[-1:]]
    return Told(at=at, what=": ".join(filter(None, (post.head, *last))), path=path_of(post))


def path_of(post: Post) -> str:
    """Where the desk shows a post; nowhere once it is taken down."""
    if post.state == "taken_down":
        return ""
    if not post.is_entry:
        return f"overview/{post.day}" if post.day else "summary"
    return f"p/{post.id}" if post.is_written else f"s/{post.statements[0]}"
