"""An overview as text: citations stay with their lines, and a figure is found in whatever form it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.bullets import as_text, typed_lines, unborne
from sayso.errors import Refused
from sayso.model.post import Line

CLAIMS = ["a.0", "b.0", "b.1", "c.0"]


def test_a_text_comes_back_as_the_lines_that_it_was_made_of() -> None:
    lines = [
        Line(text="The Guard says that 40 soldiers were killed.", cites=("b.0", "b.1")),
        Line(text="We could not reach Ubel.", cites=(), hand=True),
        Line(text="Its list [in full] is long.", cites=("c.0",)),
    ]
    text = as_text(lines, CLAIMS)
    assert text.splitlines()[0].endswith("killed. [2][3]")
    assert text.splitlines()[1] == "Desk: We could not reach Ubel."
    assert [(t.text, t.cites, t.hand) for t in typed_lines(text, CLAIMS)] == [(x.text, x.cites, x.hand) for x in lines]


@given(st.permutations(range(4)), st.integers(1, 4))
def test_lines_that_are_moved_or_taken_out_take_their_citations_with_them(order: list[int], kept: int) -> None:
    lines = [Line(text=f"Bullet {c}.", cites=(c,)) for c in CLAIMS]
    rows = as_text(lines, CLAIMS).splitlines()
    typed = typed_lines("\n\n".join(rows[n] for n in order[:kept]), CLAIMS)
    assert all(t.text == f"Bullet {t.cites[0]}." for t in typed)
    assert len(typed) == kept


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Guard says so.", "Line 1 cites no claim"),
        ("Fine. [1]\nThe Guard says so. [9]", r"Line 2 cites \[9\], but the list of claims ends with \[4\]"),
        ("[1]", "Line 1 has no words"),
        ("x" * 1_001 + " [1]", "Line 1 is longer"),
    ],
)
def test_a_line_without_a_mouth_or_with_a_wrong_number_is_named(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        typed_lines(text, CLAIMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("40 soldiers and 1,300 more", None),
        ("41 soldiers", "41"),
        ("forty soldiers", None),
        ("forty-one soldiers", "forty-one"),
        ("two hundred and five soldiers", "two hundred and five"),
        ("a dozen soldiers", "dozen"),
        ("40 thousand soldiers", "40"),
        ("No one of them, one of the towns", None),
        ("one soldier", "one"),
    ],
)
def test_a_figure_is_found_in_digits_and_in_words(text: str, found: str | None) -> None:
    assert unborne(text, {40, 1300}) == found


@pytest.mark.parametrize(("text", "figure"), [
    ("There was no answer, and no news of the road.", None), ("It no longer counts.", None),
    ("No soldiers were killed.", "No"), ("There was no answer from 12.", "12"),
])  # fmt: skip
def test_a_no_that_counts_nobody_is_no_figure(text: str, figure: str | None) -> None:
    assert unborne(text, ()) == figure
