"""The projections: what each ledger row does to the tables that pages are drawn from. One function per kind.

Appending and rebuilding both come through `apply`, so that a rebuild equals the live tables by construction. What a
takedown erased comes through `apply_husk`: it leaves only the numbers of its public changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, text, update

from sayso.model.event import (
    AboutQuestions,
    AboutStatements,
    Attached,
    Captured,
    Configured,
    Corrected,
    Decided,
    Event,
    Gone,
    Husk,
    Looked,
    Notes,
    Parsed,
    Posted,
    Read,
    Related,
    Released,
    Stated,
    TakenDown,
    Withdrawn,
)
from sayso.model.post import Post
from sayso.model.statement import Statement
from sayso.store import tables as t
from sayso.store.coding import decode, encode, origin_of
from sayso.store.counting import (
    TALLY,
    Made,
    decided,
    forget_answers,
    move_corrections,
    note_mention,
    refresh_withdrawn,
    statement_row,
)
from sayso.store.filing import POSTS_OF, STANDING, file_post, file_posts_of, forget_filed
from sayso.store.regrouping import regrouped
from sayso.store.reprints import bands_of
from sayso.store.seeking import seek_post
from sayso.store.tables import INSERT

#: Built once: building a statement takes longer than running it, and a rebuild runs some for each of its rows.
NUMBER_CHANGE = insert(t.change).from_select(
    [column.name for column in t.change.c],
    select(
        func.coalesce(func.max(t.change.c.n), literal_column("0")) + literal_column("1"),
        *(bindparam(column.name, type_=column.type) for column in t.change.c if column is not t.change.c.n),
    ),
)
READ_AGAIN = (
    update(t.reading)
    .where(t.reading.c.statement == bindparam("b_statement"))
    .values({name: bindparam(name) for name in ("seq", "body", "questions", "mouths")})
)
READ_FIRST = text(
    "INSERT INTO reading (statement, seq, body, questions, mouths)"
    " VALUES (:statement, :seq, :body, :questions, :mouths) ON CONFLICT (statement) DO NOTHING"
).bindparams(*(bindparam(column.name, type_=column.type) for column in t.reading.c))
ATTACH = (
    update(t.statement)
    .where(t.statement.c.id == bindparam("b_id"))
    .values({name: bindparam(name) for name in ("waiting", "media_seq", "body")})
)
NO_MEDIA = delete(t.medium).where(t.medium.c.statement == bindparam("b_statement"))
DONE = update(t.capture).where(t.capture.c.id == bindparam("b_id")).values(done=bindparam("done"))


def apply(conn: Connection, seq: int, at: datetime, event: Event) -> None:
    """Bring the projections from the state before row `seq` to the state after it, its public changes included."""
    if isinstance(event, Configured):
        return  # it is read from the ledger itself
    record_changes(conn, seq, at, _made(conn, seq, at, event))


def _made(conn: Connection, seq: int, at: datetime, event: AboutStatements | AboutQuestions | Notes) -> Sequence[Made]:
    if isinstance(event, AboutQuestions):
        return regrouped(conn, seq, at, event)
    return noted(conn, seq, event) if isinstance(event, Notes) else _apply(conn, seq, at, event)


def apply_husk(conn: Connection, seq: int, at: datetime, husk: Husk) -> None:
    """Bring the projections past a row whose content was erased: its changes keep their numbers."""
    record_changes(conn, seq, at, husk.changes)


def _apply(conn: Connection, seq: int, at: datetime, event: AboutStatements) -> Sequence[Made]:
    match event:
        case Captured():
            return captured(conn, seq, event)
        case Parsed():
            return parsed(conn, seq, event)
        case Stated():
            return stated(conn, seq, event)
        case Attached():
            return attached(conn, seq, event)
        case Read():
            return read(conn, seq, event)
        case Gone():
            return gone(conn, seq, event)
        case Looked():
            return looked(conn, seq, event)
        case Related():
            return related(conn, seq, event)
        case Decided():
            made = decided(conn, seq, event)
            file_posts_of(conn, seq, (event.statement,))
            return made
        case Posted() | Corrected() | Withdrawn():
            return posted(conn, seq, event.post)
        case TakenDown():
            return taken_down(conn, seq, at, event)
        case unknown:
            assert_never(unknown)


def record_changes(conn: Connection, seq: int, at: datetime, made: Sequence[Made]) -> None:
    """Number the public changes of a row, without a gap, from the last number on."""
    if not made:
        return
    conn.execute(
        NUMBER_CHANGE,
        [{"seq": seq, "at": at, "kind": kind, "post": post, "version": version} for kind, post, version in made],
    )


def captured(conn: Connection, seq: int, event: Captured) -> Sequence[Made]:
    """The capture waits until it is parsed."""
    it = event.capture
    values = {"id": it.id, "seq": seq, "source": it.source, "sha256": it.sha256, "body": encode(it)}
    conn.execute(INSERT[t.capture], {**values, "done": 0, "erased": it.erased})
    return ()


def parsed(conn: Connection, seq: int, event: Parsed) -> Sequence[Made]:
    """The capture is done; what in it could not be read is listed."""
    conn.execute(DONE, {"b_id": event.capture, "done": seq})
    if event.erased:
        conn.execute(update(t.capture).where(t.capture.c.id == event.capture).values(erased=True))
    if event.unread:
        conn.execute(
            INSERT[t.unread],
            [_unread(seq, n, why, capture=event.capture) for n, why in enumerate(event.unread)],
        )
    return ()


def _unread(  # one row of the table, all its columns named
    seq: int, n: int, why: str, *, capture: str | None = None, statement: str | None = None, span: Any = (None, None)
) -> dict[str, Any]:
    row = {"seq": seq, "n": n, "capture": capture, "statement": statement, "start": span[0], "end": span[1]}
    return {**row, "why": why}


def stated(conn: Connection, seq: int, event: Stated) -> Sequence[Made]:
    """A new statement; the versions of the same item before it are superseded."""
    it = event.statement
    if it.version > 1:
        same_item = (t.statement.c.source == it.source) & (t.statement.c.key == it.key)
        conn.execute(update(t.statement).where(same_item).values(superseded=True, state="superseded"))
    conn.execute(
        INSERT[t.statement],
        {
            "id": it.id,
            "seq": seq,
            "source": it.source,
            "key": it.key,
            "version": it.version,
            "said_at": it.said_at,
            "seen_at": it.first_seen_at,
            "capture": it.capture,
            "origin": event.origin or origin_of(it.text),
            "decision": "new",
            "decided_by": None,
            "reason": "",
            "state": "new",
            "gone_at": None,
            "gone_seq": None,
            "media_seq": None,
            "superseded": False,
            "waiting": bool(it.enclosures) and not it.media,
            "body": encode(it),
        },
    )
    buckets = bands_of(it.text)
    if buckets:
        conn.execute(INSERT[t.band], [{"bucket": bucket, "seq": seq} for bucket in buckets])
    note_mention(conn, it.id, seq)
    _keep_media(conn, it)
    return ()


def _keep_media(conn: Connection, it: Statement) -> None:
    """Note which files the statement's media are; a withheld medium has no file but an original."""
    rows = {(m.original, r) for m in it.media for r in ([r.name for r in m.renditions] or [""])}
    if rows:
        conn.execute(INSERT[t.medium], [{"statement": it.id, "original": o, "name": name} for o, name in sorted(rows)])


