"""What happens, as it stands in the ledger: one record a kind. Everything that pages show is derived from these.

A row's content is one of these records as canonical JSON; a takedown erases contents, never rows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sayso.model.claim import Claim, Reading, Span
from sayso.model.post import Post
from sayso.model.question import Checked, Key
from sayso.model.statement import Capture, MediaFile, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A source's bytes were kept (the blob was on disk before this row)."""

    capture: Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """All items of a capture were taken in; `unread` says what in it could not be read, in sentences."""

    capture: str
    items: int
    unread: tuple[str, ...] = ()
    erased: bool = False  # the bytes were erased again: they held words that were taken down


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement, or a new version of one, came in. `origin` is that of the statement whose words it reprints; empty
    for words of its own."""

    statement: Statement
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The pictures and videos of a statement were fetched and re-encoded; `failed` says of each other one why not.

    A statement goes out with its words at once; its media follow when they are here.
    """

    statement: str
    media: tuple[MediaFile, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A statement was read. `questions[i]` are the question ids that claim number i (in text order) answers, `mouths[i]`
    is the id of its claimant: whose answer it is."""

    statement: str
    reading: Reading
    questions: tuple[tuple[str, ...], ...]
    mouths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A source no longer shows a statement that it showed before (and its window still reaches back to it)."""

    statement: str
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How far each party's channels had been looked through: what "not found by us" rests on (H5)."""

    checked: tuple[Checked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """What the coverage's files decide, a line each, when they were found changed (H16)."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The claims of a statement changed how the answers shown in these earlier posts stand: readers get them anew."""

    statement: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """An editor or a rule decided about a statement. `accepted` are claim numbers that count from now on; the claims
    in `corrected` replace the machine's reading of that number and survive a new reader; `questions` are the question
    ids that each corrected claim answers, by its number (empty for a number whose questions did not change), `mouths`
    the ids of their claimants.
    """

    statement: str
    decision: Literal["accept", "hold", "reject", "duplicate"]
    by: Literal["rule", "editor"]
    accepted: tuple[int, ...] = ()
    corrected: tuple[tuple[int, Claim], ...] = ()
    questions: tuple[tuple[int, tuple[str, ...]], ...] = ()
    mouths: tuple[tuple[int, str], ...] = ()
    reason: str = ""
    same_as: str = ""  # id of the statement that a duplicate says again


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """The desk's translation of a statement's words, whole; an empty text takes it back.

    `shown`: saved by somebody who may publish, so that readers see it with the entry; else it is the desk's alone.
    """

    statement: str
    lang: str
    text: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A chief let pictures of captured or identifiable people be shown, or (`shown` False) took that back (H9)."""

    statement: str
    reason: str
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A post went out, or a new version of one without a correction."""

    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A post was corrected visibly: the new version carries the correction."""

    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A post was withdrawn: its place on the page stays, with the reason."""

    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An editor put a question together with another: from this row on both are answered under the other's id.

    `posts` are those whose answers now stand differently, as for all that editors decide about questions.
    """

    question: Key
    into: Key
    reason: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An editor moved a claim from one of its questions to another, or to one of its own (`into.apart`).

    The claim is known by its type, its words and its figure, so that it stays moved whatever number a new reading
    gives it.
    """

    statement: str
    type: str
    span: Span
    figure: Span | None
    question: Key
    into: Key
    reason: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApart:
    """An editor said that two questions that look like one are two: it is not proposed again."""

    question: Key
    into: Key
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An editor marked a claim as one that cannot be verified, with a reason that readers see.

    The claim is known as for `Moved`; `question` is the one among whose answers it stood.
    """

    statement: str
    type: str
    span: Span
    figure: Span | None
    question: Key
    reason: str
    posts: tuple[str, ...] = ()

    @property
    def into(self) -> Key:
        """The question itself: a mark moves nothing."""
        return self.question


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """An editor took back what row `decision` said about questions; `statement` is that of a claim that was moved or
    marked."""

    decision: int
    reason: str
    statement: str | None = None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Husk:
    """What stays of a ledger row whose content a takedown erased: the public changes (kind, post, version) that it
    made, so that a rebuild numbers them as before."""

    seq: int
    changes: tuple[tuple[str, str | None, int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """A statement was taken down: its words, media and archived originals are erased; this row and the reason stay.

    `guards` are salted hashes of its item key and text, so that the next poll does not bring it back.
    `posts` are the tombstones that stand in the places of its posts.
    """

    statement: str
    reason: str
    salt: str
    guards: tuple[str, ...]
    posts: tuple[Post, ...]
    captures: tuple[str, ...]  # ids of the captures whose bytes were erased with it
    versions: tuple[str, ...] = ()  # ids of all versions of the item, erased together
    husks: tuple[Husk, ...] = ()  # the rows whose contents were erased
    blobs: tuple[str, ...] = ()  # SHA-256 of the archived bytes (captures, original media) that must be gone
    media: tuple[str, ...] = ()  # names of the public media files that must be gone
    answered: tuple[str, ...] = ()  # salted hashes of the questions that it answered beside others


#: What editors decide about questions.
AboutQuestions = Merged | Moved | KeptApart | Marked | TakenBack
#: What happens to captures, statements and posts.
AboutStatements = (
    Captured
    | Parsed
    | Stated
    | Attached
    | Read
    | Gone
    | Looked
    | Related
    | Decided
    | Posted
    | Corrected
    | Withdrawn
    | TakenDown
)
#: What editors note about a statement for its readers.
Notes = Translated | Released
Event = AboutStatements | AboutQuestions | Notes | Configured

#: kind in the ledger -> record
EVENTS: Final[dict[str, type[Event]]] = {
    "captured": Captured,
    "parsed": Parsed,
    "stated": Stated,
    "attached": Attached,
    "read": Read,
    "gone": Gone,
    "looked": Looked,
    "configured": Configured,
    "related": Related,
    "decided": Decided,
    "translated": Translated,
    "released": Released,
    "posted": Posted,
    "corrected": Corrected,
    "withdrawn": Withdrawn,
    "taken_down": TakenDown,
    "merged": Merged,
    "moved": Moved,
    "kept_apart": KeptApart,
    "marked": Marked,
    "taken_back": TakenBack,
}
KIND_OF: Final[dict[type[Event], str]] = {v: k for k, v in EVENTS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the ledger. `commitment` is the hex SHA-256 over salt and content; `content` None once erased."""

    seq: int
    at: datetime
    actor: str
    kind: str
    commitment: str
    salt: str | None
    content: bytes | None
