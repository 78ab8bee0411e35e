"""The buckets in which a statement finds those like it"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer
from sayso.store.migrations.samples import take_no_samples

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; the table is filled from the ledger in the same transaction."""
    op.create_table(
        "band",
        sa.Column("bucket", Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("bucket", "seq"),
    )
    op.create_index(op.f("ix_band_seq"), "band", ["seq"])
    take_no_samples("band", "bucket")


def downgrade() -> None:
    """There is no way back: the tables of the third version are made from the ledger by that version."""
    raise NotImplementedError
