"""Claims that count keep how they stood before, and whose answer each is"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String, Utc
from sayso.store.migrations.samples import take_no_samples

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = {
    "reading": ("body", "questions", "mouths"),
    "correction": ("body", "questions", "mouth"),
    "said": ("body",),
    "answer": ("question", "mouth"),
    "mouth": ("question", "mouth"),
    "question": ("id",),
    "looked": ("body",),
}


def upgrade() -> None:
    """Take the step: what the ledger can tell again is made anew, and filled from it in the same transaction."""
    op.drop_table("said")
    op.drop_table("answer")
    op.drop_table("reading")
    op.drop_table("correction")
    op.add_column("statement", sa.Column("gone_seq", Integer(), nullable=True))
    op.add_column("statement", sa.Column("media_seq", Integer(), nullable=True))
    op.create_index("post_by_at", "post", ["at", "id"])
    op.create_table(
        "looked",
        sa.Column("seq", Integer(), autoincrement=False, nullable=False),
        sa.Column("until", Utc(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_looked_until"), "looked", ["until"])
    op.create_index("statement_by_seen", "statement", ["seen_at"])
    readings()
    claims()
    answers()
    questions()
    for table, columns in WORDS.items():
        take_no_samples(table, *columns)


def readings() -> None:
    """Readings and corrections know the claimant of each claim."""
    op.create_table(
        "reading",
        sa.Column("statement", String(), nullable=False),
        sa.Column("seq", Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.Column("mouths", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("statement"),
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
        sa.Column("mouth", String(), nullable=False),
        sa.PrimaryKeyConstraint("statement", "n"),
    )


def claims() -> None:
    """Claims that count, from which row of the ledger to which."""
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
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "since"),
    )
    op.create_index(op.f("ix_said_until"), "said", ["until"])
    op.create_index(op.f("ix_said_statement"), "said", ["statement"])
    op.create_index(op.f("ix_said_said_at"), "said", ["said_at"])
    op.create_index("said_by_type", "said", ["type", "said_at"])
    op.create_index("said_by_points", "said", ["points", "said_at"])
    op.create_index("said_by_since", "said", ["since"])


def answers() -> None:
    """Which question each of them answers, and by whose mouth."""
    op.create_table(
        "answer",
        sa.Column("question", String(), nullable=False),
        sa.Column("claim", String(), nullable=False),
        sa.Column("since", Integer(), autoincrement=False, nullable=False),
        sa.Column("until", Integer(), nullable=False),
        sa.Column("mouth", String(), nullable=False),
        sa.Column("statement", String(), nullable=False),
        sa.Column("n", Integer(), nullable=False),
        sa.Column("said_at", String(length=32), nullable=False),
        sa.Column("seen_at", String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("question", "claim", "since"),
    )
    op.create_index("answer_by_claim", "answer", ["claim"])
    op.create_index(op.f("ix_answer_statement"), "answer", ["statement"])
    op.create_index("answer_by_mouth", "answer", ["question", "mouth", "said_at", "seen_at", "statement", "n"])
    op.create_index("answer_by_time", "answer", ["question", "said_at"])


def questions() -> None:
    """The claimants of each question, and the questions."""
    op.create_table(
        "mouth",
        sa.Column("question", String(), nullable=False),
        sa.Column("mouth", String(), nullable=False),
        sa.Column("claims", Integer(), nullable=False),
        sa.Column("last_at", String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("question", "mouth"),
    )
    op.create_index("mouth_by_time", "mouth", ["question", "last_at"])
    op.create_table(
        "question",
        sa.Column("id", String(), nullable=False),
        sa.Column("claims", Integer(), nullable=False),
        sa.Column("last_at", String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("question_by_time", "question", ["last_at", "id"])


def downgrade() -> None:
    """There is no way back: the tables of the first version are made from the ledger by that version."""
    raise NotImplementedError
