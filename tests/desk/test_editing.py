"""An editor's correction is held to the archived text, like the machine's reading."""

import pytest

from sayso.desk import Edit, edited
from sayso.errors import Refused
from tests.desk.factory import CONFLICT, claim, count, statement

TEXT = "The Tesk Guard said more than 12 soldiers and 3 medics were killed."


def test_a_figure_is_found_in_the_text_and_bounded_by_its_operator() -> None:
    wrong = claim(TEXT, count=count(TEXT, "3", 3))
    new = edited(statement(TEXT), wrong, Edit(figure="more than 12", operator="more_than"), CONFLICT)
    assert new.count is not None
    assert (new.count.n, new.count.low, new.count.high, new.count.words) == (12, 13, None, "more than 12")
    assert TEXT[new.count.span.start : new.count.span.end] == "more than 12" if new.count.span else False
    assert new.rule == "desk.corrected"
    assert "test" in new.why


def test_a_figure_that_nobody_said_is_refused() -> None:
    with pytest.raises(Refused, match="does not stand in the archived text"):
        edited(statement(TEXT), claim(TEXT), Edit(figure="250"), CONFLICT)


def test_a_party_that_the_coverage_does_not_list_is_refused() -> None:
    with pytest.raises(Refused, match="Use one of"):
        edited(statement(TEXT), claim(TEXT), Edit(subject="XX"), CONFLICT)


def test_a_listed_body_brings_its_kind_and_side() -> None:
    new = edited(statement(TEXT), claim(TEXT), Edit(org="General Staff"), CONFLICT)
    assert (new.attr.org, new.attr.kind, new.attr.side) == ("Orland General Staff", "army", "OR")


def test_a_dash_takes_a_value_away() -> None:
    new = edited(statement(TEXT), claim(TEXT, count=count(TEXT, "3", 3)), Edit(subject="-", figure="-"), CONFLICT)
    assert new.subject is None
    assert new.count is None


def test_an_empty_form_changes_nothing_and_says_so() -> None:
    with pytest.raises(Refused, match="Nothing was changed"):
        edited(statement(TEXT), claim(TEXT), Edit(), CONFLICT)


def test_an_exact_reading_of_a_range_keeps_both_ends() -> None:
    text = "Between 20 and 30 soldiers were killed, the Tesk Guard said."
    new = edited(statement(text), claim(text), Edit(figure="20 and 30", operator="range"), CONFLICT)
    assert new.count is not None
    assert (new.count.n, new.count.low, new.count.high) == (None, 20, 30)
