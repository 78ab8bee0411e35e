"""docs/verify.md: what the guide types works in the order in which it types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import command
from sayso.flow.newsroom import open_newsroom
from sayso.flow.record.signing import sign_checkpoint
from tests.docs.documents import ROOT, commands
from tests.store import factory as f


def fill(folder: Path) -> None:
    """A ledger with a checkpoint at 25 rows and one at 90, as the guide has it, and the earlier one kept elsewhere."""
    room = open_newsroom(folder)
    try:
        for n in range(1, 100):
            if room.store.size() == 24:
                f.kept(room.store, n, sha=room.archive.keep(b"a feed"))
                Path("checkpoint.txt").write_text(sign_checkpoint(room).note)
            elif room.store.size() == 89:
                f.kept(room.store, n, sha=room.archive.keep(b"a feed"))
                sign_checkpoint(room)
                return
            else:
                f.published(room.store, n, it=f.statement(n, capture=None))
    finally:
        room.close()


def test_the_guide_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result: Result = CliRunner().invoke(command, ["coverage", "new", "my-war"])
    fill(Path("my-war"))
    typed = [quoted for quoted in commands(ROOT / "docs" / "verify.md", "sayso") if quoted.whole]
    assert len(typed) == 7
    for quoted in typed:
        result = CliRunner().invoke(command, quoted.words)
        assert result.exit_code == 0, f"{quoted.line}\n{result.output}\n{result.exception}"
        if "--row" in quoted.words:
            Path("proof.json").write_text(result.stdout)
        if "check-proof" in quoted.words:
            assert "Row 6 (read, " in result.output
