"""All projections of a store as values that can be compared."""

from typing import Any

from sqlalchemy import select

from sayso.store import Store
from sayso.store.tables import PROJECTIONS


def projections(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store._connection() as conn:
        return {t.name: sorted((tuple(r) for r in conn.execute(select(t))), key=repr) for t in PROJECTIONS}
