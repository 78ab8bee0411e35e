"""Which rows of the ledger hold an item's words: what a takedown erases, and what stays of each (H14)."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, and_, or_, select, update

from sayso.model.event import KIND_OF, Decided, Husk, KeptApart, Marked, Merged, Moved, Read, TakenBack, TakenDown
from sayso.model.grouping import Lost
from sayso.store import operational
from sayso.store import tables as t
from sayso.store.coding import decode, decode_event
from sayso.store.project import chunks
from sayso.store.reading import Reads
from sayso.store.records import Struck

#: The rows of a statement that name questions.
ASKING: Final = tuple(KIND_OF[kind] for kind in (Read, Decided, Moved))
#: The kinds of rows that hold what editors decided about questions.
DECISIONS: Final = tuple(KIND_OF[kind] for kind in (Merged, Moved, KeptApart, Marked, TakenBack))
#: What the staff log says in place of questions that were taken down.
ERASED: Final = "about what was taken down"


def husks_of(
    conn: Connection, statements: Sequence[str], *, captures: Sequence[str], decisions: Iterable[int]
) -> tuple[Husk, ...]:
    """What stays of every row that may hold the item's words, by number.

    These are the rows about its versions, the versions of posts from the first that names it on (a correction in a
    later one may quote it), what was noted as unread in the captures that held it, and editors' decisions about
    questions that nothing else asked.
    """
    seqs = set(conn.execute(select(t.mention.c.seq).where(t.mention.c.statement.in_(statements))).scalars())
    seqs.update(decisions)
    link = t.post_statement.c
    first = conn.execute(select(link.post, link.seq).where(link.statement.in_(statements)).order_by(link.seq.desc()))
    for post, seq in dict(first.all()).items():  # the lowest number of a post comes last and stays
        later = and_(t.post.c.id == post, t.post.c.seq >= seq)
        seqs.update(conn.execute(select(t.post.c.seq).where(later)).scalars())
    for part in chunks(captures):
        seqs.update(conn.execute(select(t.unread.c.seq).where(t.unread.c.capture.in_(part))).scalars())
    return tuple(Husk(seq=seq, changes=_changes_of(conn, seq)) for seq in sorted(seqs))


def husks_of_post(conn: Connection, post: str) -> tuple[Husk, ...]:
    """What stays of every version of a post, by number."""
    seqs = conn.execute(select(t.post.c.seq).where(t.post.c.id == post)).scalars()
    return tuple(Husk(seq=seq, changes=_changes_of(conn, seq)) for seq in sorted(seqs))


def _changes_of(conn: Connection, seq: int) -> tuple[tuple[str, str | None, int | None], ...]:
    columns = (t.change.c.kind, t.change.c.post, t.change.c.version)
    rows = conn.execute(select(*columns).where(t.change.c.seq == seq).order_by(t.change.c.n))
    return tuple((kind, post, version) for kind, post, version in rows)


def questions_of_these_alone(conn: Connection, statements: Sequence[str]) -> frozenset[str]:
    """Ids of the questions that the statements ever asked and the counted claims of no other: their words are theirs."""
    asked = _ever_asked(conn, statements)
    under = _ever_under(conn, asked)
    theirs = set[str]()
    for part in chunks(sorted(under)):
        beside = select(t.answer.c.statement).where(t.answer.c.question.in_(part))
        others = select(t.said.c.asked).where(t.said.c.statement.in_(beside), t.said.c.statement.not_in(statements))
        theirs.update(i for body in conn.execute(others).scalars() for i in decode(body, tuple[str, ...]))
    return frozenset(asked - theirs)


def questions_beside_others(conn: Connection, statements: Sequence[str], *, alone: frozenset[str]) -> frozenset[str]:
    """Ids of the questions, computed from them, that the statements' counted claims answer now beside claims of others."""
    asked = select(t.said.c.asked).where(t.said.c.statement.in_(statements), t.said.c.until == t.NEVER)
    return frozenset(i for body in conn.execute(asked).scalars() for i in decode(body, tuple[str, ...])) - alone


