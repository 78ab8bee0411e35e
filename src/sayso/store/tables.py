"""The tables. `LEDGER` ones are the record itself, `PROJECTIONS` are made from it alone and can be rebuilt; the others
are in `operational`."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, LargeBinary, MetaData, Table, UniqueConstraint, insert

from sayso.store.columns import Integer, String, Text, Utc

METADATA: Final = MetaData()

# The ledger ------------------------------------------------------------------------------------------------------

ledger = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("actor", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("leaf", LargeBinary, nullable=False),
)

#: No foreign key to `ledger`: a takedown erases contents, and verify must be able to look at a damaged pair.
content = Table(
    "content",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: Complete subtrees of the Merkle tree, from level 1 (two leaves) up; level 0 is `ledger.leaf`.
tree = Table(
    "tree",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("idx", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

#: One row: how many leaves, and the roots of the complete subtrees that they make, largest first.
head = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    METADATA,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("origin", String, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
)

#: What an outside authority answered about a checkpoint (RFC 3161), as it came.
stamp = Table(
    "stamp",
    METADATA,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("origin", String, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("url", Text, nullable=False),
    Column("response", LargeBinary, nullable=False),
)

LEDGER: Final = (ledger, content, tree, head, checkpoint, stamp)

# Projections -----------------------------------------------------------------------------------------------------

capture = Table(
    "capture",
    METADATA,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("done", Integer, nullable=False),  # the row that finished it, 0 while it waits
    Column("erased", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("capture_by_source", "source", "seq"),
    Index("capture_by_done", "done"),
)

statement = Table(
    "statement",
    METADATA,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("said_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("capture", String),
    Column("origin", String(64), nullable=False),
    Column("decision", String, nullable=False),
    Column("decided_by", String),
    Column("reason", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("gone_at", Utc),
    Column("gone_seq", Integer),
    Column("media_seq", Integer),  # the row that brought its pictures and videos
    Column("superseded", Boolean, nullable=False),
    Column("waiting", Boolean, nullable=False),  # for its media
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("source", "key", "version", name="one_version_once"),
    Index("statement_by_state", "state", "seen_at", "id"),
    Index("statement_by_waiting", "waiting", "seq"),
    Index("statement_by_seen", "seen_at"),
)

#: The buckets of each statement's words; `seq` is the row that stated it.
band = Table(
    "band",
    METADATA,
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False, index=True),
)

#: Which ledger rows are about a statement: what a takedown has to erase.
mention = Table(
    "mention",
    METADATA,
    Column("statement", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
)

reading = Table(
    "reading",
    METADATA,
    Column("statement", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("questions", LargeBinary, nullable=False),
    Column("mouths", LargeBinary, nullable=False),
)

#: An editor's claims in place of the machine's; `was_*` say which words of the text the machine had read.
correction = Table(
    "correction",
    METADATA,
    Column("statement", String, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("was_start", Integer, nullable=False),
    Column("was_end", Integer, nullable=False),
    Column("was_type", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("questions", LargeBinary, nullable=False),
    Column("mouth", String, nullable=False),
)

unread = Table(
    "unread",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("capture", String, index=True),
    Column("statement", String, index=True),
    Column("start", Integer),
    Column("end", Integer),
    Column("why", Text, nullable=False),
)

#: `until` of what still holds: no row of the ledger has ended it.
NEVER: Final = 2**53

#: Claims that count, accepted by an editor or a rule: as they stood after the rows `since <= row < until`.
said = Table(
    "said",
    METADATA,
    Column("id", String, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer, nullable=False, index=True),
    Column("statement", String, nullable=False, index=True),
    Column("n", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("type", String, nullable=False),
    Column("points", String),  # the type of claim that it may deny or mirror
    Column("said_at", Utc, nullable=False, index=True),
    Column("seen_at", Utc, nullable=False),
    Column("origin", String(64), nullable=False),
    Column("by", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("mouth", String, nullable=False),
    Column("asked", LargeBinary, nullable=False),  # the questions computed from it, before any editor's decision
    Column("body", LargeBinary, nullable=False),
    Index("said_by_type", "type", "said_at"),
    Index("said_by_points", "points", "said_at"),
    Index("said_by_since", "since"),
)

#: Which question each of them answers, and by whose mouth; its times and number put the answers of a mouth in order.
answer = Table(
    "answer",
    METADATA,
    Column("question", String, primary_key=True),
    Column("claim", String, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer, nullable=False),
    Column("mouth", String, nullable=False),
    Column("statement", String, nullable=False, index=True),
    Column("n", Integer, nullable=False),
    Column("said_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Index("answer_by_claim", "claim"),
    Index("answer_by_mouth", "question", "mouth", "said_at", "seen_at", "statement", "n"),
    Index("answer_by_time", "question", "said_at"),
)

#: The claimants of each question as they stand now, so that nobody has to look through all answers for them.
mouth = Table(
    "mouth",
    METADATA,
    Column("question", String, primary_key=True),
    Column("mouth", String, primary_key=True),
    Column("claims", Integer, nullable=False),
    Column("last_at", Utc, nullable=False),
    Index("mouth_by_time", "question", "last_at"),
)

#: The questions that claims answer now.
question = Table(
    "question",
    METADATA,
    Column("id", String, primary_key=True),
    Column("claims", Integer, nullable=False),
    Column("last_at", Utc, nullable=False),
    Index("question_by_time", "last_at", "id"),
)

#: What editors decided about questions, standing after the rows `since <= row < until`; `statement` of a moved or marked claim.
regrouping = Table(
    "regrouping",
    METADATA,
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer, nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("kind", String, nullable=False),
    Column("question", String, nullable=False),
    Column("leads_to", String, nullable=False),
    Column("statement", String, index=True),
    Column("body", LargeBinary, nullable=False),
    Index("regrouping_by_question", "question", "kind"),
)

#: Public copies of media, one row a file.
medium = Table(
    "medium",
    METADATA,
    Column("statement", String, primary_key=True),
    Column("original", String(64), primary_key=True),
    Column("name", String, primary_key=True),
    Index("medium_by_original", "original"),
    Index("medium_by_name", "name"),
)

post = Table(
    "post",
    METADATA,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False, index=True),
    Column("current", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("kind", String, nullable=False),
    Column("day", String),
    Column("state", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("post_by_time", "current", "at", "id"),
    Index("post_by_at", "at", "id"),
    Index("post_by_day", "day"),
)

#: The statements that a version of a post carries (its own) or cites (in a line of an overview or summary).
post_statement = Table(
    "post_statement",
    METADATA,
    Column("post", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("statement", String, primary_key=True),
    Column("role", String, primary_key=True),  # carries | cites
    Column("seq", Integer, nullable=False, index=True),
    Index("post_statement_by_statement", "statement", "role"),
)

#: The headings under which readers find posts, as they stood after the rows `since <= row < until`.
filed = Table(
    "filed",
    METADATA,
    Column("heading", String, primary_key=True),
    Column("post", String, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer, nullable=False),
    Column("at", Utc, nullable=False),  # the post's
    Index("filed_by_time", "heading", "at", "post"),
    Index("filed_by_post", "post"),
)

#: The headings that posts have or had, and how many stand under each now.
heading = Table(
    "heading",
    METADATA,
    Column("id", String, primary_key=True),
    Column("posts", Integer, nullable=False),
)

#: The words of each published post, for searching; `doc` puts the posts in the order in which they first went out.
sought = Table(
    "sought",
    METADATA,
    Column("doc", Integer, primary_key=True, autoincrement=False),
    Column("post", String, nullable=False),
    Column("words", Text, nullable=False),
    Index("sought_by_post", "post"),
)

change = Table(
    "change",
    METADATA,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("kind", String, nullable=False),
    Column("post", String),
    Column("version", Integer),
)

#: How far the channels had been looked through, as often as it was noted.
looked = Table(
    "looked",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("until", Utc, index=True),  # in the coverage's time
    Column("body", LargeBinary, nullable=False),
)

takedown = Table(
    "takedown",
    METADATA,
    Column("statement", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    Column("salt", String, nullable=False),
    Column("guards", LargeBinary, nullable=False),
    Column("blobs", LargeBinary, nullable=False),
    Column("media", LargeBinary, nullable=False),
)

PROJECTIONS: Final = (
    capture, statement, band, mention, reading, correction, unread, said, answer, mouth, question, regrouping, medium, post,
    post_statement, filed, heading, sought, change, looked, takedown,
)  # fmt: skip

#: An insert into each table, built once.
INSERT: Final = {table: insert(table) for table in (*LEDGER, *PROJECTIONS)}

#: Indexes in which neither a row's step nor a takedown's looks anything up: a rebuild makes them once their tables are
#: full. A test holds that it never goes through a whole table.
FILLED_LATER: Final = frozenset((
    "ix_capture_sha256", "capture_by_source", "capture_by_done",
    "statement_by_state", "statement_by_waiting", "statement_by_seen",
    "ix_said_until", "ix_said_said_at", "said_by_type", "said_by_points", "said_by_since",
    "answer_by_claim", "answer_by_time", "question_by_time", "medium_by_original", "medium_by_name",
    "post_by_time", "post_by_at", "post_by_day", "filed_by_time", "ix_change_seq", "ix_looked_until",
))  # fmt: skip
