"""An entry of a coverage's file is changed, added, taken out; every other byte of the file stays."""

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sayso.coverage.entries import Entry, added, bare, changed, entries, listed, quoted, without
from sayso.coverage.starting import FILES, TEMPLATE

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [
    *(ROOT / "examples").glob("*/*.toml"),
    *(TEMPLATE / f for f in FILES if f.endswith(".toml") and f != "coverage.toml"),
]
FILE = """\
# Where it comes from. This line tells of the file.

# This tells of all sources.
[[source]]
name = "one"   # the first
title = 'One'
url = "https://one.example/a#b"
interval_s = 30
# rehost = "full"

# moved in May
[[source]]
  name = "two"
names = [ # why
  "a ] b", "c",
]
# the end
"""
ORDER = ("name", "title", "url", "names", "lang", "interval_s", "rehost")


def one(text: str, n: int) -> Entry:
    return entries(text)[n]


def loaded(text: str) -> list[dict[str, Any]]:
    return list(tomllib.loads(text)["source"])


def test_each_entry_has_its_lines_and_the_comments_that_are_its_own() -> None:
    first, second = entries(FILE)
    assert first.text(FILE).startswith('[[source]]\nname = "one"') and first.text(FILE).endswith('# rehost = "full"\n')
    assert second.text(FILE) == FILE[FILE.index("# moved") :]
    assert (first.values["title"], second.values["names"]) == ("One", ["a ] b", "c"])


def test_a_value_is_changed_where_it_stands_and_its_comment_stays() -> None:
    text = changed(FILE, one(FILE, 0), {"name": quoted("eins"), "title": quoted("One")}, ORDER)
    assert text == FILE.replace('"one"   # the first', '"eins"   # the first'), "the title says the same: as it was"


def test_a_list_over_many_lines_is_changed_as_a_whole() -> None:
    text = changed(FILE, one(FILE, 1), {"names": listed([quoted("x")])}, ORDER)
    assert loaded(text)[1]["names"] == ["x"] and text.endswith('names = ["x"]\n# the end\n')
    same = changed(FILE, one(FILE, 1), {"names": listed([quoted("a ] b"), quoted("c")])}, ORDER)
    assert same == FILE


def test_a_new_key_stands_where_it_belongs_and_one_taken_out_leaves_no_line() -> None:
    text = changed(FILE, one(FILE, 0), {"lang": '"en"', "rehost": '"none"', "interval_s": None, "names": "[]"}, ORDER)
    begin = text.index("url =")
    assert text[begin : text.index("# rehost")] == (
        'url = "https://one.example/a#b"\nnames = []\nlang = "en"\nrehost = "none"\n'
    )


def test_a_new_entry_stands_after_the_last_of_its_kind() -> None:
    text = added(FILE + "\n[[third]]\nid = 1\n", "source", {"name": '"three"', "lang": None})
    assert [s["name"] for s in loaded(text)] == ["one", "two", "three"]
    assert '# the end\n\n[[source]]\nname = "three"\n\n[[third]]' in text
    assert added("# nothing yet\n", "source", {"name": '"x"'}) == '# nothing yet\n\n[[source]]\nname = "x"\n'
    assert loaded(added("[[source]]\nname = 1", "source", {"name": "2"})) == [{"name": 1}, {"name": 2}]


def test_an_entry_is_taken_out_with_its_own_comments_and_no_others() -> None:
    assert without(FILE, one(FILE, 1)) == FILE[: FILE.index("\n# moved")]
    assert without(added(FILE, "source", {"name": "1"}), one(added(FILE, "source", {"name": "1"}), 2)) == FILE
    assert without(FILE, one(FILE, 0)) == FILE.replace(one(FILE, 0).text(FILE), ""), "what tells of the kind stays"


def test_a_text_that_is_no_toml_has_no_entries() -> None:
    assert entries("[[source]]\nname = one\n") == ()
    assert entries("") == ()


@pytest.mark.parametrize(("words", "toml"), [
    ("12.5", "12.5"), ("-7", "-7"), ("2031-05-02", "2031-05-02"), ("2031-02-30", '"2031-02-30"'), ("007", '"007"'),
    ("12,5", '"12,5"'), ("nan", '"nan"'), ("x", '"x"'),
])  # fmt: skip
def test_what_is_no_number_and_no_day_is_written_as_words_for_the_check_to_name(words: str, toml: str) -> None:
    assert bare(words) == toml
    tomllib.loads(f"it = {toml}")


@pytest.mark.parametrize("words", ['say "so"', "back\\slash", "Türkiye", "a\x7fb", "tab\tline\nend", "[x] # y", "'''"])
def test_any_words_come_back_as_they_were(words: str) -> None:
    text = added("", "source", {"name": quoted(words)})
    assert loaded(text) == [{"name": words}]
    assert loaded(changed(text, one(text, 0), {"name": quoted("other")}, ORDER)) == [{"name": "other"}]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_in_every_example_an_edit_of_any_entry_touches_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = entries(text)
    everything = tomllib.loads(text)
    assert [e.values for e in found if e.table == "source"] == everything.get("source", [])
    for entry, (key, value) in product(found, (("side", '"X1"'), ("name", None))):
        new = changed(text, entry, {key: value}, tuple(dict.fromkeys((*entry.keys, "side"))))
        begin, tail = entry.start, len(text) - entry.end
        assert new[:begin] == text[:begin] and new[len(new) - tail :] == text[entry.end :]
        wanted = {k: v for k, v in entry.values.items() if k != key} | ({"side": "X1"} if value else {})
        assert tomllib.loads(new)[entry.table][entry.number] == wanted
    for entry in found:
        left = tomllib.loads(without(text, entry)).get(entry.table, [])
        assert left == [v for n, v in enumerate(everything[entry.table]) if n != entry.number]
        assert text.count("#") - without(text, entry).count("#") == entry.text(text).count("#")
