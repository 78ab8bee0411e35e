"""When somebody left the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from sayso.desk.shifts import left_at

NOW = datetime(2031, 5, 6, 22, 0, tzinfo=UTC)


def hours_ago(*hours: float) -> list[datetime]:
    return [NOW - timedelta(hours=h) for h in hours]


@pytest.mark.parametrize(("acts", "left"), [
    ([], None),
    ([0.1, 0.5, 1.9], None),  # here since this evening, and never before
    ([9], 9),  # signed in and did nothing yet
    ([0.1, 0.5, 9, 9.5], 9),  # at work again: the night before counts
    ([0.1, 1.5, 3, 14], 14),  # breaks are no leaving
    ([5, 5.5, 30], 5),
])  # fmt: skip
def test_who_did_nothing_for_hours_had_left_with_the_last_act_before(acts: list[float], left: float | None) -> None:
    assert left_at(hours_ago(*acts), now=NOW) == (None if left is None else hours_ago(left)[0])
