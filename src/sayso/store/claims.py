"""Reading claims and the questions that they answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from sayso.model.claim import Claim
from sayso.model.question import Said
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.counting import numbered_claims
from sayso.store.reading import Reads


class ClaimReads(Reads):
    """Claims that count, claims that are only suggested, and questions."""

    def said(
        self,
        *,
        question: str | None = None,
        statement: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        types: Sequence[str] | None = None,
    ) -> tuple[Said, ...]:
        """The claims that count: accepted by an editor or a rule; in order of said_at, seen_at, id.

        `since <= said_at < until`. Claims that are gone from their source, or that a later accepted version replaced,
        are among them, marked as withdrawn.
        """
        table = t.said.c
        query = select(t.said).order_by(table.said_at, table.seen_at, table.statement, table.n)
        if question is not None:
            query = query.join(t.answer, t.answer.c.claim == table.id).where(t.answer.c.question == question)
        if statement is not None:
            query = query.where(table.statement == statement)
        if since is not None:
            query = query.where(table.said_at >= since)
        if until is not None:
            query = query.where(table.said_at < until)
        if types is not None:
            query = query.where(table.type.in_(types))
        with self._connection() as conn:
            return tuple(_said(row) for row in conn.execute(query).mappings())

    def suggested(self, statement_id: str) -> tuple[Said, ...]:
        """The claims of a statement that nobody accepted, as read by machine and corrected by editors; by number."""
        with self._connection() as conn:
            taken = set(conn.execute(select(t.said.c.n).where(t.said.c.statement == statement_id)).scalars())
            return tuple(s for n, s in sorted(_readings(conn, statement_id).items()) if n not in taken)

    def corrections(self, statement_id: str) -> dict[int, Claim]:
        """The claims that an editor put in place of the machine's, by claim number."""
        query = select(t.correction).where(t.correction.c.statement == statement_id).order_by(t.correction.c.n)
        with self._connection() as conn:
            return {row["n"]: decode(row["body"], Claim) for row in conn.execute(query).mappings()}

    def claim(self, claim_id: str) -> Said | None:
        """The claim with that id: as it counts, else as it is suggested (`by` "none"); None if there is none."""
        statement, _, number = claim_id.rpartition(".")
        with self._connection() as conn:
            row = conn.execute(select(t.said).where(t.said.c.id == claim_id)).mappings().one_or_none()
            if row is not None:
                return _said(row)
            return _readings(conn, statement).get(int(number)) if number.isdecimal() else None

    def questions_of(self, claim_id: str) -> tuple[str, ...]:
        """Ids of the questions that a claim answers, whether it counts yet or not."""
        statement, _, number = claim_id.rpartition(".")
        query = select(t.answer.c.question).where(t.answer.c.claim == claim_id).order_by(t.answer.c.question)
        with self._connection() as conn:
            found = tuple(conn.execute(query).scalars())
            if found or not number.isdecimal():
                return found
            claims = numbered_claims(conn, statement)
        return tuple(sorted(claims[int(number)][1])) if int(number) in claims else ()

    def questions(self) -> tuple[tuple[str, int, datetime], ...]:
        """Each question that a claim that counts answers: its id, how many such claims, when the last was said."""
        last = func.max(t.said.c.said_at, type_=t.Utc)
        query = (
            select(t.answer.c.question, func.count().label("claims"), last.label("last"))
            .join(t.said, t.said.c.id == t.answer.c.claim)
            .group_by(t.answer.c.question)
            .order_by(t.answer.c.question)
        )
        with self._connection() as conn:
            return tuple((row.question, row.claims, row.last) for row in conn.execute(query))


def _said(row: Any) -> Said:
    fields = {k: row[k] for k in ("id", "statement", "source", "said_at", "seen_at", "origin", "by", "withdrawn")}
    return Said(**fields, outlet=row["source"], claim=decode(row["body"], Claim))


def _readings(conn: Connection, statement_id: str) -> dict[int, Said]:
    """Every claim of a statement as nobody's word yet, by number; empty if there is no such statement."""
    row = conn.execute(select(t.statement).where(t.statement.c.id == statement_id)).mappings().one_or_none()
    if row is None:
        return {}
    fields = {k: row[k] for k in ("source", "said_at", "seen_at", "origin")}
    return {
        n: Said(
            id=f"{statement_id}.{n}",
            claim=claim,
            statement=statement_id,
            outlet=row["source"],
            by="none",
            withdrawn=row["gone_at"] is not None,
            **fields,
        )
        for n, (claim, _) in numbered_claims(conn, statement_id).items()
    }
