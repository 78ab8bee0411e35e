"""The ways from a page as it stood to other times: only to what there is to see, also where clocks are put."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sayso.model.page import PageFrame
from sayso.model.then import Times
from sayso.publish.then import minutes, steps
from tests.publish.factory import COVERAGE

HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2031, 5, day, hour, minute, second, tzinfo=UTC)


def frame(
    as_of: datetime | None, *moments: datetime, begin: datetime | None = None, end: datetime | None = None
) -> PageFrame:
    """A page as it stood in a coverage in UTC that lasted from 3 to 13 May."""
    times = Times(begin=begin or at(3, 0), end=end or at(13, 11, 20), moments=moments)
    found = replace(COVERAGE, zone="UTC")
    return PageFrame(
        coverage=found, n=1, now=as_of or at(13, 11, 20), base_url="", as_of=as_of, times=times if as_of else None
    )


def test_steps_go_an_hour_a_day_and_an_entry_both_ways() -> None:
    found = dict(steps(frame(at(7, 12), at(7, 9, 30), at(7, 11, 59, 10), at(7, 12, 0, 1), at(7, 15))))
    assert found == {
        "A day earlier": at(6, 12), "An hour earlier": at(7, 11), "The entry before": at(7, 9, 31),
        "The next entry": at(7, 12, 1), "An hour later": at(7, 13), "A day later": at(8, 12),
    }  # fmt: skip


def test_no_step_leads_before_the_first_day_or_into_what_has_not_come() -> None:
    assert [w for w, _ in steps(frame(at(3, 0, 30)))] == ["An hour later", "A day later"]
    assert [w for w, _ in steps(frame(at(13, 11), at(13, 11, 20)))] == ["A day earlier", "An hour earlier"]
    assert list(steps(frame(None))) == [] and minutes(frame(None)) is None


def test_the_slider_holds_the_day_as_far_as_it_has_come_with_its_entries() -> None:
    day = minutes(frame(at(7, 12), at(7, 0), at(7, 9, 30), at(7, 9, 30, 20), at(7, 23, 59, 30)))
    assert day is not None
    assert (day.begin, day.last, day.here, day.entries) == (at(7, 0), 1439, 720, (1, 571))
    today = minutes(frame(at(13, 9)))
    assert today is not None and today.last == 11 * 60 + 20


def test_a_day_on_which_clocks_are_put_has_all_its_minutes() -> None:
    for day, hours in ((datetime(2031, 3, 30, 12, tzinfo=UTC), 23), (datetime(2031, 10, 26, 12, tzinfo=UTC), 25)):
        found = frame(day, begin=day - 30 * 24 * HOUR, end=day + 30 * 24 * HOUR)
        minute = minutes(replace(found, coverage=replace(COVERAGE, zone="Europe/Lisbon")))
        assert minute is not None and minute.last == hours * 60 - 1
        assert minute.begin + minute.here * timedelta(minutes=1) == day
