"""The inbox shows first what cannot wait, and the same words once."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from sayso.desk.urgency import ORDER, WORDS, Urgency, folded, place_of, urgency_of
from sayso.model.claim import Claim
from sayso.model.foreseen import Foreseen, Foresight
from tests.desk.factory import NOW, claim, count, statement

TEXT = "The Tesk Guard said 12 soldiers were killed"


def found(*kinds: Foresight) -> list[Foreseen]:
    return [Foreseen(kind=k, sentence=k, question="q", wording="Who?", number=0) for k in kinds]


def killed() -> Claim:
    return claim(TEXT, count=count(TEXT, "12", 12))


@pytest.mark.parametrize(
    ("kinds", "claims", "own", "expected"),
    [
        (("contradicts", "lower"), [], False, "contradiction"),
        (("denied",), [], False, "contradiction"),
        (("denies",), [], True, "contradiction"),
        (("place", "lower"), [], False, "lowered"),
        (("place", "higher"), [killed()], True, "place"),
        (("higher", "tally"), [killed()], True, "figures"),
        (("new_question", "same"), [], True, "own_channel"),
        (("late",), [claim(TEXT)], False, "other"),  # a deed without a figure
        ((), [], False, "other"),
    ],
)
def test_the_gravest_thing_about_a_statement_says_how_urgent_it_is(
    kinds: tuple[Foresight, ...], claims: list[Claim], own: bool, expected: Urgency
) -> None:
    assert urgency_of(found(*kinds), claims, own_channel=own) == expected


def test_a_contradiction_stands_over_a_lowered_figure_and_so_on_down_to_the_same_words() -> None:
    at = {u: place_of(u, statement(TEXT)) for u in ORDER}
    assert sorted(ORDER, key=at.__getitem__) == [
        "contradiction", "lowered", "place", "figures", "own_channel", "other", "reprint",
    ]  # fmt: skip
    assert set(WORDS) == set(ORDER)


def test_of_the_same_urgency_the_newest_stands_first_however_they_came() -> None:
    old = statement(TEXT, id="a", published_at=NOW - timedelta(hours=1))
    new, same = statement(TEXT, id="b"), statement(TEXT, id="c")
    for order in permutations([old, new, same]):
        assert [s.id for s in sorted(order, key=lambda s: place_of("other", s))] == ["b", "c", "a"]


def test_the_same_words_are_folded_under_whoever_said_them_first() -> None:
    first = statement(TEXT, id="a", published_at=NOW - timedelta(minutes=9))
    again = replace(first, id="b", published_at=NOW)
    later = replace(first, id="c", published_at=NOW + timedelta(minutes=9))
    other = replace(first, id="d")
    for order in permutations([(first, "x"), (again, "x"), (later, "x"), (other, "y")]):
        assert folded(order) == {"a": (again, later), "d": ()}
