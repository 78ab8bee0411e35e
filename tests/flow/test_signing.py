"""Checkpoints that hold the operator to the ledger."""

import stat

import pytest

from sayso.errors import BadSetting
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.signing import key_path, sign_checkpoint, signing_key
from sayso.store.checkpoint import is_signed
from tests.flow.factory import item, polled


def test_only_its_owner_may_read_the_key(room: Newsroom) -> None:
    signing_key(room)
    assert stat.S_IMODE(key_path(room).stat().st_mode) == 0o600
    assert [p.name for p in key_path(room).parent.iterdir()] == [key_path(room).name]


def test_the_key_stays_the_same(room: Newsroom) -> None:
    assert signing_key(room).public == signing_key(room).public


def test_a_checkpoint_verifies_with_the_public_key_and_with_the_ledger(room: Newsroom) -> None:
    polled(room, item("bridge", "Bridge held", "12 soldiers were killed."))
    made = sign_checkpoint(room)
    key = signing_key(room)
    assert made.size == room.store.size()
    assert is_signed(made.note, name=key.name, public=key.public)
    assert sign_checkpoint(room) == made
    assert room.store.verify(keys=[key.public]) == ()


def test_a_damaged_key_names_its_file_and_what_to_do(room: Newsroom) -> None:
    key_path(room).write_text("not hex\n")
    with pytest.raises(BadSetting, match=r"signing\.key: not a signing key; put the file back"):
        signing_key(room)


def test_half_a_key_of_a_crash_does_not_keep_us_from_starting(room: Newsroom) -> None:
    key_path(room).with_suffix(".part").write_text("")
    assert signing_key(room).seed.hex() == key_path(room).read_text().strip()
