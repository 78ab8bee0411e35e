"""Which claims count: what decisions, corrections and new versions do to the claims of a statement."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from sayso.model.claim import Claim, Reading
from sayso.model.event import Decided, Read
from sayso.store import tables as t
from sayso.store.coding import decode, encode
from sayso.store.tables import INSERT

#: A public change that a row makes: (kind, post, version).
Made = tuple[str, str | None, int | None]
Questions = tuple[tuple[str, ...], ...]

#: What a decision makes of a statement.
DECIDED = {"accept": "accepted", "hold": "held", "reject": "rejected", "duplicate": "duplicate"}
TALLY: Made = ("tally", None, None)

#: Built once, as in `project`.
STATEMENT = select(t.statement).where(t.statement.c.id == bindparam("b_id"))
READING = select(t.reading.c.body, t.reading.c.questions).where(t.reading.c.statement == bindparam("b_id"))
CORRECTIONS = select(t.correction).where(t.correction.c.statement == bindparam("b_id"))
DECIDE = (
    update(t.statement)
    .where(t.statement.c.id == bindparam("b_id"))
    .values({name: bindparam(name) for name in ("decision", "state", "decided_by", "reason")})
)


def decided(conn: Connection, seq: int, event: Decided) -> Sequence[Made]:
    """The claims of the statement that count from now on are the accepted ones, corrected where an editor did."""
    row = statement_row(conn, event.statement)
    decision = DECIDED[event.decision]
    state = "superseded" if row["superseded"] else "gone" if row["gone_at"] else decision
    values = {"decision": decision, "state": state, "decided_by": event.by, "reason": event.reason}
    conn.execute(DECIDE, {"b_id": event.statement, **values})
    note_mention(conn, event.statement, seq)
    if event.corrected:
        _keep_corrections(conn, event)
    before = 0
    if row["decided_by"] is not None:  # else nothing of it counted yet
        before = conn.execute(delete(t.said).where(t.said.c.statement == event.statement)).rowcount
        conn.execute(delete(t.answer).where(t.answer.c.statement == event.statement))
    if event.accepted:
        _count_claims(conn, row, event)
    if row["version"] > 1 or row["superseded"]:
        refresh_withdrawn(conn, row["source"], row["key"])
    return (TALLY,) if before or event.accepted else ()


def _keep_corrections(conn: Connection, event: Decided) -> None:
    claims, questions = machine_reading(conn, event.statement)
    asked = dict(event.questions)
    for n, claim in event.corrected:
        was = claims[n] if n < len(claims) else claim
        this = (t.correction.c.statement == event.statement) & (t.correction.c.n == n)
        values = {
            "body": encode(claim),
            "questions": encode(asked.get(n, questions[n] if n < len(questions) else ())),
            "was_start": was.span.start,
            "was_end": was.span.end,
            "was_type": was.type,
        }
        if not conn.execute(update(t.correction).where(this).values(values)).rowcount:
            conn.execute(INSERT[t.correction], {"statement": event.statement, "n": n, **values})


def machine_reading(conn: Connection, statement: str) -> tuple[Sequence[Claim], Questions]:
    """The claims of the newest reading of a statement and the questions that each answers; empty if nobody read it."""
    row = conn.execute(READING, {"b_id": statement}).mappings().one_or_none()
    if row is None:
        return (), ()
    return decode(row["body"], Reading).claims, decode(row["questions"], Questions)


def numbered_claims(conn: Connection, statement: str) -> dict[int, tuple[Claim, tuple[str, ...]]]:
    """Each claim of a statement by its number, as an editor corrected it, with the ids of its questions."""
    claims, questions = machine_reading(conn, statement)
    found = {n: (c, questions[n] if n < len(questions) else ()) for n, c in enumerate(claims)}
    for row in conn.execute(CORRECTIONS, {"b_id": statement}).mappings():
        found[row["n"]] = (decode(row["body"], Claim), decode(row["questions"], tuple[str, ...]))
    return found


def _count_claims(conn: Connection, row: RowMapping, event: Decided) -> None:
    claims = numbered_claims(conn, event.statement)
    unknown = [n for n in event.accepted if n not in claims]
    if unknown:
        raise ValueError(f"statement {event.statement} has no claim {unknown[0]}")
    shared = {"statement": event.statement, "by": event.by, "withdrawn": row["gone_at"] is not None}
    shared |= {k: row[k] for k in ("source", "said_at", "seen_at", "origin")}
    numbers = sorted(set(event.accepted))
    rows = [
        {"id": f"{event.statement}.{n}", "n": n, "type": claims[n][0].type, "body": encode(claims[n][0]), **shared}
        for n in numbers
    ]
    conn.execute(INSERT[t.said], rows)
    asked = [
        {"question": question, "claim": f"{event.statement}.{n}", "statement": event.statement}
        for n in numbers
        for question in sorted(set(claims[n][1]))
    ]
    if asked:
        conn.execute(INSERT[t.answer], asked)


def refresh_withdrawn(conn: Connection, source: str, key: str) -> bool:
    """Whether claims of the item count at all; those of a version that is gone, or that a later accepted version took
    the place of, are marked as withdrawn. A later version that nobody accepted yet withdraws nothing (H1)."""
    columns = (t.statement.c.id, t.statement.c.version, t.statement.c.decision, t.statement.c.gone_at)
    same_item = (t.statement.c.source == source) & (t.statement.c.key == key)
    versions = conn.execute(select(*columns).where(same_item)).all()
    newest = max((v.version for v in versions if v.decision == "accepted"), default=0)
    counted = 0
    for v in versions:
        withdrawn = v.gone_at is not None or v.version < newest
        done = conn.execute(update(t.said).where(t.said.c.statement == v.id).values(withdrawn=withdrawn))
        counted += done.rowcount
    return counted > 0


def move_corrections(conn: Connection, event: Read) -> None:
    """Give an editor's corrections the numbers that the same words have in a new reading.

    A correction whose words the new reader passes over keeps standing after the reader's own claims.
    """
    this = t.correction.c.statement == event.statement
    rows = conn.execute(select(t.correction).where(this).order_by(t.correction.c.n)).mappings().all()
    if not rows:
        return
    claims, taken = event.reading.claims, set[int]()
    conn.execute(delete(t.correction).where(this))
    for row in rows:
        n = _number_of(row, claims, taken)
        taken.add(n)
        conn.execute(INSERT[t.correction], {**row, "n": n})


def _number_of(row: RowMapping, claims: Sequence[Claim], taken: set[int]) -> int:
    """The number of the claim that reads the same words in the same way, else the first free one after the last."""
    for n, claim in enumerate(claims):
        overlap = claim.span.start < row["was_end"] and row["was_start"] < claim.span.end
        if n not in taken and claim.type == row["was_type"] and overlap:
            return n
    n = len(claims)
    while n in taken:
        n += 1
    return n


def statement_row(conn: Connection, statement: str) -> RowMapping:
    """The table's row of a statement. Raises ValueError where there is none: an event about it is a caller's bug."""
    row = conn.execute(STATEMENT, {"b_id": statement}).mappings().one_or_none()
    if row is None:
        raise ValueError(f"no statement {statement} in the store")
    return row


def note_mention(conn: Connection, statement: str, seq: int) -> None:
    """Remember that a ledger row is about a statement, so that a takedown finds it."""
    conn.execute(INSERT[t.mention], {"statement": statement, "seq": seq})