def _ever_asked(conn: Connection, statements: Sequence[str]) -> set[str]:
    """The questions that any reading, correction or move of the statements names."""
    query = (
        select(t.ledger.c.kind, t.content.c.body)
        .join(t.content, t.content.c.seq == t.ledger.c.seq)
        .join(t.mention, t.mention.c.seq == t.ledger.c.seq)
        .where(t.mention.c.statement.in_(statements), t.ledger.c.kind.in_(ASKING))
    )
    found = set[str]()
    for kind, body in conn.execute(query):
        match decode_event(kind, body):
            case Read(questions=asked):
                found.update(i for ids in asked for i in ids)
            case Decided(questions=numbered):
                found.update(i for _, ids in numbered for i in ids)
            case Moved(question=one, into=other):
                found.update((one.id, other.id))
            case _:
                pass
    return found


def _ever_under(conn: Connection, asked: Iterable[str]) -> set[str]:
    """The questions, and those under which decisions ever put their answers."""
    found, new = set[str](), set(asked)
    while new:
        found |= new
        after = set[str]()
        for part in chunks(sorted(new)):
            leads = select(t.regrouping.c.leads_to).where(t.regrouping.c.question.in_(part))
            after.update(conn.execute(leads).scalars())
        new = after - found
    return found


def decisions_of_these_alone(conn: Connection, questions: Iterable[str]) -> frozenset[int]:
    """The rows of the decisions that name any of the questions, and of those that took these back."""
    found = set[int]()
    columns = t.regrouping.c
    for part in chunks(sorted(questions)):
        named = or_(columns.question.in_(part), columns.leads_to.in_(part))
        for since, until in conn.execute(select(columns.since, columns.until).where(named)):
            found.update((since,) if until == t.NEVER else (since, until))
    return frozenset(found)


def any_decision(conn: Connection, husks: Iterable[Husk]) -> bool:
    """Whether any of the rows held an editor's decision about questions."""
    for part in chunks(tuple(h.seq for h in husks)):
        query = select(t.ledger.c.seq).where(t.ledger.c.seq.in_(part), t.ledger.c.kind.in_(DECISIONS)).limit(1)
        if conn.execute(query).first():
            return True
    return False


def forget_in_staff_log(conn: Connection, questions: Iterable[str]) -> None:
    """The staff log keeps who did something and when, but names none of the questions any more."""
    detail = operational.staff_log.c.detail
    for question in sorted(questions):
        conn.execute(
            update(operational.staff_log).where(detail.contains(question, autoescape=True)).values(detail=ERASED)
        )


class LostReads(Reads):
    """What is left of answers and of editors' decisions that takedowns erased."""

    def struck(self) -> tuple[Struck, ...]:
        """The takedowns of claims that answered questions beside others, oldest first."""
        query = (
            select(t.content.c.body, t.takedown.c.at)
            .join(t.takedown, t.takedown.c.seq == t.content.c.seq)
            .where(t.takedown.c.seq <= (t.NEVER if self._upto is None else self._upto))
            .distinct()
        )
        with self._connection() as conn:
            found = [(decode(body, TakenDown), at) for body, at in conn.execute(query)]
        told = [
            Struck(at=max((p.updated_at for p in it.posts), default=at), salt=it.salt, answered=frozenset(it.answered))
            for it, at in found if it.answered
        ]  # fmt: skip
        return tuple(sorted(told, key=lambda s: (s.at, s.salt)))

    def lost(self) -> tuple[Lost, ...]:
        """The decisions whose words takedowns erased, oldest first: that they were made stays, what they said does not."""
        noted = select(t.takedown.c.seq)
        query = select(t.content.c.body).where(t.content.c.seq.in_(noted))
        with self._connection() as conn:
            husks = {h.seq for body in conn.execute(query).scalars() for h in decode(body, TakenDown).husks}
            columns = (t.ledger.c.seq, t.ledger.c.at, t.ledger.c.kind)
            rows = [
                row for part in chunks(sorted(husks))
                for row in conn.execute(select(*columns).where(t.ledger.c.seq.in_(part), t.ledger.c.kind.in_(DECISIONS)))
            ]  # fmt: skip
        upto = t.NEVER if self._upto is None else self._upto
        return tuple(Lost(seq=row.seq, at=row.at, kind=row.kind) for row in sorted(rows) if row.seq <= upto)
