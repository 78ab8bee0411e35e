"""What was acknowledged outlives a power cut at any moment (promise P2); a store that cheats is caught."""

import contextlib
import gc
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

import apsw
import pytest
from sqlalchemy.exc import SQLAlchemyError

from sayso.errors import SaysoError
from sayso.store import Store
from sayso.store.sqlite import PRAGMAS
from tests.faults.power_cuts.disk import ForgetfulDisk, ForgetfulVFS, engine_on
from tests.store import factory as f

CUTS = 100
SEED = 20310401


@dataclass(slots=True)
class Outcome:
    """What many cuts did: statements acknowledged, lost, and doubled; ledgers that do not verify."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    broken: int = 0


def one_cut(folder: Path, template: Path, number: int, outcome: Outcome, *, synchronous: str) -> None:
    """Write until the power goes, then open what is left with the real driver and look."""
    random = Random(SEED + number)
    file = folder / f"{synchronous}-{number}.sqlite3"
    shutil.copyfile(template, file)
    disk = ForgetfulDisk(cut_after=random.randrange(20, 1_500))
    vfs = ForgetfulVFS(f"forgetful-{synchronous}-{number}", disk)
    acknowledged = write_until_dark(file, vfs, random, synchronous)
    assert disk.off, "the writing ended before the cut: raise its length"
    disk.forget(random)
    outcome.cuts += 1
    outcome.acknowledged += len(acknowledged)
    try:
        survivor = Store.open(f"sqlite:///{file}")
    except SaysoError:
        outcome.broken += 1
        return
    try:
        outcome.lost += sum(not survivor.has_statement(statement) for statement in acknowledged)
        outcome.broken += bool(survivor.verify())
    finally:
        survivor.close()
        for left in folder.glob(f"{file.name}*"):
            left.unlink()


def write_until_dark(file: Path, vfs: ForgetfulVFS, random: Random, synchronous: str) -> list[str]:
    """The ids of the statements whose transactions were acknowledged before the power went."""
    acknowledged: list[str] = []
    engine = None
    with contextlib.suppress(apsw.Error, SQLAlchemyError, SaysoError):
        engine = engine_on(str(file), vfs.name, synchronous=synchronous)
        store = Store(engine)
        for n in range(1, 200):
            f.published(
                store, n, it=f.statement(n, text=f"Statement {n}: " + "so it is said. " * random.randrange(300))
            )
            acknowledged.append(f"s{n}")
    if engine is not None:
        with contextlib.suppress(apsw.Error, SQLAlchemyError):
            engine.dispose()
    gc.collect()
    return acknowledged


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    Store.open(f"sqlite:///{file}").close()
    return file


def cut_many(tmp_path: Path, template: Path, cuts: int, *, synchronous: str) -> Outcome:
    outcome = Outcome()
    for number in range(cuts):
        one_cut(tmp_path, template, number, outcome, synchronous=synchronous)
    return outcome


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_hundred_power_cuts(tmp_path: Path, template: Path) -> None:
    outcome = cut_many(tmp_path, template, CUTS, synchronous=dict(PRAGMAS)["synchronous"])
    print(outcome)
    assert (outcome.cuts, outcome.lost, outcome.broken) == (CUTS, 0, 0)
    assert outcome.acknowledged > CUTS


@pytest.mark.slow
def test_the_harness_catches_a_store_that_does_not_sync_each_commit(tmp_path: Path, template: Path) -> None:
    outcome = cut_many(tmp_path, template, CUTS // 5, synchronous="NORMAL")
    print(outcome)
    assert outcome.lost > 0
