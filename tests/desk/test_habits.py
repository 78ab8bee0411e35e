"""When a source has been silent for longer than it usually is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.habits import FEWEST_GAPS, habit_of, span_words

T0 = datetime(2031, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def every(minutes: float, n: int, begin: datetime = T0) -> list[datetime]:
    return [begin + timedelta(minutes=minutes * i) for i in range(n)]


def by_day_only(days: int) -> list[datetime]:
    """Twice an hour from seven to eleven in the evening."""
    return [T0 + timedelta(days=d, minutes=30 * i) for d in range(days) for i in range(14, 46)]


def test_five_hours_break_the_habit_of_one_who_speaks_every_forty_minutes() -> None:
    habit = habit_of(every(40, 20), zone=UTC)
    assert habit and habit.every == timedelta(minutes=40)
    assert not habit.broken(habit.last_at + 2 * HOUR)
    assert habit.broken(habit.last_at + 5 * HOUR)


def test_too_few_words_make_no_habit() -> None:
    assert habit_of([], zone=UTC) is None
    assert habit_of(every(40, FEWEST_GAPS), zone=UTC) is None
    assert habit_of(every(40, FEWEST_GAPS + 1), zone=UTC) is not None


def test_a_post_in_many_parts_is_one_speaking() -> None:
    parts = [at + timedelta(seconds=20 * i) for at in every(60, 10) for i in range(8)]
    habit = habit_of(parts, zone=UTC)
    assert habit and timedelta(minutes=55) <= habit.every <= timedelta(minutes=60)


def test_one_long_gap_does_not_change_the_habit() -> None:
    habit = habit_of([*every(30, 12), *every(30, 12, T0 + timedelta(days=3))], zone=UTC)
    assert habit and habit.every == timedelta(minutes=30)


def test_a_talker_is_not_called_silent_after_some_minutes() -> None:
    habit = habit_of(every(4, 60), zone=UTC)
    assert habit and not habit.broken(habit.last_at + timedelta(minutes=29))
    assert habit.broken(habit.last_at + timedelta(minutes=31))


def test_who_sleeps_at_night_is_missed_in_the_morning_and_not_before() -> None:
    habit = habit_of(by_day_only(8), zone=UTC)
    assert habit and habit.by_hour
    midnight = T0 + timedelta(days=8)
    assert not any(habit.broken(midnight + HOUR * h) for h in range(9)), "it sleeps, then it is two hours late"
    assert habit.broken(midnight + HOUR * 11)


def test_a_silence_that_is_too_long_stays_so_through_the_night() -> None:
    habit = habit_of(by_day_only(8)[:-24], zone=UTC)  # it fell silent at eleven in the morning
    assert habit
    until = [habit.broken(habit.last_at + HOUR * h) for h in range(48)]
    assert until == sorted(until) and until[5], "once called silent, it is so until it speaks"


def test_the_hours_are_those_of_the_coverage() -> None:
    here, there = (habit_of(by_day_only(8), zone=zone) for zone in (UTC, ZoneInfo("Asia/Tokyo")))
    assert here and there and here.by_hour and there.by_hour
    assert here.by_hour[7] == there.by_hour[16] > 0


@given(st.lists(st.integers(0, 100_000), min_size=10, max_size=80), st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_longer_silence_never_misses_less(minutes: list[int], one: int, more: int) -> None:
    habit = habit_of((T0 + timedelta(minutes=m) for m in minutes), zone=ZoneInfo("Europe/Athens"))
    if habit is not None:
        at = habit.last_at + timedelta(minutes=one)
        assert habit.missing(at) <= habit.missing(at + timedelta(minutes=more)) + 1e-9


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "1 min"), (40, "40 min"), (119, "119 min"), (300, "5 h"), (4_320, "3 days")]
)
def test_a_length_of_time_is_said_as_one_says_it(minutes: int, words: str) -> None:
    assert span_words(timedelta(minutes=minutes)) == words
