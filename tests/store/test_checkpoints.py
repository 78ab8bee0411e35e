import base64

import pytest

from sayso.store import SigningKey, Store
from sayso.store.checkpoint import is_signed, note_hash, read_note, read_verifier, sign
from sayso.store.merkle import verify_consistency, verify_inclusion
from tests.store import factory as f


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.from_seed("example.org/c/islands", bytes(32))


def test_a_checkpoint_is_three_lines_its_time_and_a_signature(store: Store, key: SigningKey) -> None:
    f.published(store, 1)
    made = store.checkpoint(key, at=f.at(2))
    origin, size, root, signed_at, empty, signature, end = made.note.split("\n")
    assert (origin, size, empty, end) == ("example.org/c/islands", "4", "", "")
    assert signed_at == "at 2031-04-01T08:02:00+00:00"
    assert base64.b64decode(root) == store.root() == made.root
    assert signature.startswith("\N{EM DASH} example.org/c/islands ")
    assert is_signed(made.note, name=key.name, public=key.public)
    assert not is_signed(made.note.replace("\n4\n", "\n5\n"), name=key.name, public=key.public)
    assert not is_signed(made.note, name=key.name, public=SigningKey.generate(key.name).public)
    assert read_note(made.note) == (made.origin, made.size, made.root, f.at(2), None)
    assert key.verifier.startswith("example.org/c/islands+")
    assert read_verifier(key.verifier) == (key.name, key.public)


def test_a_checkpoint_names_the_one_that_it_follows_on(store: Store, key: SigningKey) -> None:
    f.published(store, 1)
    first = store.checkpoint(key, at=f.at(2))
    f.published(store, 3)
    second = store.checkpoint(key, at=f.at(4))
    assert read_note(second.note).after == (4, note_hash(first.note))


def test_a_checkpoint_from_before_its_time_was_signed_is_as_good(key: SigningKey) -> None:
    note = sign(key, size=4, root=bytes(32), at=f.at(1)).note
    old = "\n".join(line for line in note.split("\n") if not line.startswith("at "))
    assert read_note(old) == (key.name, 4, bytes(32), None, None)


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
    assert store.verify(keys=[key.public]) == ()


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
