"""docs/postgresql.md: its line in the settings is all that changes, and the doctor answers as it says."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import command
from tests.docs.documents import FENCE, ROOT

TEXT = (ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8")
ADDRESS = re.compile(r'(?<=database = ")[^"]+')


def type_in(*words: str) -> str:
    """What a command prints; it must succeed."""
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, f"{words}\n{result.output}\n{result.exception}"
    return result.output


def test_the_line_of_the_guide_puts_a_coverage_on_postgresql(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    type_in("coverage", "new", "my-war")
    (lines,) = (m[2] for m in FENCE.finditer(TEXT) if m[1] == "toml")
    Path("my-war/sayso.toml").write_text(ADDRESS.sub(postgres, lines))
    (promised,) = re.findall(r"`ok  (database: .*?)`", TEXT)
    told = re.escape(promised).replace(r"18\.6", r"[\d.]+")
    assert re.search(told, type_in("doctor", "my-war"))
    type_in("store", "verify", "my-war")
    assert list(tmp_path.rglob("*.sqlite3")) == []


def test_a_database_that_is_not_there_is_a_fault_that_the_doctor_names(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    type_in("coverage", "new", "my-war")
    monkeypatch.setenv("SAYSO_DATABASE", postgres.replace("/sayso_test_", "/not_"))
    result = CliRunner().invoke(command, ["doctor", "my-war"])
    assert result.exit_code == 1
    assert "check the account" in result.output
