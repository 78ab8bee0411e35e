"""What the desk's own words show of where people are (H8)."""

from collections import Counter

import pytest

from sayso.desk import exposed
from tests.desk.factory import coverage


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Roads are open.", {}),
        ("Families hide in a Shelter near the hospital.", {"shelter": 1, "hospital": 1}),
        ("One shelter is full, a second shelter is not.", {"shelter": 2}),
        ("The convoy leaves by the Verst road at 05:00.", {"convoy leaves": 1}),
        ("A convoy was hit near Verst.", {}),
    ],
)
def test_places_where_people_hide_are_counted(words: str, shown: dict[str, int]) -> None:
    assert exposed(words, (), coverage()) == Counter(shown)


def test_nothing_is_held_where_the_coverage_holds_no_type() -> None:
    assert not exposed("Families hide in a shelter.", (), coverage(held_types=()))
