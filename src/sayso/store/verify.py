"""Checking that the ledger, its tree and checkpoints, the archive and the projections still say the same."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, RowMapping, Table, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NULLTYPE

from sayso.store import tables as t
from sayso.store.chain import NO_TIME, wrong_checkpoints
from sayso.store.checkpoint import Checkpoint, read_note
from sayso.store.coding import commitment_of, leaf_of
from sayso.store.ledger import BATCH, read_husks
from sayso.store.merkle import EMPTY_ROOT, Frontier
from sayso.store.rebuild import replay
from sayso.store.records import Problem
from sayso.store.sqlite import projections_aside

WrongStamp = Callable[[str, bytes], str | None]


def find_problems(
    conn: Connection,
    *,
    has_blob: Callable[[str], bool] | None = None,
    has_medium: Callable[[str], bool] | None = None,
    keys: Sequence[bytes] = (),
    handed_out: Sequence[str] = (),
    wrong_stamp: WrongStamp | None = None,
) -> Iterator[Problem]:
    """Yield everything that does not verify: rows first, in order, then tree, checkpoints, blobs, projections.

    What the ledger is held against beside itself is as in `Store.verify`.
    """
    try:
        husks = set(read_husks(conn))
    except msgspec.MsgspecError:
        husks = set()  # the takedown's own row is reported below, and so is every row that it had named
    yield from _rows(conn, husks)
    yield from _tree(conn, keys, handed_out)
    if wrong_stamp is not None:
        yield from _stamps(conn, wrong_stamp)
    if has_blob is not None:
        yield from _blobs(conn, has_blob)
    if has_medium is not None:
        yield from _media(conn, has_medium)
    yield from _projections(conn)


def _rows(conn: Connection, husks: set[int]) -> Iterator[Problem]:
    as_stored = [type_coerce(c, NULLTYPE).label(c.name) for c in (*t.ledger.c, t.content.c.salt, t.content.c.body)]
    query = select(*as_stored).outerjoin_from(t.ledger, t.content, t.content.c.seq == t.ledger.c.seq)
    expected = 1
    for row in conn.execute(query.order_by(t.ledger.c.seq).execution_options(yield_per=BATCH)).mappings():
        seq = row["seq"]
        if seq != expected:
            yield Problem(where=rows_named(expected, seq - 1), what="missing from the ledger")
        expected = seq + 1
        yield from (Problem(where=f"row {seq}", what=what) for what in _wrong(row, erased=seq in husks))
    strays = select(t.content.c.seq).where(t.content.c.seq.not_in(select(t.ledger.c.seq))).order_by(t.content.c.seq)
    for seq in conn.execute(strays).scalars():
        yield Problem(where=f"row {seq}", what="content without a row of the ledger")


def _wrong(row: RowMapping, *, erased: bool) -> Iterator[str]:
    """What is wrong with one row as it lies in the tables, looked at alone; `erased`: a takedown names it."""
    if leaf_of(row["seq"], row["at"], row["actor"], row["kind"], row["commitment"]) != row["leaf"]:
        yield "its time, actor, kind, commitment or leaf was altered"
    if row["body"] is None:
        if not erased:
            yield "its content is missing, and no takedown erased it"
    elif not _kept(row["salt"], row["body"], row["commitment"]):
        yield "its content or salt was altered"
    elif erased:
        yield "its content is here although a takedown erased it"


def _kept(salt: object, body: object, commitment: str) -> bool:
    """Whether salt and content are what was committed to (both bytes: what wrote text there was not the store)."""
    return isinstance(salt, bytes) and isinstance(body, bytes) and commitment_of(salt, body) == commitment


#: As they lie in the table, so that a time that is none keeps no other from being read.
CHECKPOINTS: Final = select(*(type_coerce(column, NULLTYPE).label(column.name) for column in t.checkpoint.c)).order_by(
    t.checkpoint.c.size
)


def _as_stored(row: RowMapping) -> Checkpoint:
    """A checkpoint with its time, or with one that no checkpoint has where it is none."""
    try:
        at = datetime.fromisoformat(row["at"])
    except (TypeError, ValueError):
        at = NO_TIME
    return Checkpoint(**{**row, "at": at})


def _tree(conn: Connection, keys: Sequence[bytes], handed_out: Sequence[str]) -> Iterator[Problem]:
    """Grow the tree again from the stored leaves and compare: inner nodes, head, and each checkpoint at its size."""
    checkpoints = [_as_stored(row) for row in conn.execute(CHECKPOINTS).mappings()]
    sizes = {c.size for c in checkpoints} | {read_note(note).size for note in handed_out}
    nodes = {(r.level, r.idx): r.hash for r in conn.execute(select(t.tree))}
    tree, roots = Frontier(), {0: EMPTY_ROOT}
    leaves = select(t.ledger.c.leaf).order_by(t.ledger.c.seq).execution_options(yield_per=BATCH)
    for leaf in conn.execute(leaves).scalars():
        for level, index, found in tree.push(leaf):
            first, last = (index << level) + 1, (index + 1) << level
            if nodes.pop((level, index), None) != found:
                yield Problem(where=f"tree over rows {first} to {last}", what="does not agree with the rows")
        if tree.size in sizes:
            roots[tree.size] = tree.root()
    if nodes:
        yield Problem(where="tree", what=f"has {len(nodes)} nodes over rows that are not in the ledger")
    yield from _head(conn, tree)
    yield from wrong_checkpoints(checkpoints, roots, keys=keys, handed_out=handed_out)


def _head(conn: Connection, tree: Frontier) -> Iterator[Problem]:
    row = conn.execute(select(t.head.c.size, t.head.c.frontier)).one_or_none()
    size, frontier = (0, b"") if row is None else (row.size, row.frontier)
    if size > tree.size:
        yield Problem(where=rows_named(tree.size + 1, size), what="cut off: the head of the tree counts them")
    elif size < tree.size:
        yield Problem(
            where=rows_named(size + 1, tree.size), what="added behind the head of the tree, or the head was altered"
        )
    if size != tree.size or frontier != tree.to_bytes():
        yield Problem(where="head of the tree", what="does not agree with the rows")


def rows_named(first: int, last: int) -> str:
    """Rows by their numbers, both inclusive."""
    return f"row {first}" if first == last else f"rows {first} to {last}"


def _blobs(conn: Connection, has_blob: Callable[[str], bool]) -> Iterator[Problem]:
    """Bytes that must be in the archive and are not, and those that must be gone and are not."""
    rows = conn.execute(select(t.capture.c.id, t.capture.c.sha256, t.capture.c.erased).order_by(t.capture.c.seq)).all()
    kept = {r.sha256: f"capture {r.id}" for r in reversed(rows) if not r.erased}
    media = conn.execute(select(t.medium.c.original, t.medium.c.statement).order_by(t.medium.c.statement)).all()
    kept = {**{r.original: f"a picture or video of statement {r.statement}" for r in media}, **kept}
    for sha256, user in kept.items():
        if not has_blob(sha256):
            yield Problem(where=f"blob {sha256}", what=f"missing or altered; it holds {user}")
    for row in rows:
        if row.erased and row.sha256 not in kept and has_blob(row.sha256):
            yield Problem(where=f"blob {row.sha256}", what=f"still there, although capture {row.id} was erased")


def _stamps(conn: Connection, wrong_stamp: WrongStamp) -> Iterator[Problem]:
    """Answers of a time-stamping authority that do not belong to their checkpoint."""
    this = (t.checkpoint.c.size == t.stamp.c.size) & (t.checkpoint.c.origin == t.stamp.c.origin)
    query = select(t.stamp.c.size, t.stamp.c.response, t.checkpoint.c.note).outerjoin_from(t.stamp, t.checkpoint, this)
    for size, response, note in conn.execute(query.order_by(t.stamp.c.size)):
        why = "there is no such checkpoint" if note is None else wrong_stamp(note, response)
        if why is not None:
            yield Problem(where=f"time-stamp at {size} rows", what=why)


def _media(conn: Connection, has_medium: Callable[[str], bool]) -> Iterator[Problem]:
    """Public files that are not those that were made."""
    shown = select(t.medium.c.name, t.medium.c.statement).where(t.medium.c.name != "").order_by(t.medium.c.statement)
    for name, statement in {row.name: row.statement for row in conn.execute(shown)}.items():
        if not has_medium(name):
            yield Problem(where=f"file {name}", what=f"missing or altered; it is shown with statement {statement}")


def _projections(conn: Connection) -> Iterator[Problem]:
    """Rebuild every projection aside and compare it with the one that pages are drawn from."""
    with projections_aside() as fresh:
        try:
            replay(conn, fresh)
        except (ValueError, TypeError, KeyError, msgspec.MsgspecError, SQLAlchemyError) as err:
            yield Problem(where="projections", what=f"cannot be rebuilt from the ledger: {_first_line(err)}")
            return
        for table in t.PROJECTIONS:
            yield from _differences(table, conn, fresh)


def _first_line(err: Exception) -> str:
    return (str(err) or type(err).__name__).splitlines()[0]


def _differences(table: Table, live: Connection, fresh: Connection) -> Iterator[Problem]:
    """The first few rows of a projection that are not what the ledger says."""
    found, expected = _by_key(table, live), _by_key(table, fresh)
    wrong = sorted((k for k in {*found, *expected} if found.get(k) != expected.get(k)), key=str)
    for key in wrong[:5]:
        name = ", ".join(str(part) for part in key)
        what = "altered" if key in found and key in expected else "missing" if key in expected else "not in the ledger"
        yield Problem(where=f"table {table.name}, row {name}", what=f"{what}: run `sayso store rebuild`")
    if len(wrong) > 5:
        yield Problem(where=f"table {table.name}", what=f"{len(wrong) - 5} more rows differ from the ledger")


def _by_key(table: Table, conn: Connection) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    keys = [column.name for column in table.primary_key.columns]
    as_stored = select(*(type_coerce(column, NULLTYPE).label(column.name) for column in table.c))
    return {tuple(row[k] for k in keys): tuple(row.values()) for row in conn.execute(as_stored).mappings()}
