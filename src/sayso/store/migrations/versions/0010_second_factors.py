"""Codes for a lost second factor, sessions that wait for a code, and addresses that give somebody a new password"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import String

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "recovery_code",
        sa.Column("user", String(), nullable=False),
        sa.Column("code_hash", String(), nullable=False),
        sa.PrimaryKeyConstraint("user", "code_hash"),
    )
    op.add_column("web_session", sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("invitation", sa.Column("user", String()))


def downgrade() -> None:
    """There is no way back: a session that waits would count."""
    raise NotImplementedError
