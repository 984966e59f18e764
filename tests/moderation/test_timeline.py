"""The one length of a film, and the rate that its motion needs."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import pytest

from moderation.films.timeline import constant_rate, motion_rate, timeline_of


@pytest.mark.parametrize(
    ("average", "rate"),
    [
        ("24", "24"),
        ("24000/1001", "24000/1001"),
        ("2997/100", "30000/1001"),
        ("30", "30"),
        ("60", "60"),
        ("120", "60"),
        ("119", "60000/1001"),
        ("26.7", "25"),
        ("12", "12"),
        ("1", "24"),
        ("5", "25"),
        ("2.5", "25"),
        ("0.4", "24"),
        ("1/10", "24"),
        ("0", "24"),
    ],
)
def test_a_film_keeps_its_rate_or_gets_the_nearest_that_players_know(
    average: str, rate: str
) -> None:
    assert constant_rate(Fraction(average)) == Fraction(rate)


def times_of(*steps: float) -> list[Fraction]:
    return [Fraction(0), *accumulate(Fraction(step).limit_denominator(1000) for step in steps)]


@pytest.mark.parametrize(
    ("steps", "rate"),
    [
        ([0.04] * 50, 25),
        ([0.033] * 29 + [3, 3, 2] + [0.033] * 30, 30),  # a screen recording
        ([1.0] * 100 + [0.033] * 15 + [1.0] * 100, 30),  # a slideshow with half a second of motion
        ([0.028, 0.038] * 60, 30),  # a telephone's jitter
        ([0.033] * 40 + [0.001, 0.065] + [0.033] * 60, 30),  # one picture at a wrong time
        (([0.04] * 20 + [0.08]) * 6, 25),  # pictures that are missing now and then
        ([1.0] * 8, 24),
        ([], 24),
    ],
)
def test_the_rate_is_what_motion_needs_and_not_the_average(steps: list[float], rate: int) -> None:
    assert constant_rate(motion_rate(times_of(*steps))) == rate


def test_a_length_is_a_whole_number_of_pictures() -> None:
    made = timeline_of(Fraction("10.04"), Fraction(30))
    assert (made.pictures, made.duration_ms) == (301, 10_033)
    assert timeline_of(Fraction(0), Fraction(0)).pictures == 1
