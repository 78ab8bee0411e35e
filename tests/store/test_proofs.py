"""A proof that leaves the house is checked with nothing but itself, and holds for nothing but what it says."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from sayso.store import Checkpoint, SigningKey, Store, check_document, consistency_document, inclusion_document
from sayso.store.merkle import consistency_proof, inclusion_proof
from tests.store import factory as f
from tests.store.test_merkle import Tree

KEY = SigningKey.from_seed("example.org/c/islands", bytes(range(32)))


@pytest.fixture
def signed(store: Store) -> tuple[Store, Checkpoint, Checkpoint]:
    """Twelve rows, with a checkpoint at 8 and one at 12."""
    f.published(store, 1)
    f.published(store, 2)
    early = store.checkpoint(KEY, at=f.at(3))
    f.published(store, 4)
    return store, early, store.checkpoint(KEY, at=f.at(5))


def inclusion(store: Store, seq: int, checkpoint: Checkpoint, *, told: bool = True) -> dict[str, object]:
    (row,) = store.rows(seq - 1, 1)
    path = store.inclusion(seq, checkpoint.size)
    document: dict[str, object] = inclusion_document(row, path, checkpoint, verifier=KEY.verifier, told=told)
    return document


def test_a_row_is_proved_with_its_content(signed: tuple[Store, Checkpoint, Checkpoint]) -> None:
    store, early, late = signed
    for checkpoint in (early, late):
        shown = check_document(json.dumps(inclusion(store, 5, checkpoint)), key=KEY.verifier)
        assert shown.startswith(
            f"Row 5 (stated, 2031-04-01T08:02:00.000000+00:00) is in the ledger of {checkpoint.size}"
        )
        assert "with this content" in shown


def test_a_row_is_proved_without_telling_it(signed: tuple[Store, Checkpoint, Checkpoint]) -> None:
    proof = inclusion(signed[0], 5, signed[2], told=False)
    assert "soldiers" not in json.dumps(proof)
    assert proof["salt"] is None, "whoever has the salt can try words until they fit"
    assert "its content is not told" in check_document(json.dumps(proof))


def test_growth_is_proved(signed: tuple[Store, Checkpoint, Checkpoint]) -> None:
    store, early, late = signed
    document = consistency_document(store.consistency(early.size, late.size), early, late, verifier=KEY.verifier)
    assert "begins with the 8 rows" in check_document(json.dumps(document))
    forged = {**document, "first": document["second"], "second": document["first"]}
    with pytest.raises(ValueError, match="not proved to begin"):
        check_document(json.dumps(forged))


CHANGES: dict[str, Callable[[dict[str, dict[str, object]]], object]] = {
    "another place": lambda p: p["row"].update(seq=6),
    "another time": lambda p: p["row"].update(at="2030-04-01T08:02:00.000000+00:00"),
    "another content": lambda p: p.update(content=str(p["content"]).replace("2 soldiers", "9 soldiers")),  # type: ignore[arg-type]
    "another salt": lambda p: p.update(salt="00" * 32),  # type: ignore[arg-type]
    "another tree": lambda p: p.update(checkpoint=str(p["checkpoint"]).replace("\n12\n", "\n11\n")),  # type: ignore[arg-type]
    "a shorter path": lambda p: p.update(path=p["path"][:-1]),  # type: ignore[index]
    "a path of nonsense": lambda p: p.update(path=["!!"]),  # type: ignore[arg-type]
    "no path": lambda p: p.pop("path"),
    "another kind": lambda p: p.update(kind="wish"),  # type: ignore[arg-type]
    "a row that is none": lambda p: p.update(row=7),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_proof_does_not_hold(signed: tuple[Store, Checkpoint, Checkpoint], change: str) -> None:
    proof = json.loads(json.dumps(inclusion(signed[0], 5, signed[2])))
    CHANGES[change](proof)
    with pytest.raises(ValueError, match=r"\w"):
        check_document(json.dumps(proof))


def test_a_proof_by_another_key_does_not_hold_for_who_knows_the_right_one(
    signed: tuple[Store, Checkpoint, Checkpoint],
) -> None:
    other = SigningKey.from_seed(KEY.name, bytes(32))
    with pytest.raises(ValueError, match="not signed by the key"):
        check_document(json.dumps(inclusion(signed[0], 5, signed[2])), key=other.verifier)


@pytest.mark.parametrize("raw", ["", "{}", "[]", "null", '{"key": 7}', "\x00", "[" * 100_000])
def test_what_is_no_proof_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        check_document(raw)


@given(st.data())
def test_a_proof_reads_a_few_stored_nodes_however_large_the_ledger(data: st.DataObject) -> None:
    """Each step of a path is one complete subtree, or the right edge of the tree, which has at most one for each bit."""
    size = data.draw(st.integers(2, 600))
    tree, bits = Tree(size), size.bit_length()
    reads: list[tuple[int, int]] = []

    def node(level: int, index: int) -> bytes:
        reads.append((level, index))
        return tree.node(level, index)

    inclusion_proof(data.draw(st.integers(0, size - 1)), size, node)
    assert len(reads) <= 2 * bits
    reads.clear()
    consistency_proof(data.draw(st.integers(1, size)), size, node)
    assert len(reads) <= 3 * bits


def test_the_store_asks_the_database_as_seldom(signed: tuple[Store, Checkpoint, Checkpoint]) -> None:
    store, asked = signed[0], []
    event.listen(store._engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    store.inclusion(5)
    assert 0 < len([sql for sql in asked if sql.startswith("SELECT") and "head" not in sql]) <= 8
