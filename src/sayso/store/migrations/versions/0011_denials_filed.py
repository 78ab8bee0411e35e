"""Posts that deny something are filed as such: the tables stay, what they hold of posts is made anew"""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step: the rebuild that follows every step files each post anew."""


def downgrade() -> None:
    """There is no way back: the version before has no page for them."""
    raise NotImplementedError
