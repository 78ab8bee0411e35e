"""The invented war is rich enough to be the tests' main ground, and its labels fit its words and the scheme."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from sayso.coverage import load
from sayso.model import vocabulary as words
from sayso.replay import check, read_tape

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "skerrow"
#: Each operator -> its bounds from the number said, where the scheme gives them.
BOUNDS = {
    "exact": lambda n: (n, n),
    "about": lambda n: (n, n),
    "nearly": lambda n: (n, n),
    "more_than": lambda n: (n + 1, None),
    "at_least": lambda n: (n, None),
    "up_to": lambda n: (None, n),
    "less_than": lambda n: (None, n - 1),
    "none": lambda n: (0, 0),
}


@pytest.fixture(scope="module")
def tape():
    return read_tape(FOLDER)


@pytest.fixture(scope="module")
def gold():
    return [json.loads(line) for line in (FOLDER / "replay" / "gold.jsonl").read_text("utf-8").splitlines()]


def test_its_statements_have_no_mistake():
    assert [str(m) for m in check(FOLDER)] == []


def test_it_has_a_week_of_statements_from_every_party_and_every_format(tape):
    assert len(tape.told) >= 60
    assert len({t.source for t in tape.told}) >= 12
    assert {t.at.day for t in tape.told} == set(range(2, 9))
    assert {c.format for c in tape.channels} == {"rss", "atom", "json", "page", "live", "text"}
    parties = {s.party for s in load(FOLDER).sources}
    assert parties >= {p.id for p in load(FOLDER).conflict.parties}


def test_a_press_page_has_something_to_show_when_the_story_opens(tape):
    opens = tape.replay.opens_at
    silent = {c.name for c in tape.channels if c.format in ("page", "text", "live")} - {
        t.source for t in tape.told if t.at <= opens
    }
    assert silent == set()


def test_one_party_changes_camp_on_day_5():
    conflict = load(FOLDER).conflict
    day_5 = conflict.start + timedelta(days=4)
    before, after = day_5 - timedelta(days=1), day_5
    assert (conflict.overlap("SOUTH", "LU", before), conflict.overlap("NORTH", "LU", before)) == (True, False)
    assert (conflict.overlap("SOUTH", "LU", after), conflict.overlap("NORTH", "LU", after)) == (False, True)


def test_something_is_edited_something_vanishes_and_something_is_printed_twice(tape):
    later = [then for t in tape.told for then in t.then]
    assert any(then.text for then in later)
    assert any(then.gone for then in later)
    assert all(tape.replay.opens_at < then.at < tape.replay.ends_at for then in later), "a reader can watch it happen"
    texts = [t.text for t in tape.told]
    assert len(texts) > len(set(texts))


def test_one_picture_carries_a_made_up_position_to_be_stripped():
    with Image.open(FOLDER / "replay" / "media" / "harbour.jpg") as picture:
        assert picture.getexif().get_ifd(0x8825)[1] == "S"
        assert b"made up" in picture.info["comment"]


def test_labels_quote_the_statements(tape, gold):
    full = {t.id: f"{t.headline}\n{t.text}" if t.headline else t.text for t in tape.told}
    assert len({row["doc"] for row in gold}) >= 30
    assert len({row["id"] for row in gold}) == len(gold)
    for row in gold:
        start, end = row["span"]
        assert full[row["doc"]][start:end] == row["text"], row["id"]


def test_labelled_statements_are_labelled_whole(tape, gold):
    for told in tape.told:
        rows = [row["text"] for row in gold if row["doc"] == told.id]
        if rows:
            full = f"{told.headline}\n{told.text}" if told.headline else told.text
            assert " ".join(rows).split() == full.split(), told.id


def test_labels_keep_to_the_scheme(gold):
    conflict = load(FOLDER).conflict
    ids = {p.id for p in (*conflict.parties, *conflict.groups, *conflict.third)} | {"BOTH", None}
    for row in gold:
        for claim in row["claims"]:
            assert claim["sub"] in words.TYPES[claim["type"]], row["id"]
            assert claim["attr"]["kind"] in words.KINDS
            assert claim["attr"]["channel"] in (*words.CHANNELS, None)
            assert {claim["actor"], claim["subject"], claim["attr"]["side"]} <= ids
            assert all(place in {n for p in conflict.places for n in p.names} for place in claim["places"])
            for day in filter(None, (claim["from"], claim["to"])):
                assert date.fromisoformat(day[:10])
            check_count(claim["qty"])


def check_count(qty):
    if qty and qty["cmp"] in BOUNDS:
        assert (qty["low"], qty["high"]) == BOUNDS[qty["cmp"]](qty["n"])
        assert qty["exact"] == (qty["cmp"] in ("exact", "none"))
