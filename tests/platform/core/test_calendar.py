"""Working days and periods, by what was really announced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from huaben.core.calendar import Period, begin_of, day_of, is_working_day, period_from, today, until


def test_a_day_begins_in_shanghai():
    assert day_of(datetime(2026, 11, 20, 15, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert day_of(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert begin_of(date(2026, 11, 21)).astimezone(UTC) == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert until(today() - timedelta(days=1)) == timedelta(0)
    assert timedelta(0) < until(today() + timedelta(days=1)) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 30), True),  # the Wednesday before National Day
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),  # a Saturday that is worked instead
        (date(2026, 11, 21), False),  # an ordinary Saturday
    ],
)
def test_chinas_announced_days_count_weekends_that_are_worked(day, works):
    assert is_working_day(day).works is works
    assert not is_working_day(day).provisional


def test_a_year_that_is_not_announced_is_answered_provisionally():
    assert is_working_day(date(2099, 10, 1)).provisional
    assert not is_working_day(date(2099, 10, 1)).works


def test_another_country_has_its_own_holidays():
    assert not is_working_day(date(2026, 11, 26), "US").works  # Thanksgiving
    assert is_working_day(date(2026, 11, 26)).works
    with pytest.raises(NotImplementedError):
        is_working_day(date(2026, 11, 26), "XX")


def test_a_period_of_days_does_not_count_the_day_it_starts_on():
    assert period_from(date(2026, 11, 20), 15, working_days=False) == Period(
        date(2026, 12, 5), False
    )


def test_a_last_day_on_which_nobody_works_moves_to_the_next_working_day():
    # 5 December 2026 is a Saturday.
    moved = period_from(date(2026, 11, 20), 15, working_days=False, ends_on_working_day=True)
    assert moved == Period(date(2026, 12, 7), False)


def test_working_days_leap_over_holidays_and_weekends():
    # 30 September, then the holiday, then 8, 9 and the worked Saturday 10 October.
    assert period_from(date(2026, 9, 29), 4, working_days=True).last_day == date(2026, 10, 10)


def test_a_period_into_a_year_that_is_not_announced_is_provisional():
    assert period_from(date(2098, 12, 20), 20, working_days=True).provisional
    assert not period_from(date(2098, 12, 20), 20, working_days=False).provisional


@pytest.mark.parametrize("count", [0, -1, 401])
def test_a_period_has_a_sensible_length(count):
    with pytest.raises(ValueError, match="a period of"):
        period_from(date(2026, 11, 20), count, working_days=False)
