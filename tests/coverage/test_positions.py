"""The line of every key and list element is found, whatever TOML allows around it; and no bytes break the check."""

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.coverage import check
from sayso.coverage.positions import positions, read_toml
from tests.coverage.factory import GOOD, write

TRICKY = '''# [[party]] is no table here
name = "a # no comment ] [" # [[nor]] = here
naming = """
[[party]]
id = "no key"
"""
plain = \'\'\'
x = 1\'\'\'
"quoted key" = 1
a.b = 2

[[party]]
names = [ # why
  "one", \'two, "2"\',

  "thr\\"ee",
]
members = ["AM", {party = "NK", since = 2031-05-05},
   {party = "X"}]
[ replay ]
port = 1
[[party]]
names = []
[reader.model]
url = 1
'''


def test_each_key_and_element_has_its_line():
    assert tomllib.loads(TRICKY)["party"][0]["names"] == ["one", 'two, "2"', 'thr"ee']
    assert dict(positions(TRICKY)) == {
        ("name",): 2,
        ("naming",): 3,
        ("plain",): 7,
        ("quoted key",): 9,
        ("a", "b"): 10,
        ("party", 0): 12,
        ("party", 0, "names"): 13,
        ("party", 0, "names", 0): 14,
        ("party", 0, "names", 1): 14,
        ("party", 0, "names", 2): 16,
        ("party", 0, "members"): 18,
        ("party", 0, "members", 0): 18,
        ("party", 0, "members", 1): 18,
        ("party", 0, "members", 2): 19,
        ("replay",): 20,
        ("replay", "port"): 21,
        ("party", 1): 22,
        ("party", 1, "names"): 23,
        ("reader", "model"): 24,
        ("reader", "model", "url"): 25,
    }


@pytest.mark.parametrize(("text", "lines"), [
    ("a = 1\na = 2\n", [2]), ("[t]\nx = 1\n[t]\n", [3]), ("a = [1,\n2\n", [1]), ('a = """\nb = 1\n', [2]),
    ("[[p]]\nid = x\n[[p]]\nid = 1\n[[p]]\n= 2\n", [2, 6]),
])  # fmt: skip
def test_each_syntax_error_has_its_line(text, lines):
    assert [line for line, _ in read_toml(text)[2]] == lines


MARKS = (b"", b'"', b"[", b"]", b"{", b"=", b"\n", b"\xff", b"7", b"[[x]]")
VALUES = ("1", "1.5", "true", '"x"', "[]", "[1]", "{a = 1}", "[[]]", "[{a = 1}]", "2031-05-02", "06:00:00")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(GOOD)), data=st.data())
def test_no_edit_of_a_file_breaks_the_check(tmp_path, name, data):
    """Cut, doubled or overwritten anywhere: the answer is a list of mistakes, each on a line of the file."""
    text = GOOD[name].encode()
    at, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    new = data.draw(st.sampled_from((*MARKS, text[at:end] * 2)))
    write(tmp_path)
    (tmp_path / name).write_bytes(text[:at] + new + text[end:])
    for mistake in check(tmp_path):
        lines = (tmp_path / mistake.file.name).read_bytes().count(b"\n") + 1
        assert 1 <= mistake.line <= lines
        assert "\n" not in str(mistake)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_of_another_kind_is_a_mistake_and_never_a_crash(tmp_path, value):
    for name, text in GOOD.items():
        for line in text.splitlines():
            key, equals, _ = line.partition(" = ")
            if equals and not line.startswith(" ") and "[" not in line.replace("= [", ""):
                spoiled = text.replace(line, f"{key} = {value}")
                write(tmp_path, **{name.removesuffix(".toml"): spoiled})
                check(tmp_path)
