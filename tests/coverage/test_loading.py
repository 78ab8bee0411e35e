"""What stands in a coverage's files arrives in the records, for any number of parties and for all of them alike."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from sayso.coverage import check, load
from sayso.model.coverage import SOURCE_KINDS
from tests.coverage.factory import GOOD, REPLAY, write

ROOT = Path(__file__).resolve().parents[2]


def test_each_field_arrives(tmp_path):
    write(tmp_path, coverage=GOOD["coverage.toml"] + REPLAY + 'quotes = "none"\n')
    found = load(tmp_path)
    assert (found.name, found.title, found.start, found.readings) == (
        "two-banks",
        "War of two banks",
        date(2031, 5, 2),
        "by_rule",
    )
    assert found.held_types == ("movement",)
    (source,) = found.sources
    assert (source.body, source.party, source.interval_s, source.channel) == ("Norrin Army", "NO", 30, "website")
    assert found.replay is not None
    assert (found.replay.port, found.replay.quotes, found.replay.day_s) == (8907, "none", 120)
    assert found.replay.opens_at == datetime(2031, 5, 3, tzinfo=UTC)
    assert found.conflict.places[0].lat == -41.5


def test_pages_are_in_english_unless_the_file_names_another_language(tmp_path):
    assert load(write(tmp_path)).language == "en"
    assert load(write(tmp_path, coverage=GOOD["coverage.toml"] + 'language = "ar"\n')).language == "ar"


def test_a_group_has_its_members_of_the_day(tmp_path):
    conflict = load(write(tmp_path)).conflict
    assert conflict.members("BANKS", date(2031, 5, 5)) == ("NO",)
    assert conflict.members("BANKS", date(2031, 5, 6)) == ("NO", "SE")


def test_a_person_speaks_with_the_kind_and_side_of_the_body(tmp_path):
    (person,) = load(write(tmp_path)).conflict.people
    assert (person.kind, person.side, person.body) == ("army", "NO", "Norrin Army")


def test_swapped_parties_give_the_same_coverage_with_the_names_swapped(tmp_path):
    """Law 6: nothing in the loader depends on which party comes first or how it is called."""
    words = [("NO", "SE"), ("Norrin", "Sedd"), ("norrin", "sedd")]
    there, back = tmp_path / "a", tmp_path / "b"
    for folder in (there, back):
        folder.mkdir()
    write(there)
    write(back, **{name.removesuffix(".toml"): swapped(text, words) for name, text in GOOD.items()})
    ours = json.loads(swapped(as_json(there), words))
    theirs = json.loads(as_json(back))
    assert by_id(ours) == by_id(theirs)


def swapped(text: str, words: list[tuple[str, str]]) -> str:
    for i, (a, b) in enumerate(words):
        text = text.replace(a, f"\x01{i}").replace(b, a).replace(f"\x01{i}", b)
    return text


def as_json(folder: Path) -> str:
    coverage = load(folder)
    return msgspec.json.encode([coverage.conflict, coverage.sources], order="deterministic").decode()


def by_id(found: list) -> list:
    found[0]["parties"].sort(key=lambda p: p["id"])
    return found


def test_every_kind_of_source_that_can_be_read_may_stand_in_the_file():
    kinds = pytest.importorskip("sayso.sources.kinds", reason="the room of sources is not built yet")
    assert set(kinds.KINDS) <= set(SOURCE_KINDS)


@pytest.mark.parametrize(
    "folder", sorted(p.parent for p in (ROOT / "examples").glob("*/coverage.toml")), ids=lambda p: p.name
)
def test_the_examples_have_no_mistake(folder):
    assert [str(m) for m in check(folder)] == []
