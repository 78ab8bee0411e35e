"""Editors' decisions about questions: which stand, and under which questions claims are answered by them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from sayso.model.event import EVENTS, Moved
from sayso.model.grouping import Asked, Decision, Grouping, moved, root_of
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.reading import Reads, standing

_STANDS = t.regrouping.c.until == t.NEVER
#: Built once, as in `project`.
MOVES = (
    select(t.regrouping.c.body)
    .where(t.regrouping.c.statement == bindparam("b_statement"), t.regrouping.c.kind == "moved", _STANDS)
    .order_by(t.regrouping.c.since)
)
MERGES = select(t.regrouping.c.question, t.regrouping.c.leads_to).where(
    t.regrouping.c.question.in_(bindparam("b_ids", expanding=True)), t.regrouping.c.kind == "merged", _STANDS
)


def grouped(conn: Connection, statement: str, asked: Asked) -> dict[int, frozenset[str]]:
    """The questions under which each claim of a statement is answered now, from those that were computed from it."""
    bodies = conn.execute(MOVES, {"b_statement": statement}).scalars().all()
    after = moved(asked, (decode(body, Moved) for body in bodies))
    roots = roots_of(conn, {i for ids in after.values() for i in ids})
    return {n: frozenset(roots[i] for i in ids) for n, ids in after.items()}


def roots_of(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """For each of the questions the one under which it is answered now."""
    asked, merges = set(ids), dict[str, str]()
    new = asked
    while new:
        found = dict(conn.execute(MERGES, {"b_ids": sorted(new)}).all())
        new = set(found.values()) - set(merges) - asked
        merges |= found
    return {i: root_of(i, merges) for i in asked}


def named_between(conn: Connection, first: int, last: int) -> set[str]:
    """The questions named by decisions that were made or taken back in the ledger's rows `first < row <= last`."""
    table = t.regrouping.c
    began, ended = and_(table.since > first, table.since <= last), and_(table.until > first, table.until <= last)
    return {i for row in conn.execute(select(table.question, table.leads_to).where(or_(began, ended))) for i in row}


def changed_groups(conn: Connection, after: int) -> set[str]:
    """The questions whose answers decisions changed in the ledger's rows after that one: those that they name, and those
    under which the answers of these stand now."""
    named = named_between(conn, after, t.NEVER - 1)
    return named | set(roots_of(conn, named).values())


class GroupingReads(Reads):
    """Editors' decisions about questions, as they stand now or stood after a row of the ledger."""

    def grouping(self) -> Grouping:
        """All that stand."""
        query = select(t.regrouping).where(standing(t.regrouping, self._upto)).order_by(t.regrouping.c.since)
        with self._connection() as conn:
            return Grouping(tuple(_decision(row) for row in conn.execute(query).mappings()))

    def roots(self, ids: Iterable[str]) -> dict[str, str]:
        """For each of the questions the one under which it is answered now."""
        with self._connection() as conn:
            return roots_of(conn, ids)


def _decision(row: Any) -> Decision:
    return Decision(seq=row["since"], at=row["at"], event=decode(row["body"], EVENTS[row["kind"]]))  # type: ignore[arg-type]
