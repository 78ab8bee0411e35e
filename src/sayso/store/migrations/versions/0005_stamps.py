"""What an outside authority says about when a checkpoint was there"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "stamp",
        sa.Column("size", Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", String(), nullable=False),
        sa.Column("at", String(length=32), nullable=False),
        sa.Column("url", Text(), nullable=False),
        sa.Column("response", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", "origin"),
    )


def downgrade() -> None:
    """There is no way back: the fourth version would not know the table."""
    raise NotImplementedError
