"""The one timeline of a film: its length, the constant rate that it is played at, and how many
pictures that makes.

A film is played at a constant rate, so its length is a whole number of pictures. Everything that
names a length (the asset, its playlists, premieres, the meters) names this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# Rates that players know; a film with a varying rate gets the nearest.
_RATES = (
    *(Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30)),
    *(Fraction(48), Fraction(50), Fraction(60000, 1001), Fraction(60)),
)
_FASTEST, _SLOWEST, _CADENCE = Fraction(61), Fraction(8), 0.01
# A film keeps its average rate unless pictures are missing (then its usual rate counts) or some of
# its moments move much faster than the rest.
_DROPPED, _UNEVEN = Fraction(1, 100), Fraction(115, 100)
_WINDOW = 8  # steps over which a moment's rate is taken: jitter of single pictures evens out


@dataclass(frozen=True)
class Timeline:
    """``pictures`` at a constant ``rate`` a second."""

    rate: Fraction
    pictures: int

    @property
    def seconds(self) -> Fraction:
        """The length."""
        return self.pictures / self.rate

    @property
    def duration_ms(self) -> int:
        """The length, as it is kept and sent."""
        return round(self.seconds * 1000)


def timeline_of(seconds: Fraction, motion: Fraction) -> Timeline:
    """The timeline of a film of this length whose motion needs this rate; at least one picture."""
    rate = constant_rate(motion)
    return Timeline(rate, max(1, round(seconds * rate)))


def constant_rate(motion: Fraction) -> Fraction:
    """The nearest rate that players know, at most 60; halved above that.

    Slideshows get a usual rate that repeats each picture equally often: their length and their
    sound are then not cut to whole seconds.
    """
    while motion > _FASTEST:
        motion /= 2
    if motion < _SLOWEST:
        if motion > 0:
            for rate in (Fraction(24), Fraction(25), Fraction(30)):
                repeats = rate / motion
                if abs(repeats - round(repeats)) <= _CADENCE * repeats / 24:
                    return rate
        return Fraction(24)
    if motion < Fraction(22):
        return Fraction(round(motion))
    return min(_RATES, key=lambda rate: abs(rate - motion))


def motion_rate(times: Sequence[Fraction]) -> Fraction:
    """Pictures a second that the motion of a film needs, from its pictures' times in order.

    The average, where a film keeps to it. A screen recording stands still for long and then moves
    at 30 a second: it needs 30. 0 for a single picture.
    """
    if len(times) < 2 or times[-1] <= times[0]:
        return Fraction(0)
    average = (len(times) - 1) / (times[-1] - times[0])
    steps = min(_WINDOW, len(times) - 1)
    spans = sorted(
        later - earlier
        for earlier, later in zip(times, times[steps:], strict=False)
        if later > earlier
    )
    if not spans:
        return average.limit_denominator(1001)
    usual = steps / spans[len(spans) // 2]
    # One picture at a wrong time makes one span too short: the shortest say nothing.
    fastest = steps / spans[min(2, len(spans) // 10)]
    rate = usual if abs(usual / average - 1) > _DROPPED else average
    rate = fastest if fastest > rate * _UNEVEN else rate
    if rate != average and abs(rate - round(rate)) < rate * _DROPPED:
        return Fraction(round(rate))  # a few pictures do not tell 29.97 from 30
    return rate.limit_denominator(1001)
