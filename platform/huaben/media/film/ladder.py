"""Which renditions a film gets, and how each is encoded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

SEGMENT_SECONDS = 2
AUDIO_BITS = 128_000
AUDIO_RATE = 48_000


@dataclass(frozen=True)
class Rung:
    """One quality: its size in pixels, and the most bits a second that its picture may take."""

    name: str
    width: int
    height: int
    most_bits: int


# By the shorter side. Quality is constant (CRF) below the cap, so still scenes cost little.
_STEPS = ((540, 1_400_000), (720, 2_600_000), (1080, 5_200_000))
CRF = 23
PRESET = "veryfast"


def rungs_for(width: int, height: int) -> list[Rung]:
    """The rungs of a film of this display size, smallest first: never larger than the film, its
    shape kept, sides even.

    A film smaller than the smallest step gets one rung of its own size.
    """
    short = min(width, height)
    steps = [(side, bits) for side, bits in _STEPS if side <= short]
    if not steps:
        steps = [(max(2, short - short % 2), _STEPS[0][1])]
    return [
        Rung(f"{side}p", _even(width * side / short), _even(height * side / short), bits)
        for side, bits in steps
    ]


def gop_for(rate: Fraction) -> int:
    """Pictures in a segment: every segment is one closed group of pictures."""
    return round(rate * SEGMENT_SECONDS)


def _even(side: float) -> int:
    return max(2, 2 * round(side / 2))
