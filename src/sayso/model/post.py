"""What goes out: posts on the live page, their corrections, and the public log of changes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from sayso.model.statement import MediaFile

PostKind = Literal["update", "overview", "summary", "correction", "media"]
#: Where an editor puts a post: among the key events, on top, or neither any more.
Placing = Literal["key", "no-key", "pin", "no-pin"]
PostState = Literal["published", "withdrawn", "taken_down"]
#: Posts that are entries in the stream; the others are parts of the page.
STREAM: Final[tuple[PostKind, ...]] = ("update", "correction", "media")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was wrong and what is right, in the desk's words; shown inside the post for good."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an overview or a summary as it stands on the page, with the claims that it cites (never none)."""

    text: str
    cites: tuple[str, ...]  # claim ids
    hand: bool = False  # the desk's own words
    enemy: bool = False  # a figure for the other side's losses: shown folded (H4)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """A page that a post points at: its address, what it calls itself, when it was archived (or tried), and the SHA-256 of
    the archived bytes, "" where it could not be reached."""

    url: str
    host: str
    at: datetime
    title: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One entry of the live page in one version; an edit is a new version of the same id.

    `at` is the time shown (the coverage's clock when it first went out), `updated_at` that of this version.
    `head` begins with the claimant. `note` is the desk's own text in Markdown, if any, with its own pictures (`media`) and
    the pages that it points at (`links`); the statements' words are shown beside it.
    """

    id: str
    kind: PostKind
    version: int
    at: datetime
    updated_at: datetime
    head: str
    statements: tuple[str, ...] = ()
    note: str = ""
    media: tuple[MediaFile, ...] = ()
    links: tuple[SourceCard, ...] = ()
    lines: tuple[Line, ...] = ()
    day: date | None = None
    state: PostState = "published"
    pinned: bool = False
    key_event: bool = False
    placed: int = 0  # versions that changed nothing but where it stands
    by_rule: bool = False  # no editor has checked the reading
    corrections: tuple[Correction, ...] = ()
    reason: str = ""  # of a withdrawal or takedown

    @property
    def is_entry(self) -> bool:
        """Whether it stands in the stream of entries."""
        return self.kind in STREAM

    @property
    def is_written(self) -> bool:
        """Whether an editor wrote it, beside the statements that it carries."""
        return bool(self.note) or len(self.statements) != 1

    @property
    def changed(self) -> bool:
        """Whether what it says is another version than what first went out."""
        return self.told > 1

    @property
    def told(self) -> int:
        """Which version of what it says this is: one that changes where it stands alone is none."""
        return self.version - self.placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One public change: what a reader who has seen `n - 1` needs to know. Numbered from 1 without a gap."""

    n: int
    kind: Literal["add", "put", "drop", "tally", "summary"]
    post: str | None
    version: int | None
    at: datetime
