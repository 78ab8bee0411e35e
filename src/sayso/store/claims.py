"""Reading claims and the questions that they answer: as they stand now, or stood after a row of the ledger."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, bindparam, case, func, or_, select, union_all

from sayso.model.claim import Claim
from sayso.model.question import Said
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.columns import String, Utc
from sayso.store.counting import numbered_claims
from sayso.store.grouping import changed_groups, grouped, named_between
from sayso.store.project import chunks
from sayso.store.reading import Reads, standing
from sayso.store.records import Touched

#: In the order of `reconcile`: when it was said, when we saw it, then its number in its statement.
ORDER = ("said_at", "seen_at", "statement", "n")
LAST_LETTER = "\U0010ffff"


def _asked_by(table: Table) -> Select[Any]:
    """Built once: the questions in a range of ids, which an index serves, with a claimant of that beginning."""
    in_range = (table.c.question >= bindparam("b_first"), table.c.question < bindparam("b_last"))
    begins = func.substr(table.c.mouth, 1, func.length(bindparam("b_mouth", type_=String))) == bindparam("b_mouth")
    return select(table.c.question).where(*in_range, begins).distinct().order_by(table.c.question)


ASKED_BY = _asked_by(t.mouth)
ASKED_THEN = _asked_by(t.answer).where(t.answer.c.since <= bindparam("b_upto"), t.answer.c.until > bindparam("b_upto"))


class ClaimReads(Reads):
    """Claims that count, claims that are only suggested, and questions."""

    def said(
        self,
        *,
        statement: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        types: Sequence[str] | None = None,
        points: str | None = None,
        newest: int | None = None,
    ) -> tuple[Said, ...]:
        """The claims that count: accepted by an editor or a rule; in order of said_at, seen_at, statement, number.

        `since <= said_at < until`; `points` are those that may deny or mirror a claim of that type; of more than `newest`
        only so many. Claims that are gone from their source, or that a later accepted version replaced, are among them,
        marked as withdrawn.
        """
        table = t.said.c
        where = [standing(t.said, self._upto)]
        if statement is not None:
            where.append(table.statement == statement)
        if since is not None:
            where.append(table.said_at >= since)
        if until is not None:
            where.append(table.said_at < until)
        if types is not None:
            where.append(table.type.in_(types))
        if points is not None:
            where.append(table.points == points)
        query = select(t.said).where(*where).order_by(*(table[c].desc() for c in ORDER)).limit(newest)
        return self._said(query)

    def every_answer(self, question: str, *, newest: int | None = None) -> tuple[Said, ...]:
        """All claims that count and answer a question, in order; of more than `newest` only so many."""
        with self._connection() as conn:
            ids = select(t.answer.c.claim).where(t.answer.c.question == question, standing(t.answer, self._upto))
            ids = ids.order_by(*(t.answer.c[c].desc() for c in ORDER)).limit(newest)
            return _claims(conn, conn.execute(ids).scalars().all(), self._upto)

    def count_answers(self, question: str) -> int:
        """How many claims that count answer a question."""
        query = select(func.count()).where(t.answer.c.question == question, standing(t.answer, self._upto))
        with self._connection() as conn:
            return conn.execute(query).scalar_one()

    def answers(self, question: str, *, of_each: int, mouths: int) -> tuple[Said, ...]:
        """The newest `of_each` answers of each of the newest `mouths` claimants of a question, in order; withdrawn ones
        among them."""
        with self._connection() as conn:
            names = conn.execute(self._mouths(question).limit(mouths)).scalars().all()
            if not names:
                return ()
            parts = [self._newest(question, mouth).limit(of_each).subquery() for mouth in names]
            found = conn.execute(union_all(*(select(part.c.claim) for part in parts))).scalars().all()
            return _claims(conn, found, self._upto)

    def _mouths(self, question: str) -> Select[Any]:
        """The claimants of a question, the one who spoke last first."""
        if self._upto is None:
            table = t.mouth.c
            return select(table.mouth).where(table.question == question).order_by(table.last_at.desc(), table.mouth)
        answer, last = t.answer.c, func.max(t.answer.c.said_at)
        standing_then = (answer.question == question, standing(t.answer, self._upto))
        return select(answer.mouth).where(*standing_then).group_by(answer.mouth).order_by(last.desc(), answer.mouth)

    def _newest(self, question: str, mouth: str) -> Select[Any]:
        """A claimant's answers to a question, the newest first."""
        table = t.answer.c
        mine = (table.question == question, table.mouth == mouth, standing(t.answer, self._upto))
        return select(table.claim).where(*mine).order_by(*(table[c].desc() for c in ORDER))

    def asked_by(self, *, prefix: str, mouth: str) -> tuple[str, ...]:
        """Ids of the questions that begin with `prefix` and have a claimant whose id begins with `mouth`."""
        query = ASKED_BY if self._upto is None else ASKED_THEN
        values = {"b_first": prefix, "b_last": prefix + LAST_LETTER, "b_mouth": mouth, "b_upto": self._upto}
        with self._connection() as conn:
            return tuple(conn.execute(query, values).scalars())

    def asked_between(self, first: str, last: str, *, newest: int) -> tuple[str, ...]:
        """Ids of the questions from one id to another, both inclusive: those that were answered last, in order."""
        table = t.question.c if self._upto is None else self._questions_then().c
        query = select(table.id).where(table.id >= first, table.id <= last).order_by(table.last_at.desc(), table.id)
        with self._connection() as conn:
            return tuple(sorted(conn.execute(query.limit(newest)).scalars()))

    def questions_moved(self, first: int, last: int, *, newest: int) -> tuple[str, ...]:
        """Ids of the questions whose answers changed with the ledger's rows `first < row <= last`: those that editors
        decided about, then the others, those that moved last first."""
        began = and_(t.said.c.since > first, t.said.c.since <= last)
        ended = and_(t.said.c.until > first, t.said.c.until <= last)
        row = case((t.said.c.until <= last, t.said.c.until), else_=t.said.c.since)
        query = (
            select(t.answer.c.question)
            .join(t.said, t.said.c.id == t.answer.c.claim)
            .where(or_(began, ended))
            .group_by(t.answer.c.question)
            .order_by(func.max(row).desc(), t.answer.c.question)
            .limit(newest)
        )
        with self._connection() as conn:
            regrouped = sorted(named_between(conn, first, last))
            return tuple(dict.fromkeys((*regrouped, *conn.execute(query).scalars())))[:newest]

    def denials_moved(self, first: int, last: int, *, newest: int) -> tuple[Said, ...]:
        """The denials that began or ceased to count with the ledger's rows `first < row <= last`, in order; of more than
        `newest` only so many."""
        began = and_(t.said.c.since > first, t.said.c.since <= last)
        ended = and_(t.said.c.until > first, t.said.c.until <= last)
        moved = select(t.said).where(t.said.c.type == "denial", or_(began, ended))
        return self._said(moved.order_by(*(t.said.c[c].desc() for c in ORDER)).limit(newest))

    def touched(self, after: int) -> Touched:
        """What the ledger's rows after that one changed among the claims that count."""
        with self._connection() as conn:
            size = conn.execute(select(t.head.c.size)).scalar() or 0
            if conn.execute(select(t.takedown.c.seq).where(t.takedown.c.seq > after).limit(1)).scalar() is not None:
                return Touched(seq=size, all=True)
            changed = or_(t.said.c.since > after, and_(t.said.c.until > after, t.said.c.until < t.NEVER))
            said = conn.execute(select(t.said).where(changed)).mappings().all()
            ids = sorted({row["id"] for row in said})
            asked = set[str]()
            for part in chunks(ids):
                asked.update(conn.execute(select(t.answer.c.question).where(t.answer.c.claim.in_(part))).scalars())
            regrouped = changed_groups(conn, after)
        pointing = tuple(said_of(row) for row in said if row["points"] is not None)
        questions = frozenset(asked | regrouped)
        return Touched(seq=size, questions=questions, pointing=pointing, regrouped=bool(regrouped))

    def suggested(self, statement_id: str) -> tuple[Said, ...]:
        """The claims of a statement that nobody accepted, as read by machine and corrected by editors; by number."""
        with self._connection() as conn:
            counted = (t.said.c.statement == statement_id, standing(t.said, None))
            taken = set(conn.execute(select(t.said.c.n).where(*counted)).scalars())
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
            this = (t.said.c.id == claim_id, standing(t.said, self._upto))
            row = conn.execute(select(t.said).where(*this)).mappings().one_or_none()
            if row is not None:
                return said_of(row)
            return _readings(conn, statement).get(int(number)) if number.isdecimal() else None

    def questions_of(self, claim_id: str) -> tuple[str, ...]:
        """Ids of the questions that a claim answers, whether it counts yet or not."""
        statement, _, number = claim_id.rpartition(".")
        this = (t.answer.c.claim == claim_id, standing(t.answer, self._upto))
        query = select(t.answer.c.question).where(*this).order_by(t.answer.c.question)
        with self._connection() as conn:
            found = tuple(conn.execute(query).scalars())
            if found or not number.isdecimal():
                return found
            asked = {n: (c.claim, c.questions) for n, c in numbered_claims(conn, statement).items()}
            return tuple(sorted(grouped(conn, statement, asked).get(int(number), ())))

    def asked(self, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Ids of the questions that each of those claims answers which count, in order."""
        found: dict[str, tuple[str, ...]] = {}
        with self._connection() as conn:
            for part in chunks(sorted(claims)):
                these = select(t.answer.c.claim, t.answer.c.question).where(t.answer.c.claim.in_(part))
                query = these.where(standing(t.answer, self._upto)).order_by(t.answer.c.question)
                for claim, question in conn.execute(query):
                    found[claim] = (*found.get(claim, ()), question)
        return found

    def questions(
        self, *, limit: int | None = None, before: tuple[datetime, str] | None = None, containing: Sequence[str] = ()
    ) -> tuple[tuple[str, int, datetime], ...]:
        """The questions that claims that count answer, the newest answer first: id, how many such claims, when the last
        was said. `before` is the time and id of the last one of a page; `containing` are parts of an id, in order."""
        table = t.question.c if self._upto is None else self._questions_then().c
        query = select(table.id, table.claims, table.last_at).order_by(table.last_at.desc(), table.id.desc())
        if before is not None:
            at, last_id = before
            query = query.where(or_(table.last_at < at, and_(table.last_at == at, table.id < last_id)))
        if containing:
            query = query.where(table.id.like(like(containing), escape="/"))
        with self._connection() as conn:
            return tuple((row.id, row.claims, row.last_at) for row in conn.execute(query.limit(limit)))

    def _questions_then(self) -> Any:
        """The table of questions as it stood."""
        answer = t.answer.c
        last = func.max(answer.said_at, type_=Utc).label("last_at")
        counted = select(answer.question.label("id"), func.count().label("claims"), last)
        return counted.where(standing(t.answer, self._upto)).group_by(answer.question).subquery()

    def _said(self, query: Select[Any]) -> tuple[Said, ...]:
        """The claims of a query that gives the newest first, in order."""
        with self._connection() as conn:
            return tuple(said_of(row) for row in reversed(conn.execute(query).mappings().all()))


def like(parts: Iterable[str]) -> str:
    """A LIKE pattern (escaped with /) for texts that hold the parts in this order."""
    escaped = (p.replace("/", "//").replace("%", "/%").replace("_", "/_") for p in parts)
    return f"%{'%'.join(escaped)}%"


def _claims(conn: Connection, ids: Sequence[str], at: int | None) -> tuple[Said, ...]:
    """The claims of those ids as they stand after row `at`, in order."""
    rows = [
        row
        for part in chunks(sorted(ids))
        for row in conn.execute(select(t.said).where(t.said.c.id.in_(part), standing(t.said, at))).mappings()
    ]
    return tuple(said_of(row) for row in sorted(rows, key=lambda row: [row[c] for c in ORDER]))


def said_of(row: Any) -> Said:
    """The claim of a row of `said`; its outlet is the name of its source."""
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
        for n, (claim, _, _) in numbered_claims(conn, statement_id).items()
    }
