"""Meters for sound. Each takes pieces of shape (channels, n) at 48 kHz in order of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from moderation.findings import TimeSpan
from moderation.media import SOUND_RATE

WINDOW = SOUND_RATE // 10  # all meters look at tenths of a second


class _Windows:
    """Cuts sound of any piece length into whole windows of a tenth of a second."""

    def __init__(self) -> None:
        self._rest: NDArray[np.float32] | None = None
        self._time = 0.0

    def add(
        self, time: float, samples: NDArray[np.float32]
    ) -> list[tuple[float, NDArray[np.float32]]]:
        if self._rest is None or self._rest.shape[0] != samples.shape[0]:
            self._rest, self._time = samples, time
        else:
            self._rest = np.concatenate([self._rest, samples], axis=1)
        whole = self._rest.shape[1] // WINDOW
        found = [
            (self._time + i * 0.1, self._rest[:, i * WINDOW : (i + 1) * WINDOW])
            for i in range(whole)
        ]
        self._rest = self._rest[:, whole * WINDOW :]
        self._time += whole * 0.1
        return found


class _WindowSpanCollector:
    """Joins windows that hold into spans; ``max_gap`` seconds without do not break one."""

    def __init__(self, min_seconds: float, max_gap: float = 0.0) -> None:
        self.min_seconds, self.max_gap = min_seconds, max_gap
        self.spans: list[TimeSpan] = []
        self._open: TimeSpan | None = None

    def add(self, time: float, holds: bool, value: float) -> None:
        if not holds:
            if self._open and time - self._open.end >= self.max_gap:
                self.close()
            return
        if self._open:
            self._open = TimeSpan(self._open.start, time + 0.1, max(self._open.value, value))
        else:
            self._open = TimeSpan(time, time + 0.1, value)

    def close(self) -> tuple[TimeSpan, ...]:
        if self._open and self._open.end - self._open.start >= self.min_seconds - 1e-6:
            self.spans.append(self._open)
        self._open = None
        return tuple(self.spans)


class SilentMeter:
    """Stretches in which the louder channel's RMS stays below ``below_dbfs``."""

    def __init__(self, min_seconds: float, below_dbfs: float) -> None:
        self._windows, self._spans = _Windows(), _WindowSpanCollector(min_seconds)
        self._below = 10 ** (below_dbfs / 20)

    def sound(self, time: float, samples: NDArray[np.float32]) -> None:
        for at, window in self._windows.add(time, samples):
            level = float(np.sqrt(np.mean(np.square(window, dtype=np.float64), axis=1)).max())
            self._spans.add(at, level < self._below, 0.0)

    def spans(self) -> tuple[TimeSpan, ...]:
        """Spans of silence within the sound stream."""
        return self._spans.close()


class ClippedMeter:
    """Stretches in which the sound is cut off: 5 % of a tenth of a second near full scale, again
    and again.

    Lossy codecs bend the flat top of a clipped wave, so samples within 5 % of full scale count;
    well-limited music has under 1 % of those, but a pure tone at full scale looks clipped here.
    ``value`` is the largest share in a window.
    """

    FULL = 0.95
    SHARE = 0.05

    def __init__(self, min_seconds: float = 0.3) -> None:
        self._windows, self._spans = _Windows(), _WindowSpanCollector(min_seconds, max_gap=0.5)

    def sound(self, time: float, samples: NDArray[np.float32]) -> None:
        for at, window in self._windows.add(time, samples):
            share = float((np.abs(window) >= self.FULL).mean(axis=1).max())
            self._spans.add(at, share >= self.SHARE, share)

    def spans(self) -> tuple[TimeSpan, ...]:
        """Spans of clipped sound."""
        return self._spans.close()


class LoudnessMeter:
    """Integrated loudness in LUFS: K-weighting, 400 ms blocks with 75 % overlap, two gates (ITU-R
    BS.1770-5).

    Surround channels are weighed 1.41 and LFE is left out for 5.1 only; other layouts count every
    channel once.
    """

    # The standard's two biquads at 48 kHz: the head's shelf, then the high-pass.
    _SECTIONS = np.array(
        [
            [
                1.53512485958697,
                -2.69169618940638,
                1.19839281085285,
                1.0,
                -1.69065929318241,
                0.73248077421585,
            ],
            [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
        ]
    )

    def __init__(self) -> None:
        self._windows = _Windows()
        self._state: NDArray[np.float64] | None = None
        self._powers: list[float] = []

    def sound(self, time: float, samples: NDArray[np.float32]) -> None:
        channels = samples.shape[0]
        if self._state is None or self._state.shape[1] != channels:
            self._state = np.zeros((len(self._SECTIONS), channels, 2))
        for _, window in self._windows.add(time, samples):
            weighted, self._state = sosfilt(
                self._SECTIONS, window.astype(np.float64), axis=1, zi=self._state
            )
            power = np.mean(np.square(weighted), axis=1)
            if channels == 6:
                power = power * np.array([1.0, 1.0, 1.0, 0.0, 1.41, 1.41])
            self._powers.append(float(power.sum()))

    def integrated(self) -> float | None:
        """LUFS of all that was heard; None when nothing is above the absolute gate of -70 LUFS."""
        tenths = np.array(self._powers)
        if len(tenths) < 4:
            return None
        blocks = np.convolve(tenths, np.full(4, 0.25), "valid")
        blocks = blocks[_lufs(blocks) > -70]
        if not len(blocks):
            return None
        blocks_above_gate = blocks[_lufs(blocks) > _lufs(blocks.mean()) - 10]
        return float(_lufs(blocks_above_gate.mean()))


def _lufs(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-12)))
