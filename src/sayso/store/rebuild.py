"""Making the projections anew from the ledger, in the database of whoever asks (`backends.Backend.rebuild`)."""

from typing import cast

from sqlalchemy import Connection, delete

from sayso.store.batching import Batch
from sayso.store.coding import decode_event
from sayso.store.ledger import all_rows, read_husks
from sayso.store.project import apply, apply_husk
from sayso.store.tables import PROJECTIONS


def replay(ledger: Connection, into: Connection) -> int:
    """How many rows were applied: all of `ledger`, to the emptied projections of `into`, a connection to SQLite (often the
    same).

    Raises ValueError where a row's content is missing although no takedown erased it: `verify` says more.
    """
    for table in PROJECTIONS:
        into.execute(delete(table))
    husks, applied, batch = read_husks(ledger), 0, Batch(into)
    lent = cast(Connection, batch)  # the projections only ever execute
    for row in all_rows(ledger):
        if row.content is not None:
            apply(lent, row.seq, row.at, decode_event(row.kind, row.content))
        elif row.seq in husks:
            apply_husk(lent, row.seq, row.at, husks[row.seq])
        else:
            raise ValueError(f"row {row.seq} has lost its content; run `sayso store verify`")
        applied += 1
    batch.flush()
    return applied
