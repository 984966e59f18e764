"""Meters for pictures. Each takes small grey pictures in order of time and gives spans at the end.

The grid has about 64 cells on its longer side: on a 720×1280 film a cell is 20 px, so a speaking
mouth still moves one.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from moderation.findings import TimeSpan

_LINEAR = np.where(
    np.arange(256) / 255 <= 0.04045,
    np.arange(256) / 255 / 12.92,
    ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4,
).astype(np.float32)


class _SpanCollector:
    """Collects times at which something holds into spans of at least ``min_seconds``."""

    def __init__(self, min_seconds: float) -> None:
        self.min_seconds = min_seconds
        self.spans: list[TimeSpan] = []
        self._start: float | None = None
        self._value = 0.0

    def add(self, time: float, holds: bool, value: float = 0.0) -> None:
        if holds:
            if self._start is None:
                self._start, self._value = time, value
            self._value = max(self._value, value)
        elif self._start is not None:
            self.close(time)

    def close(self, time: float) -> None:
        if self._start is not None and time - self._start >= self.min_seconds:
            self.spans.append(TimeSpan(self._start, time, self._value))
        self._start = None


class BlackMeter:
    """Stretches in which hardly anything is lighter than black: 98 % of the picture below ``DARK``
    of 255.
    """

    DARK = 24

    def __init__(self, min_seconds: float) -> None:
        self._collector = _SpanCollector(min_seconds)

    def picture(self, time: float, luma: NDArray[np.uint8]) -> None:
        light = np.count_nonzero(luma > self.DARK) / luma.size
        self._collector.add(time, bool(light <= 0.02))

    def spans(self, end: float) -> tuple[TimeSpan, ...]:
        """Spans of black up to ``end`` s, the end of the film."""
        self._collector.close(end)
        return tuple(self._collector.spans)


class FrozenMeter:
    """Stretches in which the picture stays what it was at their start.

    Each picture is compared with the first of the stretch, not with the one before, so that a slow
    pan is no freeze. Equal means: on average less than half a level apart (FFmpeg's freezedetect
    default, 0.001, is about that), and no cell more than ``MAX_CELL_CHANGE``, so that a mouth or a
    subtitle is movement.
    """

    MAX_MEAN_CHANGE = 0.5
    MAX_CELL_CHANGE = 8

    def __init__(self, min_seconds: float) -> None:
        self._collector = _SpanCollector(min_seconds)
        self._anchor: NDArray[np.int16] | None = None
        self._anchor_time = 0.0

    def picture(self, time: float, luma: NDArray[np.uint8]) -> None:
        now = luma.astype(np.int16)
        if self._anchor is not None:
            apart = np.abs(now - self._anchor)
            if apart.mean() < self.MAX_MEAN_CHANGE and apart.max() < self.MAX_CELL_CHANGE:
                self._collector.add(self._anchor_time, True)
                return
        self._collector.add(time, False)
        self._anchor, self._anchor_time = now, time

    def spans(self, end: float) -> tuple[TimeSpan, ...]:
        """Spans of frozen picture up to ``end`` s, the end of the film."""
        self._collector.close(end)
        return tuple(self._collector.spans)


class FlashMeter:
    """Stretches that may harm photosensitive viewers: general flashes of WCAG 2.3.1 and ITU-R
    BT.1702.

    A flash is a pair of opposing changes of relative luminance by at least 0.1 where the darker
    side is below 0.8; more than three in any second over at least a quarter of the picture are a
    danger. Each cell follows its own swings. Saturated red flashes and spatial patterns are not
    looked for.
    """

    SWING = 0.1
    DARKER_BELOW = 0.8
    AREA = 0.25
    MAX_SWINGS = 6  # three flashes, up and down

    def __init__(self) -> None:
        self._collector = _SpanCollector(0.0)
        self._recent: deque[tuple[float, NDArray[np.bool_]]] = deque()
        self._extreme: NDArray[np.float32] | None = None

    def picture(self, time: float, luma: NDArray[np.uint8]) -> None:
        now = _LINEAR[luma]
        if self._extreme is None:
            self._extreme = now
            self._rising = np.zeros(now.shape, bool)
            self._swings = np.zeros(now.shape, np.int16)
            return
        extreme = np.where(
            self._rising, np.maximum(self._extreme, now), np.minimum(self._extreme, now)
        )
        darker = np.where(self._rising, now, extreme)
        turned = (np.abs(now - extreme) >= self.SWING) & (darker < self.DARKER_BELOW)
        self._extreme = np.where(turned, now, extreme)
        self._rising ^= turned
        if turned.any():
            self._recent.append((time, turned))
            self._swings += turned
        # Times are quotients: a swing exactly a second ago is out, whatever its last digit.
        while self._recent and self._recent[0][0] <= time - 1 + 1e-3:
            self._swings -= self._recent.popleft()[1]
        area = float(np.count_nonzero(self._swings > self.MAX_SWINGS) / now.size)
        if area >= self.AREA:
            # The danger began with the first swing of the second that is over the limit.
            self._collector.add(self._recent[0][0], True, area)
        else:
            self._collector.add(time, False)

    def spans(self, end: float) -> tuple[TimeSpan, ...]:
        """Spans of dangerous flashing; ``value`` is the largest part of the picture (0-1) that
        flashed at once.
        """
        self._collector.close(end)
        joined: list[TimeSpan] = []
        for span in (
            self._collector.spans
        ):  # a span reaches back a second, and so may overlap the one before
            if joined and span.start <= joined[-1].end:
                last = joined.pop()
                joined.append(TimeSpan(last.start, span.end, max(last.value, span.value)))
            else:
                joined.append(span)
        return tuple(joined)
