"""A coverage's ledger with everything in it, on disk, and the ways in which somebody may change it behind its back."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Boolean, Connection, Row, Table, delete, insert, select, type_coerce, update
from sqlalchemy.types import NULLTYPE

from sayso.archive import Archive
from sayso.model.event import Attached, Captured, Corrected, Decided, Gone, Parsed, Posted
from sayso.store import SigningKey, Store
from sayso.store import tables as t
from sayso.store.coding import commitment_of, leaf_of
from sayso.store.merkle import Frontier
from tests.store import factory as f

KEY = SigningKey.from_seed("example.org/c/islands", bytes(range(32)))
PICTURE = b"a drawn harbour, as bytes"


class Kept:
    """A store, its archive and its media on disk, and the checkpoint that was handed out last."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.archive, self.media = store, Archive(folder / "blobs"), folder / "media"
        self.media.mkdir()
        self.blobs = [self.archive.keep(b"feed %d" % n) for n in range(4)]
        self.original = self.archive.keep(b"the picture as it came")
        name = f"{hashlib.sha256(PICTURE).hexdigest()[:24]}.webp"
        (self.media / name).write_bytes(PICTURE)
        self.picture = self.media / name
        self.handed_out = ""
        self._fill()

    def _fill(self) -> None:
        for n, blob in enumerate(self.blobs, 1):
            with self.store.write(actor="intake", at=f.at(n)) as w:
                w.append(Captured(capture=f.capture(n, sha=blob)))
                w.append(Parsed(capture=f"c{n}", items=2, unread=("half a line",) * (n % 2)))
        for n in range(11, 17):
            more = {"enclosures": (f.enclosure(),)} if n == 13 else {}
            f.published(self.store, n, it=f.statement(n, capture=f"c{n % 4 + 1}", **more))
            if n % 2:
                self._sign(n)
        down = f.statement(20, capture=None, text="What the canary of Upper Ford sang at noon, word for word.")
        f.published(self.store, 20, it=down)
        with self.store.write(actor="desk", at=f.at(21)) as w:
            w.append(Attached(statement="s13", media=(f.media(self.original, self.picture.name),)))
            (post,) = w.posts_of("s14")
            w.append(Corrected(post=replace(post, version=2, head="The northern army says 15")))
            w.append(Decided(statement="s15", decision="hold", by="editor", reason="wait"))
            w.append(Posted(post=f.overview("s11.0", "s12.0")))
            w.append(Gone(statement="s16", last_seen_at=f.at(20)))
            w.take_down("s20", reason="a person asked", captures=())
        self._sign(22)

    def _sign(self, n: float) -> None:
        self.handed_out = self.store.checkpoint(KEY, at=f.at(n)).note


Tampering = Callable[[Kept, Connection, Random], str]


def turned(value: Any, random: Random) -> Any:
    """The value with one bit, letter or digit changed."""
    if isinstance(value, bytes):
        changed = bytearray(value or b"\0")
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
        return bytes(changed)
    if isinstance(value, int):
        return value + 1
    if value is None or value == "":
        return "x"
    n = random.randrange(len(value))
    return value[:n] + chr(ord(value[n]) ^ 1) + value[n + 1 :]


def rows_of(conn: Connection, table: Table) -> list[Row[Any]]:
    """All rows as they are stored."""
    order = table.primary_key.columns
    return list(conn.execute(select(*(type_coerce(c, NULLTYPE).label(c.name) for c in table.c)).order_by(*order)))


def put(conn: Connection, table: Table, row: Row[Any], column: str, value: Any) -> None:
    """Change one field of one row."""
    this = [type_coerce(c, NULLTYPE) == row._mapping[c.name] for c in table.primary_key.columns]
    changed = conn.execute(update(table).where(*this).values({column: type_coerce(value, NULLTYPE)}))
    assert changed.rowcount == 1


def a_field(table: Table, *columns: str) -> Callable[[Connection, Random], Row[Any]]:
    """Something that changes one of these fields of a row, and says which row it was."""

    def change(conn: Connection, random: Random) -> Row[Any]:
        row = random.choice(rows_of(conn, table))
        column = random.choice(columns)
        put(conn, table, row, column, turned(row._mapping[column], random))
        return row

    return change


def ledger_field(kept: Kept, conn: Connection, random: Random) -> str:
    return f"row {a_field(t.ledger, 'at', 'actor', 'kind', 'commitment', 'leaf')(conn, random).seq}"


def content_field(kept: Kept, conn: Connection, random: Random) -> str:
    return f"row {a_field(t.content, 'salt', 'body')(conn, random).seq}"


def tree_node(kept: Kept, conn: Connection, random: Random) -> str:
    row = a_field(t.tree, "hash")(conn, random)
    return f"tree over rows {(row.idx << row.level) + 1} to {(row.idx + 1) << row.level}"


def head(kept: Kept, conn: Connection, random: Random) -> str:
    a_field(t.head, "size", "frontier")(conn, random)
    return "head of the tree"


def checkpoint_field(kept: Kept, conn: Connection, random: Random) -> str:
    row = a_field(t.checkpoint, "origin", "root", "note", "at")(conn, random)
    return f"checkpoint at {row.size} rows"


def checkpoint_dropped(kept: Kept, conn: Connection, random: Random) -> str:
    row = random.choice(rows_of(conn, t.checkpoint))
    conn.execute(delete(t.checkpoint).where(t.checkpoint.c.size == row.size))
    return f"checkpoint at {row.size} rows"


