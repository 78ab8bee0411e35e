"""What PostgreSQL's planner may not remember: it keeps sample values of columns, which no takedown would reach (H14)."""

from alembic import op


def take_no_samples(table: str, *columns: str) -> None:
    """In a step: let the server keep no values of columns that may hold a statement's words. SQLite keeps none."""
    if op.get_bind().dialect.name == "postgresql":
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
