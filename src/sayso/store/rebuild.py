"""Making the projections anew from the ledger, in the database of whoever asks (`backends.Backend.rebuild`)."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, cast

from sqlalchemy import Connection

from sayso.store.batching import Batch
from sayso.store.coding import decode_event
from sayso.store.ledger import all_rows, read_husks
from sayso.store.project import apply, apply_husk

#: New objects after which Python looks for circles among them: what waits to be written is many objects and no circle.
LOOKED_THROUGH: Final = 100_000
#: Is told how many rows were applied, each time that so many more were.
Progress = Callable[[int], None]
TOLD_AFTER: Final = 10_000


def replay(ledger: Connection, into: Connection, progress: Progress | None = None) -> int:
    """How many rows were applied: all of `ledger`, to the empty projections of `into`, a connection to SQLite (often the
    same).

    Raises ValueError where a row's content is missing although no takedown erased it: `verify` says more.
    """
    husks, applied, batch = read_husks(ledger), 0, Batch(into)
    lent = cast(Connection, batch)  # the projections only ever execute
    with _many_objects():
        for row in all_rows(ledger):
            if row.content is not None:
                apply(lent, row.seq, row.at, decode_event(row.kind, row.content))
            elif row.seq in husks:
                apply_husk(lent, row.seq, row.at, husks[row.seq])
            else:
                raise ValueError(f"row {row.seq} has lost its content; run `sayso store verify`")
            applied += 1
            if progress is not None and applied % TOLD_AFTER == 0:
                progress(applied)
        batch.flush()
    return applied


@contextmanager
def _many_objects() -> Iterator[None]:
    was = gc.get_threshold()
    gc.set_threshold(LOOKED_THROUGH, *was[1:])
    try:
        yield
    finally:
        gc.set_threshold(*was)
