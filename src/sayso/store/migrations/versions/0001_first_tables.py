"""The tables of the first version"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String, Text
from sayso.store.migrations.samples import take_no_samples

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = {
    "content": ("salt", "body"),
    "capture": ("body",),
    "statement": ("key", "reason", "body"),
    "reading": ("body", "questions"),
    "correction": ("body", "questions"),
    "unread": ("why",),
    "said": ("body",),
    "answer": ("question",),
    "post": ("body",),
    "takedown": ("reason", "guards", "blobs", "media"),
}


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "answer",
        sa.Column("question", String(), nullable=False),
        sa.Column("claim", String(), nullable=False),
        sa.Column("statement", String(), nullable=False),
        sa.PrimaryKeyConstraint("question", "claim"),
    )
    op.create_index("answer_by_claim", "answer", ["claim"], unique=False)
    op.create_index(op.f("ix_answer_statement"), "answer", ["statement"], unique=False)
    op.create_table(
        "capture",
        sa.Column("id", String(), nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("source", String(), nullable=False),
        sa.Column("sha256", String(length=64), nullable=False),
        sa.Column("done", Integer(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("capture_by_done", "capture", ["done"], unique=False)
    op.create_index("capture_by_source", "capture", ["source", "seq"], unique=False)
    op.create_index(op.f("ix_capture_sha256"), "capture", ["sha256"], unique=False)
    op.create_table(
        "change",
        sa.Column("n", Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("kind", String(), nullable=False),
        sa.Column("post", String(), nullable=True),
        sa.Column("version", Integer(), nullable=True),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index(op.f("ix_change_seq"), "change", ["seq"], unique=False)
    op.create_table(
        "checkpoint",
        sa.Column("size", Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", String(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", "origin"),
    )
    op.create_table(
        "content",
        sa.Column("seq", Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "correction",
        sa.Column("statement", String(), nullable=False),
        sa.Column("n", Integer(), autoincrement=False, nullable=False),
        sa.Column("was_start", Integer(), nullable=False),
        sa.Column("was_end", Integer(), nullable=False),
        sa.Column("was_type", String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("statement", "n"),
    )
    op.create_table(
        "head",
        sa.Column("id", Integer(), autoincrement=False, nullable=False),
        sa.Column("size", Integer(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", Integer(), autoincrement=False, nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("actor", String(), nullable=False),
        sa.Column("kind", String(), nullable=False),
        sa.Column("commitment", String(length=64), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "login_failure",
        sa.Column("id", Integer(), nullable=False),
        sa.Column("name", String(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_login_failure_name"), "login_failure", ["name"], unique=False)
    op.create_table(
        "medium",
        sa.Column("statement", String(), nullable=False),
        sa.Column("original", String(length=64), nullable=False),
        sa.Column("name", String(), nullable=False),
        sa.PrimaryKeyConstraint("statement", "original", "name"),
    )
    op.create_index("medium_by_name", "medium", ["name"], unique=False)
    op.create_index("medium_by_original", "medium", ["original"], unique=False)
    op.create_table(
        "mention",
        sa.Column("statement", String(), nullable=False),
        sa.Column("seq", Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("statement", "seq"),
    )
    op.create_table(
        "post",
        sa.Column("id", String(), nullable=False),
        sa.Column("version", Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("kind", String(), nullable=False),
        sa.Column("day", String(), nullable=True),
        sa.Column("state", String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_index(op.f("ix_post_seq"), "post", ["seq"], unique=False)
    op.create_index("post_by_day", "post", ["day"], unique=False)
    op.create_index("post_by_time", "post", ["current", "at", "id"], unique=False)
    op.create_table(
        "post_statement",
        sa.Column("post", String(), nullable=False),
        sa.Column("version", Integer(), autoincrement=False, nullable=False),
        sa.Column("statement", String(), nullable=False),
        sa.Column("role", String(), nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.PrimaryKeyConstraint("post", "version", "statement", "role"),
    )
    op.create_index(op.f("ix_post_statement_seq"), "post_statement", ["seq"], unique=False)
    op.create_index("post_statement_by_statement", "post_statement", ["statement", "role"], unique=False)
    op.create_table(
        "reading",
        sa.Column("statement", String(), nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("statement"),
    )
    op.create_table(
        "said",
        sa.Column("id", String(), nullable=False),
        sa.Column("statement", String(), nullable=False),
        sa.Column("n", Integer(), nullable=False),
        sa.Column("source", String(), nullable=False),
        sa.Column("type", String(), nullable=False),
        sa.Column("said_at", String(length=32), nullable=False),
        sa.Column("seen_at", String(length=32), nullable=False),
        sa.Column("origin", String(length=64), nullable=False),
        sa.Column("by", String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_said_said_at"), "said", ["said_at"], unique=False)
    op.create_index(op.f("ix_said_statement"), "said", ["statement"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "source_health",
        sa.Column("source", String(), nullable=False),
        sa.Column("asked_at", String(length=32), nullable=False),
        sa.Column("ok_at", String(length=32), nullable=True),
        sa.Column("failures", Integer(), nullable=False),
        sa.Column("error", Text(), nullable=True),
        sa.Column("etag", Text(), nullable=True),
        sa.Column("last_modified", Text(), nullable=True),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "staff_log",
        sa.Column("id", Integer(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("action", String(), nullable=False),
        sa.Column("detail", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_log_at"), "staff_log", ["at"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", String(), nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("source", String(), nullable=False),
        sa.Column("key", String(), nullable=False),
        sa.Column("version", Integer(), nullable=False),
        sa.Column("said_at", String(length=32), nullable=False),
        sa.Column("seen_at", String(length=32), nullable=False),
        sa.Column("capture", String(), nullable=True),
        sa.Column("origin", String(length=64), nullable=False),
        sa.Column("decision", String(), nullable=False),
        sa.Column("decided_by", String(), nullable=True),
        sa.Column("reason", Text(), nullable=False),
        sa.Column("state", String(), nullable=False),
        sa.Column("gone_at", String(length=32), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "key", "version", name="one_version_once"),
    )
    op.create_index("statement_by_state", "statement", ["state", "seen_at", "id"], unique=False)
    op.create_index("statement_by_waiting", "statement", ["waiting", "seq"], unique=False)
    op.create_table(
        "takedown",
        sa.Column("statement", String(), nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("reason", Text(), nullable=False),
        sa.Column("salt", String(), nullable=False),
        sa.Column("guards", sa.LargeBinary(), nullable=False),
        sa.Column("blobs", sa.LargeBinary(), nullable=False),
        sa.Column("media", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("statement"),
    )
    op.create_table(
        "tree",
        sa.Column("level", Integer(), autoincrement=False, nullable=False),
        sa.Column("idx", Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "idx"),
    )
    op.create_table(
        "unread",
        sa.Column("seq", Integer(), autoincrement=False, nullable=False),
        sa.Column("n", Integer(), autoincrement=False, nullable=False),
        sa.Column("capture", String(), nullable=True),
        sa.Column("statement", String(), nullable=True),
        sa.Column("start", Integer(), nullable=True),
        sa.Column("end", Integer(), nullable=True),
        sa.Column("why", Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "n"),
    )
    op.create_index(op.f("ix_unread_capture"), "unread", ["capture"], unique=False)
    op.create_index(op.f("ix_unread_statement"), "unread", ["statement"], unique=False)
    op.create_table(
        "users",
        sa.Column("name", String(), nullable=False),
        sa.Column("password_hash", Text(), nullable=False),
        sa.Column("role", String(), nullable=False),
        sa.Column("created_at", String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("created_at", String(length=32), nullable=False),
        sa.Column("expires_at", String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_web_session_user"), "web_session", ["user"], unique=False)
    for table, columns in WORDS.items():
        take_no_samples(table, *columns)


def downgrade() -> None:
    """Take the step back."""
    op.drop_index(op.f("ix_web_session_user"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_table("users")
    op.drop_index(op.f("ix_unread_statement"), table_name="unread")
    op.drop_index(op.f("ix_unread_capture"), table_name="unread")
    op.drop_table("unread")
    op.drop_table("tree")
    op.drop_table("takedown")
    op.drop_index("statement_by_waiting", table_name="statement")
    op.drop_index("statement_by_state", table_name="statement")
    op.drop_table("statement")
    op.drop_index(op.f("ix_staff_log_at"), table_name="staff_log")
    op.drop_table("staff_log")
    op.drop_table("source_health")
    op.drop_table("setting")
    op.drop_index(op.f("ix_said_statement"), table_name="said")
    op.drop_index(op.f("ix_said_said_at"), table_name="said")
    op.drop_table("said")
    op.drop_table("reading")
    op.drop_index("post_statement_by_statement", table_name="post_statement")
    op.drop_index(op.f("ix_post_statement_seq"), table_name="post_statement")
    op.drop_table("post_statement")
    op.drop_index("post_by_time", table_name="post")
    op.drop_index("post_by_day", table_name="post")
    op.drop_index(op.f("ix_post_seq"), table_name="post")
    op.drop_table("post")
    op.drop_table("mention")
    op.drop_index("medium_by_original", table_name="medium")
    op.drop_index("medium_by_name", table_name="medium")
    op.drop_table("medium")
    op.drop_index(op.f("ix_login_failure_name"), table_name="login_failure")
    op.drop_table("login_failure")
    op.drop_table("ledger")
    op.drop_table("head")
    op.drop_table("correction")
    op.drop_table("content")
    op.drop_table("checkpoint")
    op.drop_index(op.f("ix_change_seq"), table_name="change")
    op.drop_table("change")
    op.drop_index(op.f("ix_capture_sha256"), table_name="capture")
    op.drop_index("capture_by_source", table_name="capture")
    op.drop_index("capture_by_done", table_name="capture")
    op.drop_table("capture")
    op.drop_index(op.f("ix_answer_statement"), table_name="answer")
    op.drop_index("answer_by_claim", table_name="answer")
    op.drop_table("answer")
