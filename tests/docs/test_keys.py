"""docs/coverage.md names every key that the loader asks for, and no other."""

from collections import defaultdict
from typing import Any

import pytest

from sayso.coverage import load
from sayso.coverage.settings import VARIABLES
from sayso.coverage.sheet import Table
from tests.docs.documents import ROOT, rows

PAGE = ROOT / "docs" / "coverage.md"
#: One table of each kind, so that the loader asks for all that it knows.
FILES = {
    "coverage.toml": """
        name = "ford"
        title = "The ford"
        start = 2031-05-02
        zone = "UTC"
        [replay]
        statements = "told.jsonl"
        begins_at = 2031-05-02T00:00:00+00:00
        opens_at = 2031-05-02T00:00:00+00:00
        ends_at = 2031-05-03T00:00:00+00:00
        [desk]
        undo_s = 10
        [reader]
        parser = true
        [reader.model]
        url = "https://models.example/v1"
        model = "m"
        """,
    "parties.toml": """
        [[party]]
        id = "NO"
        names = ["Norrin"]
        [[group]]
        id = "EAST"
        names = ["eastern camp"]
        members = [{party = "NO"}]
        [[third]]
        id = "MED"
        names = ["Lake Commission"]
        [[body]]
        names = ["Norrin Army"]
        kind = "army"
        [[person]]
        name = "Ada Fenn"
        """,
    "places.toml": """
        [[place]]
        names = ["Upper Ford"]
        """,
    "sources.toml": """
        [[source]]
        name = "army"
        title = "Norrin Army"
        kind = "feed"
        url = "https://army.example/news.xml"
        """,
    "told.jsonl": "",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], set[str]]:
    """File and table, as messages call it -> every key that the loader asks for in it."""
    folder = tmp_path_factory.mktemp("keys")
    for file, text in FILES.items():
        (folder / file).write_text(text, encoding="utf-8")
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    done = Table.done

    def noting(table: Table) -> Any:
        found[table.sheet.path.name, table.title].update(table.asked)
        return done(table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "done", noting)
        load(folder)
    return found


def documented(heading: str) -> set[str]:
    """The keys under a heading that stand in rows of their own."""
    return {key for cell in rows(PAGE, heading) if not cell[0].startswith(("[", "{")) for key in cell}


def documented_by_table(heading: str) -> set[tuple[str, str]]:
    """Table and key, from the rows under a heading that begin with a table."""
    return {(cell[0], key) for cell in rows(PAGE, heading) if cell[0].startswith(("[", "{")) for key in cell[1:]}


@pytest.mark.parametrize(
    ("file", "table"), [("coverage.toml", "the file"), ("places.toml", "[[place]]"), ("sources.toml", "[[source]]")]
)
def test_the_page_names_every_key_of_a_file_and_no_other(
    asked: dict[tuple[str, str], set[str]], file: str, table: str
) -> None:
    assert documented(file) == asked[file, table]


@pytest.mark.parametrize("file", ["parties.toml", "coverage.toml"])
def test_the_page_names_every_key_of_each_table_and_no_other(asked: dict[tuple[str, str], set[str]], file: str) -> None:
    known = {
        (table, key) for (name, table), keys in asked.items() if name == file for key in keys if table != "the file"
    }
    assert documented_by_table(file) == known


def test_the_page_names_every_setting_and_no_other() -> None:
    assert documented("sayso.toml") == set(VARIABLES.values())
    assert set(FILES) - {"told.jsonl"} == {"coverage.toml", "parties.toml", "places.toml", "sources.toml"}
