"""Mouth shapes in time, whatever engine spoke."""

from __future__ import annotations

from collections.abc import Iterable

from generation.storyboard import Mouth, Viseme

_MIN_SECONDS = 0.03  # of a shape: shorter ones cannot be drawn


def lay_out_mouths(
    shapes: Iterable[tuple[float, Viseme | None]], seconds: float
) -> tuple[Mouth, ...]:
    """Mouths from (seconds from the first sample, shape; None keeps the mouth as it is), in order.

    Shapes never crowd, and the last is rest at the end of the line.
    """
    found = [Mouth(0.0, "rest")]
    for second, shape in shapes:
        start = round(max(0.0, second), 3)
        if shape is None or shape == found[-1].shape or start >= seconds - _MIN_SECONDS:
            continue
        if start - found[-1].start < _MIN_SECONDS:
            found[-1] = Mouth(found[-1].start, shape)
        else:
            found.append(Mouth(start, shape))
    found.append(Mouth(round(max(0.0, seconds - _MIN_SECONDS), 3), "rest"))
    return tuple(found)
