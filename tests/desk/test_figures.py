"""Numbers in words and digits, and whether a figure stands in its text (R19)."""

import pytest

from sayso.desk.checklist import checklist
from sayso.desk.figures import numbers_in


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", 12), ("more than 2,300", 2300), ("2 300", 2300), ("2.300", 2300), ("1.5 million", 1_500_000),
        ("6 thousand", 6000), ("twenty-three", 23), ("two hundred and five", 205), ("a dozen", 12), ("two dozen", 24),
        ("three thousand four hundred", 3400), ("a", 1), ("no", 0), ("１２", 12), ("20 to 30", 30),
    ],
)  # fmt: skip
def test_words_say_their_number(words: str, number: float) -> None:
    assert number in tuple(numbers_in(words, checklist("en")))


@pytest.mark.parametrize("words", ["the", "several soldiers", "dozens"])
def test_words_without_a_number_do_not_say_twelve(words: str) -> None:
    assert 12 not in tuple(numbers_in(words, checklist("en")))


def test_a_language_without_a_checklist_is_judged_by_its_digits() -> None:
    assert checklist("hy") is None
    assert 3000 in tuple(numbers_in("3 հազար", None))


def test_an_unheard_of_language_name_reads_no_file() -> None:
    assert checklist("../../etc") is None
