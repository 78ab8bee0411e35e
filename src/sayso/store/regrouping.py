"""What an editor's decision about questions does to the tables: answers end under one question and begin under another.

How they stood before stays known. The same function takes a decision and takes it back, live and in a rebuild.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from sayso.model.claim import Claim
from sayso.model.event import KIND_OF, AboutQuestions, KeptApart, Marked, Merged, Moved, TakenBack
from sayso.store import tables as t
from sayso.store.coding import decode, encode
from sayso.store.counting import TALLY, Made, begin_answers, note_mention, uncount
from sayso.store.filing import file_posts_of
from sayso.store.grouping import grouped, roots_of
from sayso.store.tables import INSERT

Ids = tuple[str, ...]


def regrouped(conn: Connection, seq: int, at: datetime, event: AboutQuestions) -> Sequence[Made]:
    """The decision stands from this row on, or stands no longer; all claims that it is about are answered accordingly.

    Its public changes are read from the event alone: a rebuild may never have seen the claims.
    """
    if isinstance(event, KeptApart):
        _keep(conn, seq, at, event)
        return ()
    statement = event.statement if isinstance(event, Moved | Marked | TakenBack) else None
    before = _about(conn, seq, at, event)
    if statement is not None:
        note_mention(conn, statement, seq)
        touched = [statement]
    else:
        answers = t.answer.c
        theirs = select(answers.statement).where(answers.question.in_(before), answers.until == t.NEVER).distinct()
        touched = sorted(conn.execute(theirs).scalars())
    _answer_anew(conn, seq, touched)
    file_posts_of(conn, seq, touched)
    return (TALLY, *(("put", post, None) for post in event.posts))


def _about(conn: Connection, seq: int, at: datetime, event: Merged | Moved | Marked | TakenBack) -> Ids:
    """Take the decision, or take it back; the questions under which the claims stood that it may concern."""
    if not isinstance(event, TakenBack):
        before = roots_of(conn, [event.question.id])
        _keep(conn, seq, at, event)
        return tuple(before.values())
    this = (t.regrouping.c.since == event.decision) & (t.regrouping.c.until == t.NEVER)
    taken_back = conn.execute(select(t.regrouping.c.question).where(this)).scalars().all()
    before = roots_of(conn, taken_back)
    conn.execute(update(t.regrouping).where(this).values(until=seq))
    return tuple(before.values())


def _keep(conn: Connection, seq: int, at: datetime, event: Merged | Moved | KeptApart | Marked) -> None:
    values = {"since": seq, "until": t.NEVER, "at": at, "kind": KIND_OF[type(event)], "body": encode(event)}
    values |= {
        "question": event.question.id,
        "leads_to": event.into.id,
        "statement": event.statement if isinstance(event, Moved | Marked) else None,
    }
    conn.execute(INSERT[t.regrouping], values)


def _answer_anew(conn: Connection, seq: int, statements: Iterable[str]) -> None:
    """Let the claims of the statements that count answer the questions that decisions now give them."""
    ended, begun = [], []
    for statement in statements:
        of_it = (t.said.c.statement == statement, t.said.c.until == t.NEVER)
        said = {row["n"]: row for row in conn.execute(select(t.said).where(*of_it)).mappings()}
        asked = {n: (decode(row["body"], Claim), decode(row["asked"], Ids)) for n, row in said.items()}
        wanted = grouped(conn, statement, asked)
        standing = (t.answer.c.statement == statement, t.answer.c.until == t.NEVER)
        rows = conn.execute(select(t.answer).where(*standing)).all()
        ended += [row for row in rows if row.question not in wanted[row.n]]
        known = {(row.question, row.n) for row in rows}
        begun += [
            {**{k: row[k] for k in ("statement", "n", "mouth", "said_at", "seen_at")}, "claim": row["id"],
             "question": q, "since": seq, "until": t.NEVER}
            for n, row in said.items() for q in sorted(wanted[n]) if (q, n) not in known
        ]  # fmt: skip
    for row in ended:
        this = (t.answer.c.question == row.question) & (t.answer.c.claim == row.claim)
        conn.execute(update(t.answer).where(this, t.answer.c.until == t.NEVER).values(until=seq))
    uncount(conn, ended)
    begin_answers(conn, begun)
