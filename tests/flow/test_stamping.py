"""Time-stamps on checkpoints by an authority of the test's own; one that fails stops nothing and is asked again."""

import asyncio
import base64
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import BadSetting, Refused, TryLater
from sayso.fetch import Door
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.exporting import stamp_line
from sayso.flow.record.signing import problems_of, sign_checkpoint
from sayso.flow.record.stamping import stamp_due
from sayso.store import Stamp
from tests.flow.factory import item, polled
from tests.flow.timestamping import authority, reply, served
from tests.store import factory as f


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority; skipped with one line where its program or the extra is missing, a failure where they must be here."""
    try:
        import rfc3161_client  # noqa: F401

        assert shutil.which("openssl")
    except (ImportError, AssertionError):
        if os.environ.get("SAYSO_NOTHING_OPTIONAL"):
            raise
        pytest.skip("openssl or the extra `stamp` is missing: tests of time-stamps are skipped")
    return authority(tmp_path_factory.mktemp("authority"))


def stamped(room: Newsroom, folder: Path, answer: Callable[[bytes], bytes]) -> Stamp | None:
    """What comes of asking an authority that answers so."""
    with served(answer) as port:
        where = {"timestamp_url": f"http://127.0.0.1:{port}/tsa", "timestamp_root": folder / "ca.pem"}
        room.settings = replace(room.settings, **where)  # type: ignore[arg-type]
        room.door = Door(user_agent="sayso/test", allow=frozenset({("127.0.0.1", port)}))

        async def once() -> Stamp | None:
            try:
                return await stamp_due(room)
            finally:
                await room.door.close()

        return asyncio.run(once())


@pytest.fixture
def signed(room: Newsroom) -> Iterator[Newsroom]:
    polled(room, item("bridge", "Bridge held", "12 soldiers were killed."))
    sign_checkpoint(room)
    return room


def test_a_checkpoint_is_stamped_once_and_verifies(signed: Newsroom, folder: Path) -> None:
    made = stamped(signed, folder, lambda query: reply(folder, query))
    assert made is not None
    assert (made.size, signed.store.stamps()) == (signed.store.size(), (made,))
    assert problems_of(signed) == ()
    assert base64.b64encode(made.response) in stamp_line(made)
    assert stamped(signed, folder, lambda query: pytest.fail("asked again")) is None
    f.kept(signed.store, 9)
    sign_checkpoint(signed)
    assert stamped(signed, folder, lambda query: pytest.fail("asked within the hour")) is None


def test_a_changed_stamp_is_named(signed: Newsroom, folder: Path) -> None:
    made = stamped(signed, folder, lambda query: reply(folder, query))
    assert made is not None
    spoiled = made.response[:-1] + bytes([made.response[-1] ^ 1])
    with signed.store._writing() as conn:
        conn.exec_driver_sql("UPDATE stamp SET response = ?", (spoiled,))
    assert [p.where for p in problems_of(signed)] == [f"time-stamp at {made.size} rows"]


def over(folder: Path, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda query: reply(folder, change(query))


def other_imprint(query: bytes) -> bytes:
    """A query with another hash in it: it stands behind the algorithm, as 32 bytes of an octet string."""
    at = query.index(b"\x04\x20") + 2
    return query[:at] + bytes(32) + query[at + 32 :]


def other_nonce(query: bytes) -> bytes:
    """A query with another nonce in it: the whole number behind the hash."""
    at = query.index(b"\x04\x20") + 34
    assert query[at] == 2
    return query[: at + 3] + bytes([query[at + 3] ^ 1]) + query[at + 4 :]


WRONG: dict[str, tuple[Callable[[Path], Callable[[bytes], bytes]], str]] = {
    "over something else": (lambda folder: over(folder, other_imprint), "it is over something else"),
    "with another nonce": (lambda folder: over(folder, other_nonce), "Nonce mismatch"),
    "a refusal": (lambda folder: lambda query: reply(folder, b"\x30\x03\x02\x01\x01"), "gives a time-stamp"),
    "garbage": (lambda folder: lambda query: b"<html>Welcome</html>", "gives a time-stamp that does not hold"),
    "nothing": (lambda folder: lambda query: b"", "gives a time-stamp that does not hold"),
    "cut off": (lambda folder: lambda query: reply(folder, query)[:-9], "gives a time-stamp that does not hold"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_an_answer_that_does_not_hold_is_refused(signed: Newsroom, folder: Path, case: str) -> None:
    answer, sentence = WRONG[case]
    with pytest.raises(Refused, match=sentence):
        stamped(signed, folder, answer(folder))
    assert signed.store.stamps() == ()


def test_an_authority_of_another_root_is_refused(
    signed: Newsroom, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = authority(tmp_path_factory.mktemp("stranger"))
    with pytest.raises(Refused, match="does not hold"):
        stamped(signed, folder, lambda query: reply(stranger, query))


def test_an_authority_that_is_away_is_asked_again_later(signed: Newsroom, folder: Path) -> None:
    with served(lambda query: b"") as port:
        pass
    settings = {"timestamp_url": f"http://127.0.0.1:{port}/", "timestamp_root": folder / "ca.pem"}
    signed.settings = replace(signed.settings, **settings)  # type: ignore[arg-type]
    signed.door = Door(user_agent="sayso/test", allow=frozenset({("127.0.0.1", port)}))
    with pytest.raises(TryLater):
        asyncio.run(stamp_due(signed))
    assert stamped(signed, folder, lambda query: reply(folder, query)) is not None


def test_without_a_root_nobody_is_believed(signed: Newsroom, folder: Path) -> None:
    signed.settings = replace(signed.settings, timestamp_url="http://127.0.0.1:1/")
    with pytest.raises(BadSetting, match=r"timestamp_url needs timestamp_root"):
        asyncio.run(stamp_due(signed))


def test_nobody_is_asked_where_no_authority_is_named(signed: Newsroom) -> None:
    assert asyncio.run(stamp_due(signed)) is None
    assert problems_of(signed) == ()
