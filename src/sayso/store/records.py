"""What the store hands out beside the model's records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sayso.model.claim import Span
from sayso.model.post import Post
from sayso.model.question import Said
from sayso.model.statement import Statement
from sayso.store.guards import question_guard


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A statement as it stands in the inbox. `suggested` and `counted` are numbers of claims, `unread` of passages."""

    statement: Statement
    state: str
    decided_by: str | None
    reason: str
    suggested: int
    counted: int
    unread: int
    origin: str

    @property
    def cursor(self) -> tuple[datetime, str]:
        """What `inbox(before=...)` takes to go on after this row."""
        return self.statement.first_seen_at, self.statement.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How the fetching of a source does: `error` is None while it answers, `ok_at` None until it first did."""

    source: str
    asked_at: datetime | None = None
    ok_at: datetime | None = None
    failures: int = 0
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What changed among the claims that count, up to row `seq` of the ledger: the questions whose answers changed, the
    claims that may deny or mirror others (also those that stand no longer).

    `regrouped`: editors put questions together, moved claims, or took that back. `all`: more than can be listed, as
    after a takedown.
    """

    seq: int
    questions: frozenset[str] = frozenset()
    pointing: tuple[Said, ...] = ()
    regrouped: bool = False
    all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLine:
    """Something that could not be read: a capture (no span) or words of a statement (`span` in its text)."""

    source: str
    at: datetime
    why: str
    capture: str | None = None
    statement: str | None = None
    span: Span | None = None

    def __str__(self) -> str:
        if self.statement is None:
            return self.why
        where = f" at {self.span.start}-{self.span.end}" if self.span else ""
        return f"{self.source}: statement {self.statement}{where}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that does not verify: `where` names the row, blob, checkpoint or table, `what` says what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What a takedown leaves for the archive and the media folder to erase."""

    seq: int
    blobs: tuple[str, ...]
    media_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """The public part of a takedown: that it happened, when and why."""

    statement: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """A takedown of claims that answered questions beside others, when it was shown, and salted hashes of these questions:
    no id of a question stays, since a later takedown may have to erase it."""

    at: datetime
    salt: str
    answered: frozenset[str]

    def struck(self, question: str) -> bool:
        """Whether an answer to that question was taken down."""
        return question_guard(self.salt, question) in self.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account at the desk."""

    name: str
    password_hash: str
    role: str
    created_at: datetime
    closed: bool = False
    second: bytes | None = None
    second_step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSession:
    """A signed-in browser, by the hash of its token. One that `waits` has still to give the second factor."""

    token_hash: str
    user: str
    created_at: datetime
    expires_at: datetime
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An address that works once, by the hash of its token: to join or, where `user` is named, to choose a new password."""

    token_hash: str
    role: str
    invited_by: str
    at: datetime
    until: datetime
    user: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """What a program of somebody's signs in with, by its hash; `until` is None where it does not end by itself."""

    token_hash: str
    name: str
    user: str
    scopes: str
    at: datetime
    until: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNote:
    """What somebody left to the next shift."""

    at: datetime
    user: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened after a row of the ledger: how many rows of each kind, how many new items and new versions of items
    each source brought (of the newest that were looked at), and the newest rows about posts with their kinds and times."""

    kinds: Mapping[str, int]
    items: Mapping[str, int]
    versions: Mapping[str, int]
    posts: tuple[tuple[str, datetime, Post], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNote:
    """One line of the staff log."""

    at: datetime
    user: str
    action: str
    detail: str
