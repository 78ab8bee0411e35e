"""Which claims count: what decisions, corrections and new versions do to the claims of a statement."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, RowMapping, bindparam, delete, exists, func, select, text, update

from sayso.model.claim import ADDED_FROM, Claim, Reading
from sayso.model.event import Decided, Read
from sayso.model.vocabulary import MIRRORED
from sayso.store import tables as t
from sayso.store.coding import decode, encode
from sayso.store.columns import String, Utc
from sayso.store.grouping import grouped
from sayso.store.tables import INSERT

#: A public change that a row makes: (kind, post, version).
Made = tuple[str, str | None, int | None]
Questions = tuple[tuple[str, ...], ...]

#: What a decision makes of a statement.
DECIDED = {"accept": "accepted", "hold": "held", "reject": "rejected", "duplicate": "duplicate"}
TALLY: Made = ("tally", None, None)


class Numbered(NamedTuple):
    """A claim of a statement with the ids of the questions that it answers and of its claimant."""

    claim: Claim
    questions: tuple[str, ...]
    mouth: str


#: Built once, as in `project`.
STATEMENT = select(t.statement).where(t.statement.c.id == bindparam("b_id"))
READING = select(
    t.reading.c.body,
    t.reading.c.questions,
    t.reading.c.mouths,
    exists().where(t.correction.c.statement == t.reading.c.statement).label("corrected"),
).where(t.reading.c.statement == bindparam("b_id"))
CORRECTIONS = select(t.correction).where(t.correction.c.statement == bindparam("b_id"))
DECIDE = (
    update(t.statement)
    .where(t.statement.c.id == bindparam("b_id"))
    .values({name: bindparam(name) for name in ("decision", "state", "decided_by", "reason")})
)
_SAID = (t.said.c.statement == bindparam("b_statement")) & (t.said.c.until == t.NEVER)
_ANSWERS = (t.answer.c.statement == bindparam("b_statement")) & (t.answer.c.until == t.NEVER)
STANDING_SAID = select(t.said).where(_SAID)
STANDING_ANSWERS = select(t.answer).where(_ANSWERS)
END_SAID = update(t.said).where(_SAID).values(until=bindparam("until"))
END_ANSWERS = update(t.answer).where(_ANSWERS).values(until=bindparam("until"))
_COUNTED = (bindparam("question", type_=String), bindparam("said_at", type_=Utc))
#: Counting one more, in words that every database of ours understands.
COUNT_MOUTH = text(
    "INSERT INTO mouth (question, mouth, claims, last_at) VALUES (:question, :mouth, 1, :said_at)"
    " ON CONFLICT (question, mouth) DO UPDATE SET claims = mouth.claims + 1, last_at ="
    " CASE WHEN mouth.last_at < excluded.last_at THEN excluded.last_at ELSE mouth.last_at END"
).bindparams(*_COUNTED, bindparam("mouth", type_=String))
COUNT_QUESTION = text(
    "INSERT INTO question (id, claims, last_at) VALUES (:question, 1, :said_at)"
    " ON CONFLICT (id) DO UPDATE SET claims = question.claims + 1, last_at ="
    " CASE WHEN question.last_at < excluded.last_at THEN excluded.last_at ELSE question.last_at END"
).bindparams(*_COUNTED)
_LAST_OF_MOUTH = (
    select(func.max(t.answer.c.said_at))
    .where(t.answer.c.question == t.mouth.c.question, t.answer.c.mouth == t.mouth.c.mouth, t.answer.c.until == t.NEVER)
    .scalar_subquery()
)
_LAST_OF_QUESTION = select(func.max(t.mouth.c.last_at)).where(t.mouth.c.question == t.question.c.id).scalar_subquery()
UNCOUNT_MOUTH = (
    update(t.mouth)
    .where(t.mouth.c.question == bindparam("b_q"), t.mouth.c.mouth == bindparam("b_m"))
    .values(claims=t.mouth.c.claims - bindparam("n"), last_at=func.coalesce(_LAST_OF_MOUTH, t.mouth.c.last_at))
)
EMPTY_MOUTH = delete(t.mouth).where(
    t.mouth.c.question == bindparam("b_q"), t.mouth.c.mouth == bindparam("b_m"), t.mouth.c.claims == 0
)
EMPTY_QUESTION = delete(t.question).where(t.question.c.id == bindparam("b_q"), t.question.c.claims == 0)
UNCOUNT_QUESTION = (
    update(t.question)
    .where(t.question.c.id == bindparam("b_q"))
    .values(claims=t.question.c.claims - bindparam("n"), last_at=func.coalesce(_LAST_OF_QUESTION, t.question.c.last_at))
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
    before = row["decided_by"] is not None and _end_claims(conn, seq, event.statement)  # else nothing of it counted yet
    if event.accepted:
        _count_claims(conn, seq, row, event)
    others = row["version"] > 1 or row["superseded"]
    moved = others and refresh_withdrawn(conn, seq, row["source"], row["key"])
    return (TALLY,) if before or event.accepted or moved else ()


def _end_claims(conn: Connection, seq: int, statement: str) -> bool:
    """Whether claims of the statement counted; from this row on none does."""
    ended = conn.execute(END_SAID, {"b_statement": statement, "until": seq}).rowcount > 0
    if ended:
        answers = conn.execute(STANDING_ANSWERS, {"b_statement": statement}).all()
        conn.execute(END_ANSWERS, {"b_statement": statement, "until": seq})
        uncount(conn, answers)
    return ended


def _keep_corrections(conn: Connection, event: Decided) -> None:
    claims, questions, mouths = machine_reading(conn, event.statement)
    asked, by = dict(event.questions), dict(event.mouths)
    for n, claim in event.corrected:
        was = claims[n] if n < len(claims) else claim
        this = (t.correction.c.statement == event.statement) & (t.correction.c.n == n)
        values = {
            "body": encode(claim),
            "questions": encode(asked.get(n, questions[n] if n < len(questions) else ())),
            "mouth": by.get(n) or (mouths[n] if n < len(mouths) else mouth_of(claim)),
            "was_start": was.span.start,
            "was_end": was.span.end,
            "was_type": was.type,
        }
        if not conn.execute(update(t.correction).where(this).values(values)).rowcount:
            conn.execute(INSERT[t.correction], {"statement": event.statement, "n": n, **values})


def machine_reading(conn: Connection, statement: str) -> tuple[Sequence[Claim], Questions, tuple[str, ...]]:
    """The claims of the newest reading of a statement, the questions that each answers, and the ids of their claimants;
    empty if nobody read it."""
    return _as_read(conn.execute(READING, {"b_id": statement}).mappings().one_or_none())


def _as_read(row: RowMapping | None) -> tuple[Sequence[Claim], Questions, tuple[str, ...]]:
    if row is None:
        return (), (), ()
    claims = decode(row["body"], Reading).claims
    mouths = decode(row["mouths"], tuple[str, ...])
    return claims, decode(row["questions"], Questions), mouths or tuple(mouth_of(c) for c in claims)


def mouth_of(claim: Claim) -> str:
    """Whose answer a claim is where its reading does not say: the names as written."""
    attr = claim.attr
    return f"{attr.side or '-'} {attr.kind} {(attr.org or attr.speaker or attr.role or '').casefold()}"


def numbered_claims(conn: Connection, statement: str) -> dict[int, Numbered]:
    """Each claim of a statement by its number, as an editor corrected it, with the ids of its questions and claimant."""
    row = conn.execute(READING, {"b_id": statement}).mappings().one_or_none()
    claims, questions, mouths = _as_read(row)
    found = {
        n: Numbered(c, questions[n] if n < len(questions) else (), mouths[n] if n < len(mouths) else mouth_of(c))
        for n, c in enumerate(claims)
    }
    if row is not None and not row["corrected"]:
        return found
    for right in conn.execute(CORRECTIONS, {"b_id": statement}).mappings():
        asked = decode(right["questions"], tuple[str, ...])
        found[right["n"]] = Numbered(decode(right["body"], Claim), asked, right["mouth"])
    return found


def _count_claims(conn: Connection, seq: int, row: RowMapping, event: Decided) -> None:
    claims = numbered_claims(conn, event.statement)
    unknown = [n for n in event.accepted if n not in claims]
    if unknown:
        raise ValueError(f"statement {event.statement} has no claim {unknown[0]}")
    standing = {"statement": event.statement, "since": seq, "until": t.NEVER}
    standing |= {k: row[k] for k in ("said_at", "seen_at")}
    shared = {**standing, "by": event.by, "withdrawn": row["gone_at"] is not None}
    shared |= {k: row[k] for k in ("source", "origin")}
    answered = grouped(conn, event.statement, {n: (c.claim, c.questions) for n, c in claims.items()})
    said, answers = [], []
    for n in sorted(set(event.accepted)):
        id_, (claim, asked, mouth) = f"{event.statement}.{n}", claims[n]
        kinds = {"type": claim.type, "points": points_at(claim), "mouth": mouth, "asked": encode(asked)}
        said.append({"id": id_, "n": n, "body": encode(claim), **kinds, **shared})
        answers += [{"question": q, "claim": id_, "n": n, "mouth": mouth, **standing} for q in sorted(answered[n])]
    conn.execute(INSERT[t.said], said)
    begin_answers(conn, answers)


def begin_answers(conn: Connection, answers: Sequence[Mapping[str, Any]]) -> None:
    """Let answers stand, counted for their claimants and questions."""
    if answers:
        conn.execute(INSERT[t.answer], answers)
        conn.execute(COUNT_MOUTH, [{k: a[k] for k in ("question", "mouth", "said_at")} for a in answers])
        conn.execute(COUNT_QUESTION, [{k: a[k] for k in ("question", "said_at")} for a in answers])


def points_at(claim: Claim) -> str | None:
    """The type of claim that this one may deny, or mirror from another question."""
    if claim.type == "denial":
        return claim.target.type if claim.target else None
    return claim.type if claim.type in MIRRORED else None


def uncount(conn: Connection, ended: Iterable[Row[Any]]) -> None:
    """Take answers that stand no longer out of the counts of their claimants and questions; call it once they ended."""
    mouths = Counter((a.question, a.mouth) for a in ended)
    if not mouths:
        return
    asked: Counter[str] = Counter()
    for (question, _), n in mouths.items():
        asked[question] += n
    spoke = [{"b_q": q, "b_m": m, "n": n} for (q, m), n in sorted(mouths.items())]
    conn.execute(UNCOUNT_MOUTH, spoke)
    conn.execute(EMPTY_MOUTH, [{k: row[k] for k in ("b_q", "b_m")} for row in spoke])
    conn.execute(UNCOUNT_QUESTION, [{"b_q": q, "n": n} for q, n in sorted(asked.items())])
    conn.execute(EMPTY_QUESTION, [{"b_q": q} for q in sorted(asked)])


def forget_answers(conn: Connection, statements: Sequence[str]) -> None:
    """Forget all answers of these statements, also those that stood once."""
    theirs = t.answer.c.statement.in_(statements)
    standing = conn.execute(select(t.answer).where(theirs, t.answer.c.until == t.NEVER)).all()
    conn.execute(delete(t.answer).where(theirs))
    uncount(conn, standing)


def refresh_withdrawn(conn: Connection, seq: int, source: str, key: str) -> bool:
    """Whether claims of the item count at all; those of a version that is gone, or that a later accepted version took
    the place of, stand as withdrawn from this row on. A later version that nobody accepted yet withdraws nothing (H1)."""
    columns = (t.statement.c.id, t.statement.c.version, t.statement.c.decision, t.statement.c.gone_at)
    same_item = (t.statement.c.source == source) & (t.statement.c.key == key)
    versions = conn.execute(select(*columns).where(same_item)).all()
    newest = max((v.version for v in versions if v.decision == "accepted"), default=0)
    counted = False
    for v in versions:
        rows = conn.execute(STANDING_SAID, {"b_statement": v.id}).mappings().all()
        counted = counted or bool(rows)
        _mark(conn, seq, rows, withdrawn=v.gone_at is not None or v.version < newest)
    return counted


def _mark(conn: Connection, seq: int, rows: Sequence[RowMapping], *, withdrawn: bool) -> None:
    """Let the claims stand as withdrawn, or not, from this row on; how they stood before it stays known."""
    other = [row for row in rows if row["withdrawn"] != withdrawn]
    if not other:
        return
    for row in other:
        this = (t.said.c.id == row["id"]) & (t.said.c.since == row["since"])
        if row["since"] == seq:
            conn.execute(update(t.said).where(this).values(withdrawn=withdrawn))
        else:
            conn.execute(update(t.said).where(this).values(until=seq))
            conn.execute(INSERT[t.said], {**row, "since": seq, "withdrawn": withdrawn})


def move_corrections(conn: Connection, event: Read) -> None:
    """Give an editor's corrections the numbers that the same words have in a new reading.

    A correction whose words the new reader passes over keeps standing after the reader's own claims; a claim that an
    editor added keeps its number, whatever the reader finds.
    """
    this = (t.correction.c.statement == event.statement) & (t.correction.c.n < ADDED_FROM)
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
