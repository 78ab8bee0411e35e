"""The tables that are no part of the record: health of sources, settings, accounts, sessions, and the staff log, which is
kept apart from the ledger (H12)."""

from sqlalchemy import Boolean, Column, LargeBinary, Table, false

from sayso.store.columns import Integer, String, Text, Utc
from sayso.store.tables import METADATA

health = Table(
    "source_health",
    METADATA,
    Column("source", String, primary_key=True),
    Column("asked_at", Utc, nullable=False),
    Column("ok_at", Utc),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    Column("etag", Text),
    Column("last_modified", Text),
)

setting = Table(
    "setting",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

users = Table(
    "users",
    METADATA,
    Column("name", String, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("closed", Boolean, nullable=False, server_default=false()),  # left the desk: the name is not given again
    Column("second", LargeBinary),  # the secret of the second factor (RFC 6238), None where there is none
    Column("second_step", Integer),  # the step of the last code that was taken: none works twice
)

#: Somebody asked to join or, where `user` is named, to choose a new password; by the hash of the address's token.
invitation = Table(
    "invitation",
    METADATA,
    Column("token_hash", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("invited_by", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("user", String),
)

#: What stands in for a lost second factor, by its hash; each works once.
recovery_code = Table(
    "recovery_code",
    METADATA,
    Column("user", String, primary_key=True),
    Column("code_hash", String, primary_key=True),
)

#: What programs sign in with, by its hash; `scopes` are words with blanks between.
api_token = Table(
    "api_token",
    METADATA,
    Column("token_hash", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("user", String, nullable=False, index=True),
    Column("scopes", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("until", Utc),
    Column("used_at", Utc),
)

#: Who has what open: an address of the desk, and since when not heard of.
presence = Table(
    "presence",
    METADATA,
    Column("user", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
)

#: What is being written and has not gone out; `version` grows with each save.
draft = Table(
    "draft",
    METADATA,
    Column("id", String, primary_key=True),
    Column("user", String, nullable=False, index=True),
    Column("about", String, nullable=False, index=True),  # a statement, a post, or empty
    Column("updated_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: What will go out when it is due and, where `seconded_by` is asked for, somebody else has looked.
outgoing = Table(
    "outgoing",
    METADATA,
    Column("id", String, primary_key=True),
    Column("about", String, nullable=False, index=True),  # the statement or draft
    Column("user", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False, index=True),
    Column("needs_second", Boolean, nullable=False),
    Column("seconded_by", String),
    Column("failed", Text),  # why it did not go out
    Column("body", LargeBinary, nullable=False),
)

#: What one shift leaves to the next.
shift_note = Table(
    "shift_note",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
    Column("user", String, nullable=False),
    Column("text", Text, nullable=False),
)

web_session = Table(
    "web_session",
    METADATA,
    Column("token_hash", String, primary_key=True),
    Column("user", String, nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("waits", Boolean, nullable=False, server_default=false()),  # the second factor was not given yet
)

login_failure = Table(
    "login_failure",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("at", Utc, nullable=False),
)

staff_log = Table(
    "staff_log",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
    Column("user", String, nullable=False),
    Column("action", String, nullable=False),
    Column("detail", Text, nullable=False),
)
