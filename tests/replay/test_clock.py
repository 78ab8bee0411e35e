"""The story's clock is a pure function of the times that it is given."""

from datetime import UTC, datetime, timedelta

import pytest

from sayso.replay import StoryClock

BEGIN, OPEN, END = (datetime(2031, 5, d, tzinfo=UTC) for d in (2, 3, 5))


def clock(day_s: float = 100.0, story: datetime = OPEN) -> StoryClock:
    return StoryClock(begins_at=BEGIN, ends_at=END, day_s=day_s, story=story, real_s=1000.0)


def test_a_day_of_the_story_takes_its_seconds():
    assert clock().story(1000.0) == OPEN
    assert clock().story(1050.0) == OPEN + timedelta(hours=12)


def test_it_stands_still_at_the_end_even_after_a_year():
    assert clock().story(1000.0 + 3e9) == END
    assert clock().running(1199.9)
    assert not clock().running(1200.0)


def test_it_never_runs_backwards_nor_before_the_beginning():
    assert clock().story(5.0) == OPEN
    assert clock(story=BEGIN - timedelta(days=9)).story(1000.0) == BEGIN


def test_a_new_speed_goes_on_from_where_the_story_is():
    one = clock()
    one.set_speed(10.0, real_s=1050.0)
    assert one.story(1050.0) == OPEN + timedelta(hours=12)
    assert one.story(1055.0) == OPEN + timedelta(hours=24)


@pytest.mark.parametrize("day_s", [0, -1, float("nan"), float("inf")])
def test_a_day_that_takes_no_time_is_refused(day_s):
    with pytest.raises(ValueError, match="cannot take"):
        clock(day_s)