def blob_changed(kept: Kept, conn: Connection, random: Random) -> str:
    sha256 = random.choice([*kept.blobs, kept.original])
    spoil(kept.archive.folder / sha256[:2] / sha256[2:4] / sha256, random)
    return f"blob {sha256}"


def picture_changed(kept: Kept, conn: Connection, random: Random) -> str:
    spoil(kept.picture, random)
    return f"file {kept.picture.name}"


def spoil(path: Path, random: Random) -> None:
    """Change a byte of a file, cut it, or take it away."""
    body = path.read_bytes()
    way = random.choice(("byte", "cut", "gone"))
    if way == "gone":
        path.unlink()
    else:
        path.write_bytes(turned(body, random) if way == "byte" else body[: random.randrange(len(body))])


def projection_field(kept: Kept, conn: Connection, random: Random) -> str:
    table = random.choice([p for p in t.PROJECTIONS if rows_of(conn, p)])
    fields = [c.name for c in table.c if not c.primary_key and not isinstance(c.type, Boolean)]
    if not fields:
        return projection_dropped(kept, conn, random)
    return named(table, a_field(table, *fields)(conn, random))


def projection_dropped(kept: Kept, conn: Connection, random: Random) -> str:
    table = random.choice([p for p in t.PROJECTIONS if rows_of(conn, p)])
    row = random.choice(rows_of(conn, table))
    conn.execute(delete(table).where(*(type_coerce(c, NULLTYPE) == row._mapping[c.name] for c in table.primary_key)))
    return named(table, row)


def projection_inserted(kept: Kept, conn: Connection, random: Random) -> str:
    row = random.choice(rows_of(conn, t.mention))
    conn.execute(insert(t.mention), {"statement": row.statement, "seq": row.seq + 1_000})
    return f"table mention, row {row.statement}, {row.seq + 1_000}"


def named(table: Table, row: Row[Any]) -> str:
    """How a row of a projection is named."""
    return f"table {table.name}, row {', '.join(str(row._mapping[c.name]) for c in table.primary_key.columns)}"


def row_dropped(kept: Kept, conn: Connection, random: Random) -> str:
    seq = random.randrange(1, kept.store.size() + 1)
    for table in random.choice(((t.ledger, t.content), (t.ledger,), (t.content,))):
        conn.execute(delete(table).where(table.c.seq == seq))
    return f"row {seq}"


def rows_swapped(kept: Kept, conn: Connection, random: Random) -> str:
    one, other = sorted(random.sample([row.seq for row in rows_of(conn, t.content)], 2))
    for table in random.choice(((t.ledger, t.content), (t.ledger,), (t.content,))):
        for before, after in ((one, -1), (other, one), (-1, other)):
            conn.execute(update(table).where(table.c.seq == before).values(seq=after))
    return f"row {one}"


def row_inserted(kept: Kept, conn: Connection, random: Random) -> str:
    rows, seq = rows_of(conn, t.ledger), kept.store.size() + 1
    made = {**random.choice(rows)._mapping, "seq": seq}
    made["leaf"] = leaf_of(seq, made["at"], made["actor"], made["kind"], made["commitment"])
    conn.execute(insert(t.ledger).values({k: type_coerce(v, NULLTYPE) for k, v in made.items()}))
    return f"row {seq}"


def truncated(kept: Kept, conn: Connection, random: Random) -> str:
    """Cut off rows at the end: only so, or with tree, head and later checkpoints made to fit."""
    size = kept.store.size()
    left = size - random.randrange(1, 20)
    for table in (t.ledger, t.content):
        conn.execute(delete(table).where(table.c.seq > left))
    if random.random() < 0.5:
        return f"row {size}" if left + 1 == size else f"rows {left + 1} to {size}"
    conn.execute(delete(t.checkpoint).where(t.checkpoint.c.size > left))
    grow_again(conn)
    return f"checkpoint at {size} rows"


def forked(kept: Kept, conn: Connection, random: Random) -> str:
    """Rewrite history from a row on, with salts, commitments, leaves, tree and head all made to fit."""
    row = random.choice(rows_of(conn, t.content))
    body = re.sub(rb"northern|harbour|intake|\d", lambda m: b"south" if len(m[0]) > 1 else b"7", row.body) + b" "
    commitment = commitment_of(row.salt, body)
    conn.execute(update(t.content).where(t.content.c.seq == row.seq).values(body=body))
    conn.execute(update(t.ledger).where(t.ledger.c.seq == row.seq).values(commitment=commitment))
    grow_again(conn)
    sizes = sorted(r.size for r in rows_of(conn, t.checkpoint) if r.size >= row.seq)
    return f"checkpoint at {sizes[0]} rows"


def grow_again(conn: Connection) -> None:
    """Make leaves, tree and head fit the rows as they are."""
    conn.execute(delete(t.tree))
    tree = Frontier()
    for row in rows_of(conn, t.ledger):
        leaf = leaf_of(row.seq, row.at, row.actor, row.kind, row.commitment)
        conn.execute(update(t.ledger).where(t.ledger.c.seq == row.seq).values(leaf=leaf))
        for level, idx, found in tree.push(leaf):
            conn.execute(insert(t.tree), {"level": level, "idx": idx, "hash": found})
    conn.execute(update(t.head).values(size=tree.size, frontier=tree.to_bytes()))


WAYS: tuple[Tampering, ...] = (
    ledger_field, content_field, tree_node, head, checkpoint_field, checkpoint_dropped, blob_changed, picture_changed,
    projection_field, projection_dropped, projection_inserted, row_dropped, rows_swapped, row_inserted, truncated, forked,
)  # fmt: skip
