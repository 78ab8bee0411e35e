"""What the reader's pages are drawn from: whole records as they stand at one public change, and nothing else.

A page never asks a store. Whoever fills these has left out what is held, rejected or taken down: everything that is in
a view may be printed. Text of statements is hostile and stays text; `publish` decides how much of it may be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sayso.model.chart import Chart
from sayso.model.claim import Unread
from sayso.model.coverage import Coverage, Source
from sayso.model.event import Translated
from sayso.model.heading import FilterLink
from sayso.model.post import Correction, Line, Post
from sayso.model.question import Answer, Changed, Claimant, Question, Said, Tally
from sayso.model.statement import Capture, Statement
from sayso.model.then import Times


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands around every page of a coverage: "the state at `n`".

    `now` is the coverage's clock (the story's in a replay). `base_url` has no slash at its end. `checkpoint` is the
    ledger's latest signed checkpoint line, "" if there is none yet. `given_away` is False for a replay that the
    operator did not allow to be fed on; `feed_flag` then names what would allow it. `as_of` is the time at which the page
    stood so; None for the page as it stands; `times` then says at which others it can be looked at.
    `text_only`: no picture and no video stands on it. `previewed`: the desk alone looks at it, pictures of drafts too.
    """

    coverage: Coverage
    n: int
    now: datetime
    base_url: str
    checkpoint: str = ""
    given_away: bool = True
    feed_flag: str = ""
    as_of: datetime | None = None
    times: Times | None = None
    text_only: bool = False
    previewed: bool = False

    @property
    def feeds_allowed(self) -> bool:
        """Whether there is a feed: none of a page as it stood."""
        return self.given_away and self.as_of is None

    @property
    def root(self) -> str:
        """The coverage's address without the host, with a slash at its end."""
        return f"/c/{self.coverage.name}/"

    @property
    def media(self) -> str:
        """What the addresses of its pictures and videos begin with: the desk has more of them than readers."""
        return f"/desk{self.root}media/" if self.previewed else f"{self.root}media/"

    @property
    def path(self) -> str:
        """What the addresses of its pages begin with: pages as they stood lead to pages as they stood, those in text only
        to those in text only."""
        if self.text_only:
            return f"{self.root}text/"
        return self.root if self.as_of is None else f"{self.root}at/{time_stamp(self.as_of)}/"

    @property
    def day(self) -> date:
        """Today in the coverage's zone."""
        return self.coverage.local_day(self.now)


