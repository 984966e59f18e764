"""Days as the authorities count them: in Shanghai; working days; and periods of either.

China's working days come from ``chinesecalendar``, which holds what the State Council has
announced: extra working days at weekends too. For a year that is not announced yet, and for other
countries, ``holidays`` is asked; in China such an answer is provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
from django.utils import timezone
from holidays import HolidayBase, country_holidays

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAX_DAYS = 400


def today() -> date:
    """The present day in Shanghai."""
    return timezone.localdate(timezone=SHANGHAI)


def day_of(moment: datetime) -> date:
    """The day in Shanghai on which a moment falls."""
    return moment.astimezone(SHANGHAI).date()


def begin_of(day: date) -> datetime:
    """The moment at which a day begins in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def until(day: date) -> timedelta:
    """How long it is until ``day`` begins in Shanghai; nothing when it has begun."""
    return max(timedelta(0), begin_of(day) - timezone.now())


@dataclass(frozen=True)
class Answer:
    """Whether people work on a day; ``provisional`` while the year's holidays are not announced."""

    works: bool
    provisional: bool


def is_working_day(day: date, country: str = "CN") -> Answer:
    """Whether ``day`` is a working day. ``country``: ISO 3166 alpha-2. Raises NotImplementedError
    for one not known.
    """
    if country == "CN":
        try:
            return Answer(chinese_calendar.is_workday(day), provisional=False)
        except NotImplementedError:  # not announced yet
            return Answer(_holidays("CN").is_working_day(day), provisional=True)
    return Answer(_holidays(country).is_working_day(day), provisional=False)


@dataclass(frozen=True)
class Period:
    """The last day of a period, and whether that may still change with a year's announcement."""

    last_day: date
    provisional: bool


def period_from(
    start: date,
    count: int,
    *,
    working_days: bool,
    country: str = "CN",
    ends_on_working_day: bool = False,
) -> Period:
    """The last day of a period of ``count`` days; the day of ``start`` itself is not counted
    (民法典 201).

    ``ends_on_working_day``: a last day that is no working day moves to the next one (民法典 203).
    Raises ValueError for a count outside 1–400.
    """
    if not 1 <= count <= MAX_DAYS:
        raise ValueError(f"a period of {count} days")
    day, provisional = start, False
    if working_days:
        counted = 0
        while counted < count:
            day += timedelta(days=1)
            answer = is_working_day(day, country)
            counted += answer.works
            provisional |= answer.provisional
        return Period(day, provisional)
    day += timedelta(days=count)
    while ends_on_working_day:
        answer = is_working_day(day, country)
        provisional |= answer.provisional
        if answer.works:
            break
        day += timedelta(days=1)
    return Period(day, provisional)


@cache
def _holidays(country: str) -> HolidayBase:
    return country_holidays(country)
