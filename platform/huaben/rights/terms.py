"""What a jurisdiction asks of a claim: data with the day it came into force, read from a row of
``Profile``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar, get_args

from huaben.core.calendar import MAX_DAYS, Period, is_working_day, period_from
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.types import JsonObject

PeriodUnit = Literal["days", "working_days"]
UNITS: tuple[PeriodUnit, ...] = get_args(PeriodUnit)
MAX_HOURS = 240
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True)
class Terms:
    """One version of a jurisdiction's terms.

    ``act_within_hours``: how soon somebody must look at a notice. A counter-notice restores at
    once, or after a wait of ``wait_count`` days or working days (of ``calendar``'s country) unless
    a suit is recorded; the wait may be extended once on proof, to ``extension_count`` from the same
    day. ``ends_on_working_day``: a period whose last day is a day of rest ends on the next working
    day.
    """

    name: LocalizedText
    act_within_hours: int
    restores_at_once: bool
    wait_count: int | None
    wait_unit: PeriodUnit
    ends_on_working_day: bool
    extension_count: int | None
    extension_unit: PeriodUnit
    calendar: str

    def wait_from(self, day: date) -> Period:
        """The wait after a counter-notice of ``day``. Only for terms that wait."""
        assert self.wait_count is not None
        return self._period(day, self.wait_count, self.wait_unit)

    def extended_from(self, day: date) -> Period:
        """The longest wait after a counter-notice of ``day``: never shorter than without the
        extension.
        """
        assert self.extension_count is not None
        longer = self._period(day, self.extension_count, self.extension_unit)
        return max(longer, self.wait_from(day), key=lambda period: period.last_day)

    def _period(self, day: date, count: int, unit: str) -> Period:
        return period_from(
            day,
            count,
            working_days=unit == "working_days",
            country=self.calendar,
            ends_on_working_day=self.ends_on_working_day,
        )


def read_terms(data: JsonObject) -> Terms:
    """The terms of a profile. Raises Problem ``bad_terms`` for data of another form."""
    try:
        terms = Terms(
            name=LocalizedText(_text(data["zh"]), _text(data["en"])),
            act_within_hours=_integer(data, "act_within_hours", MAX_HOURS),
            restores_at_once=_one_of(data["restore"], ("at_once", "after_wait")) == "at_once",
            wait_count=None
            if data["wait_count"] is None
            else _integer(data, "wait_count", MAX_DAYS),
            wait_unit=_one_of(data["wait_unit"], UNITS),
            ends_on_working_day=bool(data["ends_on_working_day"]),
            extension_count=None
            if data["extension_count"] is None
            else _integer(data, "extension_count", MAX_DAYS),
            extension_unit=_one_of(data["extension_unit"], UNITS),
            calendar=_text(data["calendar"]),
        )
        is_working_day(date(2026, 1, 1), terms.calendar)
    except (KeyError, TypeError, ValueError, NotImplementedError) as error:
        raise _bad_terms(str(error)) from error
    if terms.restores_at_once != (terms.wait_count is None):
        raise _bad_terms("a wait, or none when it restores at once")
    if terms.restores_at_once and terms.extension_count is not None:
        raise _bad_terms("what restores at once has nothing to extend")
    return terms


def _integer(data: JsonObject, name: str, maximum: int) -> int:
    value = data[name]
    if type(value) is not int or not 1 <= value <= maximum:
        raise ValueError(f"{name} is a whole number from 1 to {maximum}")
    return value


def _one_of(value: object, allowed: Sequence[Choice]) -> Choice:
    for choice in allowed:
        if value == choice:
            return choice
    raise ValueError(f"{value!r} is none of {', '.join(allowed)}")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("names and calendar are texts")
    return value


def _bad_terms(detail: str) -> Problem:
    return Problem(
        "bad_terms",
        LocalizedText("规则的格式不对", "The terms are not in the right form"),
        detail=LocalizedText(detail, detail),
    )
