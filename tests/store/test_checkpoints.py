import base64

import pytest

from sayso.store import SigningKey, Store
from sayso.store.checkpoint import is_signed, read_note
from sayso.store.merkle import verify_consistency, verify_inclusion
from tests.store import factory as f


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.from_seed("example.org/c/islands", bytes(32))


def test_a_checkpoint_is_three_lines_and_a_signature(store: Store, key: SigningKey) -> None:
    f.published(store, 1)
    made = store.checkpoint(key, at=f.at(2))
    origin, size, root, empty, signature, end = made.note.split("\n")
    assert (origin, size, empty, end) == ("example.org/c/islands", "4", "", "")
    assert base64.b64decode(root) == store.root() == made.root
    assert signature.startswith("\N{EM DASH} example.org/c/islands ")
    assert is_signed(made.note, name=key.name, public=key.public)
    assert not is_signed(made.note.replace("\n4\n", "\n5\n"), name=key.name, public=key.public)
    assert not is_signed(made.note, name=key.name, public=SigningKey.generate(key.name).public)
    assert read_note(made.note) == (made.origin, made.size, made.root)
    assert key.verifier.startswith("example.org/c/islands+")


def test_a_size_is_signed_once(store: Store, key: SigningKey) -> None:
    assert store.checkpoint(key, at=f.at(0)).size == 0
    f.published(store, 1)
    first = store.checkpoint(key, at=f.at(1))
    assert store.checkpoint(key, at=f.at(2)) == first
    f.published(store, 2)
    assert store.checkpoint(key, at=f.at(3)).size == 8
    assert [c.size for c in store.checkpoints()] == [0, 4, 8]
    last = store.last_checkpoint()
    assert last is not None
    assert last.size == 8
    assert store.verify(key=(key.name, key.public)) == ()


def test_proofs_hold_against_signed_roots(store: Store, key: SigningKey) -> None:
    f.published(store, 1)
    f.published(store, 2)
    early = store.checkpoint(key, at=f.at(3))
    f.published(store, 4)
    late = store.checkpoint(key, at=f.at(5))
    proof = store.consistency(early.size, late.size)
    assert verify_consistency(early.size, late.size, proof, early.root, late.root)
    with store._connection() as conn:
        leaf = conn.exec_driver_sql("SELECT leaf FROM ledger WHERE seq = 5").scalar_one()
    assert verify_inclusion(4, late.size, leaf, store.inclusion(5), late.root)
    assert verify_inclusion(4, early.size, leaf, store.inclusion(5, early.size), early.root)
    with pytest.raises(ValueError, match="has 12 rows"):
        store.inclusion(5, 13)


def test_a_name_that_would_break_the_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no space"):
        SigningKey.generate("two words")
