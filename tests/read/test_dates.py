"""Dates as said, resolved against publication on Saturday, 20 August 2033, with how each is known."""

from dataclasses import replace
from datetime import date

import pytest

from sayso.lexicon import load_lexicons
from sayso.model.claim import Part, Span
from sayso.model.setting import Setting
from sayso.read import Reader
from tests.read.factory import DAY, claims, conflict

SAID = [
    ("on 12 August", "2033-08-12", "2033-08-12", "said"),
    ("on August 12, 2033", "2033-08-12", "2033-08-12", "said"),
    ("from 3 to 5 August", "2033-08-03", "2033-08-05", "said"),
    ("between 3 and 5 August", "2033-08-03", "2033-08-05", "said"),
    ("on 4 and 5 August", "2033-08-04", "2033-08-05", "said"),
    ("on the night of August 7", "2033-08-07", "2033-08-07", "said"),
    ("on the night of August 6-7", "2033-08-06", "2033-08-07", "said"),
    ("on August 12 at 14:30", "2033-08-12T14:30", "2033-08-12T14:30", "said"),
    ("yesterday", "2033-08-19", "2033-08-19", "relative"),
    ("overnight", "2033-08-20", "2033-08-20", "relative"),
    ("last night at 23:15", "2033-08-19T23:15", "2033-08-19T23:15", "relative"),
    ("two days ago", "2033-08-18", "2033-08-18", "relative"),
    ("on Tuesday", "2033-08-16", "2033-08-16", "relative"),
    ("at 4 a.m. on Tuesday", "2033-08-16T04:00", "2033-08-16T04:00", "relative"),
    ("on Tuesday morning", "2033-08-16", "2033-08-16", "relative"),
    ("in the past week", "2033-08-13", "2033-08-20", "relative"),
    ("over the past three days", "2033-08-17", "2033-08-20", "relative"),
    ("for the 11th day", "2033-08-10", "2033-08-20", "relative"),
    ("for a third day", "2033-08-18", "2033-08-20", "relative"),
    ("since 3 August", "2033-08-03", "2033-08-20", "said"),
]


@pytest.mark.parametrize(("words", "first", "last", "basis"), SAID, ids=[w for w, *_ in SAID])
def test_a_date_is_resolved_and_says_how_it_is_known(words: str, first: str, last: str, basis: str) -> None:
    (claim,) = claims(f"Lisk was shelled {words}.")
    assert (claim.start, claim.end, claim.dated) == (first, last, basis)


def test_without_a_date_nothing_is_guessed() -> None:
    (claim,) = claims("Lisk was shelled.")
    assert (claim.start, claim.end, claim.dated) == (None, None, None)


def test_until_runs_from_publication() -> None:
    (claim,) = claims("Tarskia extended martial law until 1 September.")
    assert (claim.start, claim.end) == ("2033-08-20", "2033-09-01")


def test_a_year_before_the_war_is_background_and_no_count_is_a_year() -> None:
    assert [c.modality for c in claims("Lisk was shelled in 1994.")] == ["background"]
    (claim,) = claims("In all 2014 soldiers were killed.")
    assert claim.count is not None and claim.count.n == 2014


def test_the_beginning_of_the_war_is_dated_by_the_conflict() -> None:
    war = replace(conflict(), start=date(2033, 8, 3))
    reader = Reader(lexicons=load_lexicons(), conflict=war, language_of=lambda _: "en")
    text = "Lisk has been shelled since the beginning of the fighting."
    (passage,) = reader.read(text, (Part(span=Span(0, len(text))),), Setting(published=DAY)).passages
    assert [(c.start, c.end) for c in passage.claims] == [("2033-08-03", "2033-08-20")]