def _keep_own_media(conn: Connection, it: Post) -> None:
    """Note a post's own pictures and archived links under its id, as those of a statement are: what nothing else uses is
    erased with it. An archived page has no public file."""
    if it.version > 1:
        conn.execute(NO_MEDIA, {"b_statement": it.id})
    rows = {(m.original, r) for m in it.media for r in ([r.name for r in m.renditions] or [""])}
    rows |= {(link.sha256, "") for link in it.links if link.sha256}
    if rows:
        conn.execute(INSERT[t.medium], [{"statement": it.id, "original": o, "name": name} for o, name in sorted(rows)])


def attached(conn: Connection, seq: int, event: Attached) -> Sequence[Made]:
    """The statement has its media now; its posts on the page change."""
    row = statement_row(conn, event.statement)
    it = replace(decode(row["body"], Statement), media=event.media)
    conn.execute(ATTACH, {"b_id": it.id, "waiting": False, "media_seq": seq, "body": encode(it)})
    conn.execute(NO_MEDIA, {"b_statement": it.id})
    _keep_media(conn, it)
    if event.failed:
        conn.execute(INSERT[t.unread], [_unread(seq, n, w, statement=it.id) for n, w in enumerate(event.failed)])
    note_mention(conn, it.id, seq)
    file_posts_of(conn, seq, (it.id,))
    return _put_posts_of(conn, it.id) if event.media else ()


def _put_posts_of(conn: Connection, statement: str) -> list[Made]:
    """One "put" for each published post that now carries the statement, in the order of their ids."""
    rows = conn.execute(POSTS_OF, {"b_statement": statement})
    return [("put", row.id, row.version) for row in rows]


def read(conn: Connection, seq: int, event: Read) -> Sequence[Made]:
    """The newest reading suggests; what was accepted from an older one counts until somebody decides again."""
    values = {"seq": seq, "body": encode(event.reading), "questions": encode(event.questions)}
    values["mouths"] = encode(event.mouths)
    if not conn.execute(READ_FIRST, {"statement": event.statement, **values}).rowcount:
        conn.execute(READ_AGAIN, {"b_statement": event.statement, **values})
        conn.execute(delete(t.unread).where(t.unread.c.statement == event.statement, t.unread.c.start.is_not(None)))
        move_corrections(conn, event)
    rows = [u for passage in event.reading.passages for u in passage.unread]
    if rows:
        conn.execute(
            INSERT[t.unread],
            [_unread(seq, n, u.why, statement=event.statement, span=u.span) for n, u in enumerate(rows)],
        )
    note_mention(conn, event.statement, seq)
    return ()


