"""Posts have pictures and archived links of their own: the tables stay, what they hold of posts is made anew"""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step: the rebuild that follows every step writes each post in its new form."""


def downgrade() -> None:
    """There is no way back: the version before would not know the new fields."""
    raise NotImplementedError
