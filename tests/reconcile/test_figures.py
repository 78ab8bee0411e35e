"""Counts as intervals: what can both be so, and what revises what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reconcile.figures import in_words, interval, overlap, revision, size

from .factory import count


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        ("12", "12", True), ("12", "13", False),
        ("more_than 250", "280", True), ("more_than 250", "250", False), ("more_than 250", "more_than 3000", True),
        ("at_least 12", "12", True), ("up_to 30", "12", True), ("up_to 30", "31", False), ("less_than 10", "10", False),
        ("about 80", "88", True), ("about 80", "72", True), ("about 80", "71", False), ("nearly 100", "90", True),
        ("range 12 15", "15", True), ("range 12 15", "16", False),
        ("dozens", "12", True), ("dozens", "4000", True), ("dozens", "11", False), ("hundreds", "100", True),
        ("several", "2", True), ("many", "1", False), ("none", "0", True), ("none", "1", False),
    ],
)  # fmt: skip
def test_figures_contradict_only_where_no_number_fits_both(a: str, b: str, both: bool) -> None:
    assert overlap(count(a), count(b)) is both
    assert overlap(count(b), count(a)) is both


OPEN_WORDS = st.sampled_from(["dozens", "hundreds", "several", "many"])


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(["more_than", "at_least"]))
def test_an_open_bound_never_contradicts_a_larger_number(n: int, more: int, operator: str) -> None:
    assert overlap(count(f"{operator} {n}"), count(str(n + 1 + more)))


@given(OPEN_WORDS, st.integers(100, 10**9))
def test_a_vague_word_has_no_upper_bound(word: str, n: int) -> None:
    assert overlap(count(word), count(str(n)))


@given(st.integers(1, 10**6), st.floats(-0.1, 0.1), st.sampled_from(["about", "nearly"]))
def test_about_never_contradicts_within_a_tenth(n: int, part: float, operator: str) -> None:
    other = round(n * (1 + part))
    if 10 * abs(other - n) <= n:
        assert overlap(count(f"{operator} {n}"), count(str(other)))


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("250", "280", "up"), ("41", "38", "down"), ("more_than 250", "more_than 280", "up"),
        ("more_than 250", "280", "up"), ("more_than 250", "250", "down"), ("250", "250", None),
        ("at_least 12", "12", None), ("about 80", "80", None), ("about 80", "120", "up"),
        ("range 12 15", "14", None), ("up_to 30", "12", None), ("range 12 15", "20", "up"), ("dozens", "40", "up"),
        ("at_least 300", "at_least 280", "down"), ("none", "3", "up"), ("3", "none", "down"),
    ],
)  # fmt: skip
def test_a_new_number_is_a_revision_and_a_more_precise_one_is_not(before: str, after: str, way: str | None) -> None:
    assert revision(count(before), count(after)) == way


def test_a_vague_word_is_sorted_by_its_floor() -> None:
    assert size(count("dozens")) == 12
    assert interval(count("dozens"))[1] == float("inf")


def test_a_large_figure_keeps_all_its_digits_in_words() -> None:
    figure = count("more_than 1234567")
    assert in_words(type(figure)(operator="more_than", n=1234567)) == "more than 1,234,567"
    assert in_words(type(figure)(operator="range", low=3, high=5)) == "3 to 5"
