"""What the desk's own head may begin with, and which edits are typos."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.composing import has_figure, refuse_head, touches, typo_fault
from sayso.errors import Refused

NAMES = ("Ubel", "Verst", "Tesk Guard", "Teskan*")
TEXT = "The Tesk Guard says that 12 soldiers were killed near Ubel on the road to the lake."


@pytest.mark.parametrize(
    "head", ["Tesk Guard: 12 killed", "The Tesk Guard says", "“Tesk Guard” says so", "tesk guard: x"]
)
def test_a_head_begins_with_who_says_it(head: str) -> None:
    refuse_head(head, ["Tesk Guard"])


@pytest.mark.parametrize(
    ("head", "claimants", "why"),
    [
        ("12 killed near Ubel, says the Tesk Guard", ["Tesk Guard"], "Begin the head with who says it: “Tesk Guard”"),
        ("Tesk Guards: twelve", ["Tesk Guard"], "Begin the head"),
        ("12 killed near Ubel", [], "“The desk”, since no statement is attached"),
        ("The desk: 12", ["Tesk Guard"], "Begin the head"),
        ("  ", ["Tesk Guard"], "Write a head"),
        ("Tesk Guard: " + "x" * 160, ["Tesk Guard"], "longer than"),
    ],
)
def test_any_other_head_is_refused(head: str, claimants: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        refuse_head(head, claimants)


def test_without_a_statement_the_desk_says_it() -> None:
    refuse_head("The desk: what we could not check today", [])


@pytest.mark.parametrize(("after", "what"), [
    (TEXT.replace("12", "13"), "a figure"),
    (TEXT.replace("12", "twelve"), ""),
    (TEXT.replace("12 ", ""), "a figure"),
    (TEXT.replace("Ubel", "Verst"), "a name or place"),
    (TEXT.replace("Tesk Guard", "army"), "a name or place"),
    (TEXT.replace("road", "Teskans' road"), "a name or place"),
    (TEXT.replace("lake", "sea"), ""),
    (TEXT.replace("12", "more than 12"), "a figure"),
    (TEXT.replace("the lake", "Lake Orn"), "a name or place"),
    (TEXT.replace("killed", "not killed"), "the meaning"),
    (TEXT.replace("were killed", "were reportedly killed"), "the meaning"),
    (TEXT.replace("soldiers", "civilians"), "the meaning"),
    (f"{TEXT} It does not say why.", ""),
])  # fmt: skip
def test_readers_must_be_told_of_another_figure_name_or_place(after: str, what: str) -> None:
    assert touches(TEXT, after, NAMES) == what


@pytest.mark.parametrize(("before", "after", "what"), [
    ("Tesk lost 12 men, Orland lost 30 men", "Tesk lost 30 men, Orland lost 12 men", "a figure"),
    ("Tesk lost 12 men, Orland lost 30 men", "Orland lost 12 men, Tesk lost 30 men", "a name or place"),
    ("more than 12 fell", "12 fell", "a figure"), ("Orn was taken.", "Arvel was taken.", "a name or place"),
    ("Guard: Orn taken", "Guard: Arvel taken", "a name or place"), ("It is confirmed.", "It is unconfirmed.", "the meaning"),
    ("They came from the east.", "They came from the west.", "the meaning"),
    ("They are armed.", "They are unarmed.", "the meaning"), ("It was taken.", "It was retaken.", "the meaning"),
])  # fmt: skip
def test_what_is_turned_round_is_told_whoever_is_listed(before: str, after: str, what: str) -> None:
    assert touches(before, after, NAMES) == what
    assert typo_fault(before, after, NAMES) != ""


@pytest.mark.parametrize(("before", "after"), [
    ("soldeirs were killed", "soldiers were killed"), ("on teh road", "on the road"), ("the the lake", "the lake"),
    ("to day it rained", "today it rained"), ("It rained , then", "It rained, then"), ("recieved it", "received it"),
    ("it occured", "it occurred"), ("the goverment says", "the government says"), ("seperate talks", "separate talks"),
])  # fmt: skip
def test_a_slip_of_the_pen_is_a_typo(before: str, after: str) -> None:
    assert typo_fault(before, after, NAMES) == ""


@pytest.mark.parametrize(("before", "after"), [
    ("12 killed", "13 killed"), ("near Ubel", "near Verst"), ("near Ubell", "near Ubel"),
    ("it was now taken", "it was not taken"), ("it was taken", "it wasn't taken"), ("it is denied", "it is defined"),
    ("soldiers were killed", "civilians were killed"), ("the road", "the road to the lake"), ("by night", "by day"),
    ("the guard says so", "the guard"), ("two killed", "three killed"),
    ("some men", "some women"), ("a lawful act", "an unlawful act"), ("near Hadrun", "near Hadrut"), ("on the road", "no the road"),
    ("three fled", "there fled"), ("12 fled", "21 fled"), ("the land", "the hand"), ("a General Arlov", "a General Arlin"),
])  # fmt: skip
def test_another_figure_name_meaning_or_word_is_none(before: str, after: str) -> None:
    assert typo_fault(before, after, NAMES) != ""


@given(st.integers(1, 999), st.integers(1, 999))
def test_no_two_figures_are_ever_a_typo_apart(one: int, other: int) -> None:
    fault = typo_fault(f"The guard says {one} were hurt.", f"The guard says {other} were hurt.", NAMES)
    assert bool(fault) == (one != other)


def test_an_address_says_no_figure() -> None:
    assert not has_figure("See https://a.example/2031/05/06/12-killed for more.")
    assert has_figure("See https://a.example/x for 12 more.")
