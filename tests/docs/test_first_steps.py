"""The README's five minutes, as far as they go without a server: typed as they stand there."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import command
from tests.docs.documents import ROOT, blocks

OWN = [b for b in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if "sayso coverage new" in b]
READ = [b for b in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if b.startswith("sayso read")]


def type_in(line: str) -> str:
    """What a command of the README prints; it must succeed."""
    result = CliRunner().invoke(command, shlex.split(line, comments=True)[1:])
    assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception}"
    return result.output


def lines(block: str, start: str) -> list[str]:
    found = [line for line in block.splitlines() if line.startswith(start)]
    assert found, f"the README shows {start}"
    return found


def test_a_new_coverage_passes_its_own_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in lines(OWN[0], "sayso coverage new"):
        type_in(line)
    for line in lines(OWN[0], "sayso coverage check"):
        assert "nothing to mend" in type_in(line)


def test_a_new_coverage_reads_a_text_as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in lines(OWN[0], "sayso coverage new"):
        type_in(line)
    text = "Four soldiers were killed near Upper Ford, the Norrin Defence Ministry said."
    (tmp_path / "bulletin.txt").write_text(text, encoding="utf-8")
    for line in lines(READ[0], "sayso read"):
        said = type_in(line)
        assert "casualties.killed" in said
        assert "[Norrin]" in said
