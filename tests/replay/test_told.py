"""Every mistake in a replay's statements is found, with its line."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import BadSetting
from sayso.replay import check, load_statements
from sayso.replay.shelf import shelf
from sayso.replay.told import read_statements
from tests.replay.factory import FORMATS, rows, statement, write

GOOD = statement("guard-9", "03T09:00", "guard")
MISTAKES = [
    ({"id": "guard-1"}, 'the id "guard-1" is given twice, first in line 1'),
    ({"id": "a b"}, "cannot stand in an address"),
    ({"at": "2031-05-03T09:00"}, "not a time with its offset"),
    ({"at": "noon"}, "not a time with its offset"),
    ({"source": "gaurd"}, 'did you mean "guard"?'),
    ({"text": ""}, "text is not a text"),
    ({"text": 7}, "text is not a text"),
    ({"headlines": "x"}, 'did you mean "headline"?'),
    ({"url": "lake.example"}, "not a web address"),
    ({"facts": [1]}, "facts holds"),
    ({"media": [{"kind": "image", "file": "media/map.png", "alt": 1}]}, "alt in media is not a text"),
    ({"then": {"at": "2031-05-03T10:00:00+00:00", "text": 1}}, "text in then is not a text"),
    ({"media": [{"kind": "image", "file": "media/none.png"}]}, "there is no file"),
    ({"media": [{"kind": "image", "file": "../coverage.toml"}]}, "is not a file in media/"),
    ({"media": [{"kind": "sound", "file": "media/map.png"}]}, "kind of media/map.png is not known"),
    ({"media": [{"kind": "image", "file": "media/map.png", "alt_text": "x"}]}, '"alt_text" is not known in media'),
    ({"then": {"at": "2031-05-03T08:00:00+00:00", "gone": True}}, "no time after"),
    ({"then": {"at": "2031-05-03T10:00:00+00:00"}}, "changes nothing"),
    ({"then": {"at": "2031-05-03T10:00:00+00:00", "txt": "x"}}, '"txt" is not known in then'),
]


@pytest.mark.parametrize(("change", "says"), MISTAKES, ids=lambda v: v if isinstance(v, str) else None)
def test_a_mistake_is_found_with_its_line(tmp_path, change, says):
    write(tmp_path, [*rows(), GOOD | change])
    found = check(tmp_path)
    assert {m.line for m in found} == {len(rows()) + 1}
    assert any(says in str(m) for m in found), [str(m) for m in found]


def test_all_lines_are_looked_at(tmp_path):
    path = write(tmp_path) / "replay" / "statements.jsonl"
    path.write_text(f'{{"id": 1\n{json.dumps(GOOD)}\n[]\n{json.dumps({"id": "x"})}\n')
    assert sorted({m.line for m in check(tmp_path)}) == [1, 3, 4]
    with pytest.raises(BadSetting, match=r"statements\.jsonl:1: .*not JSON"):
        load_statements(path)


@pytest.mark.parametrize("words", ['He said "no".', "He said “no”.", "He said «no».", "He said 'no'.", "He said „no“."])
def test_quotation_marks_are_refused_where_statements_are_retold(tmp_path, words):
    path = write(tmp_path, [GOOD | {"text": words}]) / "replay" / "statements.jsonl"
    assert len(load_statements(path)) == 1
    with pytest.raises(BadSetting, match=r":1: a quotation mark"):
        load_statements(path, quotes="none")


def test_an_apostrophe_is_no_quotation_mark(tmp_path):
    path = write(tmp_path, [GOOD | {"text": "The army's drivers' loss isn’t known."}]) / "replay" / "statements.jsonl"
    assert len(load_statements(path, quotes="none")) == 1


def test_an_empty_missing_or_foreign_file_is_one_mistake(tmp_path):
    path = write(tmp_path) / "replay" / "statements.jsonl"
    for body in (b"", b"\xff\xfe{}"):
        path.write_bytes(body)
        assert len(check(tmp_path)) == 1
    path.unlink()
    assert len(check(tmp_path)) == 1


def test_what_happens_later_happens_at_its_time(tmp_path):
    told = load_statements(write(tmp_path) / "replay" / "statements.jsonl", sources=FORMATS)
    (second,) = [t for t in told if t.id == "guard-2"]
    edit, gone = second.then
    before = shelf(told, "guard", story=second.at)
    assert before.entries[0].told.text.startswith("Text of guard-2")
    edited = shelf(told, "guard", story=edit.at)
    assert (edited.entries[0].told.text, edited.changed_at) == ("It was fewer.", edit.at)
    after = shelf(told, "guard", story=gone.at)
    assert [e.told.id for e in after.entries] == ["guard-1"]
    assert after.changed_at == gone.at, "a disappearance is a change"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("http://["),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["at", "file", "kind", "text"]), inner),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from([*GOOD, "media", "then", "facts", "url"]), value=ANYTHING)
def test_no_value_breaks_the_check(tmp_path, key, value):
    path = tmp_path / "statements.jsonl"
    path.write_text(json.dumps(GOOD | {key: value}))
    told, mistakes = read_statements(path, quotes="none")
    assert bool(told) != bool(mistakes)
