"""The words of published posts, with an index that finds them"""

import sqlalchemy as sa
from alembic import op

from sayso.store.columns import Integer, String, Text
from sayso.store.migrations.samples import take_no_samples

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: FTS5 with the words of the table itself: it keeps numbers only, and triggers tell it what comes and goes. The tokenizer
#: divides at blanks and takes every letter beyond ASCII as it is.
SQLITE = (
    "CREATE VIRTUAL TABLE sought_index USING fts5(words, content='sought', content_rowid='doc', tokenize='ascii',"
    " detail='none', columnsize=0)",
    "CREATE TRIGGER sought_comes AFTER INSERT ON sought BEGIN"
    " INSERT INTO sought_index (rowid, words) VALUES (new.doc, new.words); END",
    "CREATE TRIGGER sought_goes AFTER DELETE ON sought BEGIN"
    " INSERT INTO sought_index (sought_index, rowid, words) VALUES ('delete', old.doc, old.words); END",
)
POSTGRESQL = (
    "CREATE INDEX sought_by_words ON sought USING gin (CAST(words AS tsvector)) WITH (fastupdate = off)",
    "ALTER INDEX sought_by_words ALTER COLUMN 1 SET STATISTICS 0",
)


def upgrade() -> None:
    """Take the step; the table is filled from the ledger in the same transaction."""
    op.create_table(
        "sought",
        sa.Column("doc", Integer(), autoincrement=False, nullable=False),
        sa.Column("post", String(), nullable=False),
        sa.Column("words", Text(), nullable=False),
        sa.PrimaryKeyConstraint("doc"),
    )
    op.create_index("sought_by_post", "sought", ["post"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    take_no_samples("sought", "words")


def downgrade() -> None:
    """There is no way back: the tables of the sixth version are made from the ledger by that version."""
    raise NotImplementedError
