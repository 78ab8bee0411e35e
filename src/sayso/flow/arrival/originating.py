"""Where a statement's words come from first: a reprint has the origin of what it reprints, so that both count once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, Protocol

from sayso.model.claim import Reading
from sayso.model.coverage import Coverage
from sayso.model.statement import Statement
from sayso.reconcile import tells_no_more
from sayso.store import is_reprint

#: A text that comes again later than this is looked at as a text of its own.
REPRINTED_WITHIN: Final = timedelta(days=14)


class Ledger(Protocol):
    """The part of the store that is asked, inside the writing transaction."""

    def look_alikes(self, text: str) -> tuple[tuple[Statement, str], ...]:
        """Statements that share much of a text, with their origins, oldest first."""
        ...

    def reading(self, statement_id: str) -> Reading | None:
        """The reading of a statement."""
        ...


def origin_for(coverage: Coverage, statement: Statement, reading: Reading, *, ledger: Ledger) -> str:
    """The origin of the earliest statement that this one reprints (R10); "" for words of its own."""
    return next(reprinted(coverage, statement, reading, ledger), "")


def reprinted(coverage: Coverage, statement: Statement, reading: Reading, ledger: Ledger) -> Iterator[str]:
    """The origins of what a statement reprints, the oldest first."""
    for other, origin in ledger.look_alikes(statement.text):
        if abs(statement.said_at - other.said_at) > REPRINTED_WITHIN or not is_reprint(statement.text, other.text):
            continue
        read = ledger.reading(other.id)
        if read is not None and tells_no_more(reading.claims, read.claims, coverage.conflict):
            yield origin
