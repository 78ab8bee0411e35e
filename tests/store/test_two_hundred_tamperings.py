"""Two hundred random changes behind the store's back, of every kind: each is found, and named (promise P14)."""

import shutil
from collections.abc import Iterator
from random import Random

import pytest

from sayso.flow.record.signing import is_itself
from sayso.store.verify import find_problems
from tests.store.factory import opened
from tests.store.tampering import KEY, WAYS, Kept

SEED, TAMPERINGS = 20310401, 200


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    made = Kept(opened(folder / "sayso.sqlite3"), folder)
    yield made
    made.store.close()


def found(kept: Kept, conn: object) -> list[str]:
    """Where something is wrong, as a coverage's `verify` looks for it."""
    problems = find_problems(
        conn,  # type: ignore[arg-type]
        has_blob=lambda sha256: kept.archive.read(sha256) is not None,
        has_medium=lambda name: is_itself(kept.media / name),
        keys=[KEY.public],
        handed_out=[kept.handed_out],
    )
    return [problem.where for problem in problems]


def tampered(kept: Kept, number: int) -> tuple[str, str, list[str]]:
    """Change one thing, look, and put everything back: in what way, what should be named, what was."""
    random, way = Random(f"{SEED} {number}"), WAYS[number % len(WAYS)]
    saved = kept.archive.folder.with_name("saved")
    shutil.copytree(kept.archive.folder, saved / "blobs")
    shutil.copytree(kept.media, saved / "media")
    with kept.store._engine.connect() as conn, conn.begin() as change:
        expected = way(kept, conn, random)
        named = found(kept, conn)
        change.rollback()
    for folder in (kept.archive.folder, kept.media):
        shutil.rmtree(folder)
        shutil.move(saved / folder.name, folder)
    saved.rmdir()
    return way.__name__, expected, named


@pytest.mark.parametrize("part", range(5))
def test_two_hundred_tamperings_are_found_and_named(kept: Kept, part: int) -> None:
    """`seed` in a failure says how to see it again: `tampered(kept, number)`."""
    with kept.store._engine.connect() as conn:
        assert found(kept, conn) == [], "nothing is wrong before"
    share = TAMPERINGS // 5
    for number in range(part * share, (part + 1) * share):
        way, expected, named = tampered(kept, number)
        assert expected in named, f"seed {SEED}, number {number}: {way} should name {expected!r}, not {named}"


def test_the_ledger_that_is_tampered_with_has_everything_in_it(kept: Kept) -> None:
    with kept.store._engine.connect() as conn:
        kinds = set(conn.exec_driver_sql("SELECT kind FROM ledger").scalars())
        erased = conn.exec_driver_sql("SELECT count(*) FROM ledger WHERE seq NOT IN (SELECT seq FROM content)").scalar()
    assert kinds >= {"captured", "parsed", "stated", "read", "decided", "posted", "corrected", "gone", "taken_down"}
    assert erased
    assert len(kept.store.checkpoints()) > 2