def gone(conn: Connection, seq: int, event: Gone) -> Sequence[Made]:
    """The source no longer shows it: its claims stand as withdrawn."""
    row = statement_row(conn, event.statement)
    state = "superseded" if row["superseded"] else "gone"
    this = t.statement.c.id == event.statement
    conn.execute(update(t.statement).where(this).values(gone_at=event.last_seen_at, gone_seq=seq, state=state))
    note_mention(conn, event.statement, seq)
    counted = refresh_withdrawn(conn, seq, row["source"], row["key"])
    return (*_put_posts_of(conn, event.statement), *([TALLY] if counted else []))


def looked(conn: Connection, seq: int, event: Looked) -> Sequence[Made]:
    """What we looked through until now; pages say so when they are next drawn."""
    until = max((c.until for c in event.checked if c.until is not None), default=None)
    conn.execute(INSERT[t.looked], {"seq": seq, "until": until, "body": encode(event.checked)})
    return ()


def related(conn: Connection, seq: int, event: Related) -> Sequence[Made]:
    """Readers get these posts anew; no version, since the post itself is unchanged."""
    note_mention(conn, event.statement, seq)
    return [("put", post, None) for post in event.posts]


def noted(conn: Connection, seq: int, event: Notes) -> Sequence[Made]:
    """What is said about a statement stands in the ledger alone; its posts change where readers see it."""
    note_mention(conn, event.statement, seq)
    return _put_posts_of(conn, event.statement) if event.shown or isinstance(event, Released) else ()


def posted(conn: Connection, seq: int, it: Post) -> Sequence[Made]:
    """The newest version of a post is the one on the page."""
    _put_version(conn, seq, it)
    kind = "summary" if it.kind in STANDING else "add" if it.version == 1 else "put"
    return ((kind, it.id, it.version),)


def _put_version(conn: Connection, seq: int, it: Post) -> None:
    if it.version > 1:
        conn.execute(update(t.post).where(t.post.c.id == it.id, t.post.c.current).values(current=False))
    values = {"id": it.id, "version": it.version, "seq": seq, "current": True, "at": it.at, "kind": it.kind}
    day = None if it.day is None else it.day.isoformat()
    conn.execute(INSERT[t.post], {**values, "day": day, "state": it.state, "body": encode(it)})
    links = [{"statement": s, "role": role} for s, role in statements_in(it)]
    if links:
        shared = {"post": it.id, "version": it.version, "seq": seq}
        conn.execute(INSERT[t.post_statement], [{**shared, **link} for link in links])
    _keep_own_media(conn, it)
    file_post(conn, seq, it, new=it.version == 1)
    seek_post(conn, seq, it)


def statements_in(it: Post) -> list[tuple[str, str]]:
    """The statements of a post with their roles: those that it carries, and those that its lines cite."""
    cited = {cite.rpartition(".")[0] for line in it.lines for cite in line.cites}
    return [*((s, "carries") for s in dict.fromkeys(it.statements)), *((s, "cites") for s in sorted(cited))]


def taken_down(conn: Connection, seq: int, at: datetime, event: TakenDown) -> Sequence[Made]:
    """Nothing of the statement is left but that it was taken down, when and why; tombstones stand for its posts.

    Works the same where the erased rows were applied (live) and where they were husks (rebuild).
    """
    _forget_statements(conn, event.versions)
    _forget_rows(conn, [h.seq for h in event.husks])
    for part in chunks(event.captures):
        conn.execute(update(t.capture).where(t.capture.c.id.in_(part)).values(erased=True, done=seq))
        conn.execute(delete(t.unread).where(t.unread.c.capture.in_(part)))
    shared = {
        "seq": seq,
        "at": at,
        "reason": event.reason,
        "salt": event.salt,
        "guards": encode(event.guards),
        "blobs": encode(event.blobs),
        "media": encode(event.media),
    }
    conn.execute(INSERT[t.takedown], [{"statement": s, **shared} for s in event.versions])
    forget_filed(conn, [it.id for it in event.posts])
    for it in event.posts:
        _put_version(conn, seq, it)
    # asked of the husks, not of the tables: a rebuild never saw the claims that had counted
    counted = any(made == TALLY for husk in event.husks for made in husk.changes)
    return (*((_change_of(it), it.id, it.version) for it in event.posts), *([TALLY] if counted else ()))


def _change_of(it: Post) -> str:
    return "summary" if it.kind in STANDING else "drop" if it.state == "taken_down" else "put"


def _forget_statements(conn: Connection, statements: Sequence[str]) -> None:
    for part in chunks(statements):
        conn.execute(delete(t.statement).where(t.statement.c.id.in_(part)))
        forget_answers(conn, part)
        for table in (t.mention, t.reading, t.correction, t.unread, t.said, t.regrouping, t.medium):
            conn.execute(delete(table).where(table.c.statement.in_(part)))


def _forget_rows(conn: Connection, seqs: Sequence[int]) -> None:
    for part in chunks(seqs):
        for table in (t.post, t.post_statement, t.unread, t.band):
            conn.execute(delete(table).where(table.c.seq.in_(part)))
        conn.execute(delete(t.regrouping).where(t.regrouping.c.since.in_(part)))


def chunks(values: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    """The values in parts that fit into one statement's parameters."""
    return (values[i : i + size] for i in range(0, len(values), size))
