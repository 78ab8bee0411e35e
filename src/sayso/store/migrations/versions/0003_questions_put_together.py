"""Editors' decisions about questions; claims keep the questions that were computed from them"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String
from sayso.store.migrations.samples import take_no_samples

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step: what the ledger can tell again is made anew, and filled from it in the same transaction."""
    op.drop_table("said")
    claims()
    decisions()
    take_no_samples("said", "body", "mouth", "asked")
    take_no_samples("regrouping", "question", "leads_to", "body")


def claims() -> None:
    """Claims that count, with their claimant and the questions computed from them."""
    op.create_table(
        "said",
        sa.Column("id", String(), nullable=False),
        sa.Column("since", Integer(), autoincrement=False, nullable=False),
        sa.Column("until", Integer(), nullable=False),
        sa.Column("statement", String(), nullable=False),
        sa.Column("n", Integer(), nullable=False),
        sa.Column("source", String(), nullable=False),
        sa.Column("type", String(), nullable=False),
        sa.Column("points", String(), nullable=True),
        sa.Column("said_at", String(length=32), nullable=False),
        sa.Column("seen_at", String(length=32), nullable=False),
        sa.Column("origin", String(length=64), nullable=False),
        sa.Column("by", String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("mouth", String(), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "since"),
    )
    op.create_index(op.f("ix_said_until"), "said", ["until"])
    op.create_index(op.f("ix_said_statement"), "said", ["statement"])
    op.create_index(op.f("ix_said_said_at"), "said", ["said_at"])
    op.create_index("said_by_type", "said", ["type", "said_at"])
    op.create_index("said_by_points", "said", ["points", "said_at"])
    op.create_index("said_by_since", "said", ["since"])


def decisions() -> None:
    """What editors decided about questions."""
    op.create_table(
        "regrouping",
        sa.Column("since", Integer(), autoincrement=False, nullable=False),
        sa.Column("until", Integer(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("kind", String(), nullable=False),
        sa.Column("question", String(), nullable=False),
        sa.Column("leads_to", String(), nullable=False),
        sa.Column("statement", String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("since"),
    )
    op.create_index(op.f("ix_regrouping_until"), "regrouping", ["until"])
    op.create_index(op.f("ix_regrouping_statement"), "regrouping", ["statement"])
    op.create_index("regrouping_by_question", "regrouping", ["question", "kind"])


def downgrade() -> None:
    """There is no way back: the tables of the second version are made from the ledger by that version."""
    raise NotImplementedError