def time_stamp(at: datetime) -> str:
    """An aware time as it stands in an address: in UTC, to the second, rounded down ("20310504T120000Z")."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def stamped_time(stamp: str) -> datetime | None:
    """The time of such a stamp, aware, UTC; None where it is none."""
    try:
        found = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year >= 1900 and time_stamp(found) == stamp else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One accepted claim: who says it, the statement's words for it, and how it stands where it answers a question.

    `words` is the statement's text at the claim's span. `answer` is the claimant's answer of the first question that
    this claim belongs to (None for types that drive no question); `questions` are the ids of all of them.
    """

    said: Said
    claimant: Claimant
    words: str = ""
    questions: tuple[str, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One post as readers see it. `statement` and `source` are None for the desk's own posts and after a takedown.

    `beside` are the questions that its claims answer and that deserve a side-by-side under the entry: those with
    several answers, a denial, or a party that is silent. `versions` counts the statement's versions at its source.
    """

    post: Post
    statement: Statement | None = None
    source: Source | None = None
    claimant: Claimant | None = None
    claims: tuple[ClaimView, ...] = ()
    beside: tuple[Question, ...] = ()
    places: tuple[tuple[str, str], ...] = ()  # that its claims name: the part of an address, and the name
    versions: int = 1
    gone: bool = False  # its source no longer shows it
    translation: Translated | None = None  # the desk's
    withheld: bool = False  # pictures of people who can be recognised are left out (H9)
    victims: tuple[str, ...] = ()  # their names in the statement, as read
    further: "tuple[EntryView, ...]" = ()  # the other statements that the post carries, each as an entry of its own would be

    @property
    def all_claims(self) -> tuple[ClaimView, ...]:
        """The claims of every statement that the post carries."""
        return (*self.claims, *(c for view in self.further for c in view.claims))

    @property
    def checked(self) -> bool:
        """Whether an editor, not only a rule, accepted the reading."""
        return not self.post.by_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The overview of one day: what is claimed, line by line, each line with the claims it cites. `written_at` is None
    for a drafted one; `newer` says by claim id what has superseded a claim that the desk's text cites."""

    day: date
    lines: tuple[Line, ...]
    written_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    newer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePage:
    """The live page, or another page of its entries, newest first: `newest` says which. `next_after` and `next_before` are
    the paging tokens of the pages of newer and older ones (None: there are none); `here` is the entry around which the page
    was asked for.

    `summary` are at most six lines, the desk's where it wrote some (`summary_at`, with its corrections and what has
    superseded its claims since), else drafted ones; `tally` is shown short beside the entries. `pinned` and `keys`, the newest
    key events, stand on the live page alone, and may be older than its entries.
    """

    frame: PageFrame
    entries: tuple[EntryView, ...]
    summary: tuple[Line, ...] = ()
    summary_at: datetime | None = None
    summary_corrections: tuple[Correction, ...] = ()
    summary_newer: Mapping[str, str] = field(default_factory=dict)
    pinned: tuple[EntryView, ...] = ()
    keys: tuple[EntryView, ...] = ()
    overview: Overview | None = None
    tally: Tally | None = None
    newest: bool = True
    here: str | None = None
    next_after: str | None = None
    next_before: str | None = None
    filters: tuple[FilterLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """One day: its overview, its entries oldest first, the questions that moved. Neighbours have posts."""

    frame: PageFrame
    overview: Overview
    entries: tuple[EntryView, ...] = ()
    questions: tuple[Question, ...] = ()
    tally: Tally | None = None
    day_before: date | None = None
    day_after: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysPage:
    """The archive: every day that has posts, newest first, with the number of posts on it."""

    frame: PageFrame
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyPage:
    """Every cumulative figure, one row a claimant, no totals; and each party's own over time."""

    frame: PageFrame
    tally: Tally
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """Every figure that ever stood in the tally, for the table to download: each with its claimant and whose losses it
    tells of (`own`, `other`, `third` or `unnamed`, as the tables of the tally), in the order in which they were said."""

    frame: PageFrame
    figures: tuple[tuple[str, Claimant, Said], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage:
    """Questions that have an answer, the newest answer first. `before` and `next_before` are paging tokens (None: the
    newest, the last)."""

    frame: PageFrame
    questions: tuple[Question, ...]
    before: str | None = None
    next_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question. `words` are the statements' words by claim id; `mirrors` the questions that turn it round; `decided`
    what an editor decided about it, each as a sentence and the reason; `claims` is how many claims answer it in all, of
    which only the newest of each claimant are in its answers; `taken_down` when answers to it were taken down."""

    frame: PageFrame
    question: Question
    words: Mapping[str, str] = field(default_factory=dict)
    mirrors: tuple[Question, ...] = ()
    decided: tuple[tuple[str, str], ...] = ()
    claims: int = 0
    taken_down: tuple[datetime, ...] = ()
    place: tuple[str, str] | None = None  # that it is about: the part of an address, and the name


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPage:
    """Every claim that answers a question, the newest first, with its claimant and its words; `more`: those before the
    last one are not listed."""

    frame: PageFrame
    question: Question
    answers: tuple[ClaimView, ...]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    """What changed among the answers after `since`, question by question, what moved last first. `late` are answers that
    came in since then but were given before. `more`: so many questions moved that the others are not listed."""

    frame: PageFrame
    since: datetime
    moved: tuple[tuple[Question, tuple[Changed, ...]], ...]
    late: tuple[tuple[Question, tuple[Changed, ...]], ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """One statement as archived: its text with the claims in it, where it came from, and its other versions.

    `versions` are all of them, oldest first, this one among them. How much of the text is shown is for `source.rehost`
    (None: a source that the coverage no longer lists: nothing). `gone_at` is when we last saw it at its source.
    """

    frame: PageFrame
    statement: Statement
    source: Source | None = None
    claims: tuple[ClaimView, ...] = ()
    unread: tuple[Unread, ...] = ()
    capture: Capture | None = None
    versions: tuple[Statement, ...] = ()
    posts: tuple[Post, ...] = ()
    gone_at: datetime | None = None
    translation: Translated | None = None  # the desk's
    withheld: bool = False  # pictures of people who can be recognised are left out (H9)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How one source does, in a sentence ("Fetched at 14:31; 42 statements.")."""

    source: Source
    sentence: str
    well: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconfigured:
    """A change of the coverage's files: the row of the ledger that holds it, the lines that went and those that came."""

    at: datetime
    row: int
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage:
    """How the coverage works: names, groups, bodies and people come from its conflict, health from the polling."""

    frame: PageFrame
    sources: tuple[SourceHealth, ...] = ()
    reader: str = ""  # the reader's version
    changes: tuple[Reconfigured, ...] = ()  # of the coverage's files, the newest first (H16)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage:
    """Every correction, withdrawal and takedown, newest first; `correction` None for the last two."""

    frame: PageFrame
    corrections: tuple[tuple[Post, Correction | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """One post under its own address."""

    frame: PageFrame
    entry: EntryView


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """What the feed carries: the newest entries, withdrawn and taken-down posts among them (they become tombstones)."""

    frame: PageFrame
    entries: tuple[EntryView, ...]
