"""The tables that are no part of the record: health of sources, settings, accounts, sessions, and the staff log, which is
kept apart from the ledger (H12)."""

from sqlalchemy import Column, LargeBinary, Table

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
)

web_session = Table(
    "web_session",
    METADATA,
    Column("token_hash", String, primary_key=True),
    Column("user", String, nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
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
