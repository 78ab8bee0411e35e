"""PostgreSQL keeps no samples of what the desk writes: a note, a draft or a title may hold a statement's words"""

from sayso.store.migrations.samples import take_no_samples

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    take_no_samples("shift_note", "text")
    take_no_samples("draft", "body")
    take_no_samples("outgoing", "body", "failed")


def downgrade() -> None:
    """There is no way back: a takedown would not reach the samples that the version before takes."""
    raise NotImplementedError
