"""The headings under which readers find posts: whose words, places, questions, media, key events"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String, Utc
from sayso.store.migrations.samples import take_no_samples

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; the tables are filled from the ledger in the same transaction."""
    op.create_table(
        "filed",
        sa.Column("heading", String(), nullable=False),
        sa.Column("post", String(), nullable=False),
        sa.Column("since", Integer(), autoincrement=False, nullable=False),
        sa.Column("until", Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("heading", "post", "since"),
    )
    op.create_index("filed_by_time", "filed", ["heading", "at", "post"])
    op.create_index("filed_by_post", "filed", ["post"])
    op.create_table(
        "heading",
        sa.Column("id", String(), nullable=False),
        sa.Column("posts", Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    take_no_samples("filed", "heading")
    take_no_samples("heading", "id")
    take_no_samples("staff_log", "detail")


def downgrade() -> None:
    """There is no way back: the tables of the fifth version are made from the ledger by that version."""
    raise NotImplementedError
