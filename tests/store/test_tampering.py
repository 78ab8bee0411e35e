# ruff: noqa: E501 - each case on a line
"""Whatever is changed behind the store's back is found by `verify`, which names where (promise P14)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from sayso.store import SigningKey, Store
from sayso.store import tables as t
from sayso.store.columns import iso
from sayso.store.verify import find_problems
from tests.store import factory as f


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey.from_seed("example.org/c/islands", bytes(range(32)))


#: SQL of SQLite that the cases use and PostgreSQL lacks: bytes of zero, and words put into bytes in place of others.
SPOKEN = """
CREATE FUNCTION zeroblob(int) RETURNS bytea LANGUAGE sql AS $$ SELECT decode(repeat('00', $1), 'hex') $$;
CREATE FUNCTION replace(bytea, text, text) RETURNS bytea LANGUAGE sql
AS $$ SELECT convert_to(replace(convert_from($1, 'UTF8'), $2, $3), 'UTF8') $$;
"""


@pytest.fixture
def full(store: Store, key: SigningKey) -> Store:
    """A store of twenty-five rows with a checkpoint at 9 and one at 25; nothing wrong with them."""
    return fill(store, key)


@pytest.fixture(scope="module")
def kept(lasting: Store, key: SigningKey) -> Store:
    """Such a store for tests that take back what they changed."""
    return fill(lasting, key)


def fill(store: Store, key: SigningKey) -> Store:
    """The same store, with those rows appended and signed."""
    f.kept(store, 1)
    f.published(store, 2)
    f.published(store, 3)
    store.checkpoint(key, at=f.at(4))
    for n in range(5, 9):
        f.published(store, n)
    store.checkpoint(key, at=f.at(9))
    assert store.verify(has_blob=lambda _: True, keys=[key.public]) == ()
    if store._engine.dialect.name == "postgresql":
        with behind(store) as conn:
            conn.exec_driver_sql(SPOKEN)
    return store


def tamper(conn: Connection, *statements: str) -> None:
    """Change what lies in the tables, by SQL alone."""
    for sql in statements:
        assert conn.exec_driver_sql(sql).rowcount > 0, sql


@contextmanager
def behind(store: Store) -> Iterator[Connection]:
    """A connection past everything that the store does, committed at the end."""
    with store._engine.connect() as conn, conn.begin():
        yield conn


SWAP = "UPDATE {0} SET seq = CASE seq WHEN 6 THEN -7 ELSE -6 END WHERE seq IN (6, 7)"
BACK = "UPDATE {0} SET seq = -seq WHERE seq < 0"

CASES = {
    "a byte of a content": (("UPDATE content SET body = replace(body, '3 soldiers', '4 soldiers') WHERE seq = 6",), "row 6"),
    "a salt": (("UPDATE content SET salt = zeroblob(32) WHERE seq = 6",), "row 6"),
    "a commitment": (("UPDATE ledger SET commitment = replace(commitment, substr(commitment, 9, 1), 'x') WHERE seq = 6",), "row 6"),
    "a time": (("UPDATE ledger SET at = replace(at, '2031', '2030') WHERE seq = 6",), "row 6"),
    "a time that is none": (("UPDATE ledger SET at = 'soon' WHERE seq = 6",), "row 6"),
    "a time of a claim": (("UPDATE said SET said_at = 'soon' WHERE id = 's3.0'",), "table said, row s3.0, 8"),
    "an actor": (("UPDATE ledger SET actor = 'desk' WHERE seq = 6",), "row 6"),
    "a kind": (("UPDATE ledger SET kind = 'gone' WHERE seq = 6",), "row 6"),
    "a leaf": (("UPDATE ledger SET leaf = zeroblob(32) WHERE seq = 6",), "row 6"),
    "a dropped row": (("DELETE FROM ledger WHERE seq = 6", "DELETE FROM content WHERE seq = 6"), "row 6"),
    "a dropped content": (("DELETE FROM content WHERE seq = 6",), "row 6"),
    "an inserted content": (("INSERT INTO content VALUES (99, zeroblob(32), '{}')",), "row 99"),
    "swapped contents": ((SWAP.format("content"), BACK.format("content")), "row 6"),
    "swapped rows": ((SWAP.format("ledger"), BACK.format("ledger"), SWAP.format("content"), BACK.format("content")), "row 6"),
    "truncated rows": (("DELETE FROM ledger WHERE seq > 20", "DELETE FROM content WHERE seq > 20"), "rows 21 to 25"),
    "a node of the tree": (("UPDATE tree SET hash = zeroblob(32) WHERE level = 1 AND idx = 2",), "tree over rows 5 to 6"),
    "a dropped node": (("DELETE FROM tree WHERE level = 2 AND idx = 0",), "tree over rows 1 to 4"),
    "the head's size": (("UPDATE head SET size = 24",), "head of the tree"),
    "the head's hashes": (("UPDATE head SET frontier = zeroblob(96)",), "head of the tree"),
    "a checkpoint's root": (("UPDATE checkpoint SET root = zeroblob(32) WHERE size = 9",), "checkpoint at 9 rows"),
    "a checkpoint's text": (("UPDATE checkpoint SET note = replace(note, '\n9\n', '\n8\n') WHERE size = 9",), "checkpoint at 9 rows"),
    "a checkpoint's signature": (("UPDATE checkpoint SET note = substr(note, 1, length(note) - 9) || 'AAAAAAA=\n' WHERE size = 9",), "checkpoint at 9 rows"),
    "a figure that counts": (("UPDATE said SET body = replace(body, '\"n\":3', '\"n\":4') WHERE id = 's3.0'",), "table said, row s3.0, 8"),
    "a statement's words": (("UPDATE statement SET body = replace(body, '3 soldiers', '4 soldiers') WHERE id = 's3'",), "table statement, row s3"),
    "a post": (("UPDATE post SET body = replace(body, 'northern', 'southern') WHERE id = 'p3'",), "table post, row p3, 1"),
    "a dropped claim": (("DELETE FROM said WHERE id = 's3.0'",), "table said, row s3.0, 8"),
    "an added answer": (("INSERT INTO answer SELECT 'qx', claim, since, until, mouth, statement, n, said_at, seen_at FROM answer WHERE claim = 's3.0'",), "table answer, row qx, s3.0, 8"),
    "a public number": (("UPDATE change SET n = 99 WHERE n = 3",), "table change, row 3"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_was_changed_is_found_and_named(kept: Store, key: SigningKey, case: str) -> None:
    statements, where = CASES[case]
    with kept._engine.connect() as conn:  # never committed
        tamper(conn, *statements)
        found = list(find_problems(conn, has_blob=lambda _: True, keys=[key.public]))
    assert where in [p.where for p in found], [str(p) for p in found]


def rows_forged(conn: Connection) -> None:
    """What a thorough operator does: another text, with commitment, leaf, tree and head all made to fit."""
    from sayso.store.coding import commitment_of, leaf_of
    from sayso.store.merkle import Frontier

    row = conn.execute(select(t.content).where(t.content.c.seq == 6)).one()
    forged = row.body.replace(b"3 soldiers", b"4 soldiers")
    commitment = commitment_of(row.salt, forged)
    conn.execute(update(t.content).where(t.content.c.seq == 6).values(body=forged))
    conn.execute(update(t.ledger).where(t.ledger.c.seq == 6).values(commitment=commitment))
    conn.execute(delete(t.tree))
    tree = Frontier()
    for r in conn.execute(select(t.ledger).order_by(t.ledger.c.seq)).all():
        leaf = leaf_of(r.seq, iso(r.at), r.actor, r.kind, r.commitment)
        conn.execute(update(t.ledger).where(t.ledger.c.seq == r.seq).values(leaf=leaf))
        for level, idx, found in tree.push(leaf):
            conn.execute(insert(t.tree), {"level": level, "idx": idx, "hash": found})
    conn.execute(update(t.head).values(frontier=tree.to_bytes()))


def test_a_forgery_that_fits_in_itself_does_not_fit_the_signed_checkpoints(full: Store, key: SigningKey) -> None:
    with behind(full) as conn:
        rows_forged(conn)
    full.rebuild()
    found = [p.where for p in full.verify(keys=[key.public])]
    assert found == ["checkpoint at 9 rows", "checkpoint at 25 rows"]


def forge(conn: Connection, seq: int, random: Random) -> tuple[Table, str, int, bytes, tuple[int, int]]:
    """Turn one random bit of a row round: the table, the column, the row, what stood there, and which bit it was."""
    table, column = random.choice([(t.content, "body"), (t.content, "salt"), (t.ledger, "leaf")])
    was = conn.execute(select(table.c[column]).where(table.c.seq == seq)).scalar_one()
    place, bit = random.randrange(len(was)), 1 << random.randrange(8)
    changed = bytearray(was)
    changed[place] ^= bit
    conn.execute(update(table).where(table.c.seq == seq).values({column: bytes(changed)}))
    return table, column, seq, was, (place, bit)


@pytest.mark.parametrize("seed", range(4))
def test_any_byte_of_the_ledger_that_is_changed_is_found(full: Store, key: SigningKey, seed: int) -> None:
    """Fifty random bytes a seed, in five rows at a time, put back afterwards; each of the rows is named, no other."""
    random = Random(seed)
    for _ in range(10):
        rows = random.sample(range(1, 26), 5)
        with behind(full) as conn:
            forged = [forge(conn, seq, random) for seq in rows]
        found = {p.where for p in full.verify() if re.fullmatch(r"row \d+", p.where)}
        assert found == {f"row {seq}" for seq in rows}, forged
        with behind(full) as conn:
            for table, column, seq, was, _ in forged:
                conn.execute(update(table).where(table.c.seq == seq).values({column: was}))
    assert full.verify(has_blob=lambda _: True, keys=[key.public]) == ()


def test_a_missing_original_is_named(full: Store) -> None:
    sha256 = f.capture(1).sha256
    missing: Callable[[str], bool] = lambda blob: blob != sha256  # noqa: E731
    (found,) = full.verify(has_blob=missing)
    assert found.where == f"blob {sha256}"
    assert "capture c1" in found.what


def test_a_rebuild_repairs_what_was_changed_in_the_projections(full: Store) -> None:
    with behind(full) as conn:
        tamper(conn, "UPDATE said SET body = replace(body, '\"n\":3', '\"n\":4') WHERE id = 's3.0'", "DELETE FROM post")
    assert full.verify() != ()
    assert full.rebuild() == 25
    assert full.verify() == ()


def test_verify_does_not_take_part_in_what_it_checks(full: Store) -> None:
    before = full.rows(0, 100)
    full.verify()
    assert full.rows(0, 100) == before
