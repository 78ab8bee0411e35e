"""The command line: every command explains itself, and a coverage's mistakes name file and line."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sayso.cli import COMMANDS, command
from tests.coverage.factory import PARTIES, PLACES, SOURCES, write


def sayso(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def every_command() -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = [()]
    ctx = click.Context(command)
    for name in COMMANDS:
        found.append((name,))
        inner = command.get_command(ctx, name)
        if isinstance(inner, click.Group):
            found += [(name, verb) for verb in inner.list_commands(ctx)]
    return tuple(found)


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    result = sayso(*words, "--help")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Usage: ")
    assert len(result.output.splitlines()) > 3


def test_a_command_that_does_not_exist_is_wrong_usage() -> None:
    assert sayso("frobnicate").exit_code == 2


@pytest.mark.parametrize(
    ("changed", "file", "line_of", "says"),
    [
        ({"parties": PARTIES + '\n[[party]]\nid = "NO"\nnames = ["Elsewhere"]\n'}, "parties.toml", -1, "NO"),
        ({"places": PLACES.replace('side = "NO"', 'side = "XX"')}, "places.toml", 'side = "XX"', "XX"),
        ({"sources": SOURCES.replace('party = "NO"', 'party = "XX"')}, "sources.toml", 'party = "XX"', "XX"),
        ({"parties": PARTIES.replace('names = ["Sedd"', 'names = ["Norrin"')}, "parties.toml", "Norrin", "Norrin"),
    ],
    ids=["duplicate party", "unknown party of a place", "unknown party of a source", "overlapping aliases"],
)
def test_a_mistake_in_a_coverage_names_file_and_line_and_what_to_write(
    tmp_path: Path, changed: dict[str, str], file: str, line_of: object, says: str
) -> None:
    write(tmp_path, **changed)
    result = sayso("coverage", "check", str(tmp_path))
    assert result.exit_code == 1
    (first, *_) = result.stdout.splitlines()
    name, line, words = first.split(":", 2)
    assert name == str(tmp_path / file)
    text = (tmp_path / file).read_text().splitlines()
    assert 1 <= int(line) <= len(text)
    assert says in text[int(line) - 1]
    assert says in words
    assert ";" in words  # what to write instead


def test_a_good_coverage_passes(tmp_path: Path) -> None:
    result = sayso("coverage", "check", str(write(tmp_path)))
    assert result.exit_code == 0
    assert result.stdout == ""


def test_the_status_of_a_coverage_that_never_ran_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    result = sayso("status", str(write(tmp_path)))
    assert result.exit_code == 0, result.output
    assert "not fetched yet" in result.stdout
