"""docs/reference/ is what its generator writes today, in the same bytes whatever the terminal."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.documents import ROOT

GENERATOR = ROOT / "tools" / "reference.py"
COMMITTED = ROOT / "docs" / "reference"


def write(folder: Path, columns: int) -> list[str]:
    """The names that the generator prints when it writes into a folder from a terminal of that width.

    It runs in a process of its own: click keeps the help option of the first context that a command was shown in.
    """
    command = [sys.executable, str(GENERATOR), str(folder)]
    environment = {**os.environ, "COLUMNS": str(columns)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return [Path(line).name for line in done.stdout.splitlines()]


@pytest.mark.parametrize("columns", [40, 200])
def test_the_pages_are_what_the_generator_writes(tmp_path: Path, columns: int) -> None:
    names = write(tmp_path, columns)
    assert sorted(names) == sorted(p.name for p in COMMITTED.iterdir())
    for name in names:
        assert (COMMITTED / name).read_bytes() == (tmp_path / name).read_bytes(), f"{name} is old: run {GENERATOR.name}"


def test_a_word_without_a_description_is_an_error() -> None:
    spec = importlib.util.spec_from_file_location("reference", GENERATOR)
    assert spec and spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    with pytest.raises(ValueError, match="newcomer"):
        reference.lines_of({"newcomer": ()}, {})
