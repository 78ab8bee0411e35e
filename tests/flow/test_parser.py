"""A coverage may ask for a parser: then every reading of it is made with the parser, and says so."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import command
from sayso.errors import BadSetting
from sayso.flow.newsroom import reader_for
from sayso.lexicon import parsing
from tests.coverage.factory import COVERAGE, write
from tests.desk.factory import coverage

#: No body of the coverage: the rules leave it to the outlet, the parser sees who is the subject of "said".
SAID = "“Shells fell on our street all night,” said a woman who had just reached the camp at Verrin.\n"


def test_readings_are_made_with_the_parser_where_the_coverage_asks_for_it() -> None:
    plain, asked = reader_for(coverage()), reader_for(coverage(parser=True))
    assert asked.version == f"{plain.version}+parser"


def test_without_the_extra_a_coverage_that_asks_for_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MODEL", "no_such_model")
    with pytest.raises(BadSetting, match=r"sayso\[parser\]"):
        reader_for(coverage(parser=True))
    assert reader_for(replace(coverage(), parser=False))


@pytest.mark.parametrize("words", [["--json"], ["--rows"]], ids=["a text", "rows"])
def test_the_command_reads_as_the_coverage_asks(tmp_path: Path, words: list[str]) -> None:
    text = tmp_path / "text.txt"
    text.write_text(SAID if words == ["--json"] else json.dumps({"text": SAID.strip()}), encoding="utf-8")
    given = [str(text), "--json"] if words == ["--json"] else ["--rows", str(text)]
    speakers = {}
    for asked in (False, True):
        folder = write(tmp_path, coverage=COVERAGE + ("[reader]\nparser = true\n" if asked else ""))
        done = CliRunner().invoke(command, ["read", *given, "--coverage", str(folder)])
        assert done.exit_code == 0, done.output
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        speakers[asked] = {c["attr"]["kind"] for r in rows for c in r["claims"]}
    assert speakers[True] == {"eyewitness"}
    assert speakers[False] <= {"outlet", "eyewitness"}
