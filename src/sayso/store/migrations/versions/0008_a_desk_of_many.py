"""Roles, second factors, invitations, tokens of programs; who has what open; drafts, what is about to go out; shift notes"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String, Text, Utc

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step. Whoever had an account could do all that there was to do: they become admins."""
    op.add_column("users", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("users", sa.Column("second", sa.LargeBinary()))
    op.add_column("users", sa.Column("second_step", Integer()))
    op.execute("UPDATE users SET role = 'admin'")
    _people()
    _writing()


def _people() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", String(), nullable=False),
        sa.Column("role", String(), nullable=False),
        sa.Column("invited_by", String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("until", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_table(
        "api_token",
        sa.Column("token_hash", String(), nullable=False),
        sa.Column("name", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("scopes", String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("until", Utc()),
        sa.Column("used_at", Utc()),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_api_token_user", "api_token", ["user"])
    op.create_table(
        "presence",
        sa.Column("user", String(), nullable=False),
        sa.Column("what", String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("user", "what"),
    )
    op.create_index("ix_presence_at", "presence", ["at"])


def _writing() -> None:
    op.create_table(
        "draft",
        sa.Column("id", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("about", String(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("version", Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_draft_user", "draft", ["user"])
    op.create_index("ix_draft_about", "draft", ["about"])
    op.create_table(
        "outgoing",
        sa.Column("id", String(), nullable=False),
        sa.Column("about", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("seconded_by", String()),
        sa.Column("failed", Text()),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outgoing_about", "outgoing", ["about"])
    op.create_index("ix_outgoing_due_at", "outgoing", ["due_at"])
    op.create_table(
        "shift_note",
        sa.Column("id", Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("text", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shift_note_at", "shift_note", ["at"])


def downgrade() -> None:
    """There is no way back: the seventh version knows no roles."""
    raise NotImplementedError
