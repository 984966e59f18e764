"""Loudness and true peak after ITU-R BS.1770-4."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Audio = npt.NDArray[np.float32]
RATE = 48_000

# K-weighting at 48 kHz, tables 1 and 2 of the recommendation: head shelf, then RLB high-pass.
_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_RLB = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def integrated_loudness(sound: Audio) -> float:
    """Gated loudness in LUFS; -inf for silence.

    ``sound`` is at 48 kHz, shape (samples,) or (samples, channels), one or two channels of equal
    weight. Less than a block of 400 ms is filled up with silence.
    """
    from scipy.signal import lfilter

    channels = sound[:, None] if sound.ndim == 1 else sound
    block, hop = round(0.4 * RATE), round(0.1 * RATE)
    if channels.shape[0] < block:
        channels = np.pad(channels, ((0, block - channels.shape[0]), (0, 0)))
    weighted = lfilter(*_RLB, lfilter(*_SHELF, channels.astype(np.float64), axis=0), axis=0)
    total = np.concatenate([[0.0], np.cumsum(np.square(weighted).sum(axis=1))])
    starts = np.arange(0, channels.shape[0] - block + 1, hop)
    power = (total[starts + block] - total[starts]) / block
    loud = power[power > 10 ** ((-70 + 0.691) / 10)]
    if loud.size == 0:
        return float("-inf")
    gated = loud[loud > loud.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(gated.mean()))


def true_peak(sound: Audio) -> float:
    """Highest peak in dBFS, between the samples too (4 times oversampled); -inf for silence.

    ``sound`` has the shape (samples,) or (samples, channels).
    """
    peak = float(_oversampled_peaks(sound).max(initial=0.0))
    return 20 * float(np.log10(peak)) if peak > 0 else float("-inf")


def normalise_loudness(sound: Audio, lufs: float, ceiling: float) -> Audio:
    """The sound, of the same shape, at ``lufs`` with no true peak above ``ceiling`` dBFS. Silence
    stays silence.

    Two passes, because holding the peaks down takes a little of the loudness with it.
    """
    for _ in range(2):
        loudness = integrated_loudness(sound)
        if not np.isfinite(loudness):
            return sound
        sound = _limit(sound * np.float32(10 ** ((lufs - loudness) / 20)), 10 ** (ceiling / 20))
    return sound


def _oversampled_peaks(sound: Audio) -> Audio:
    """Peak of each sample's neighbourhood over all channels, shape (samples,)."""
    from scipy.signal import resample_poly

    channels = sound[:, None] if sound.ndim == 1 else sound
    fine = np.abs(resample_poly(channels, 4, 1, axis=0)).max(axis=1)
    peaks: Audio = fine.reshape(-1, 4).max(axis=1)
    return peaks


def _limit(sound: Audio, ceiling: float) -> Audio:
    """Look-ahead limiter: the gain sinks over 5 ms before a peak and recovers over about 60 ms."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    peaks = _oversampled_peaks(sound)
    if peaks.max(initial=0.0) <= ceiling:
        return sound
    gain = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    held = minimum_filter1d(gain, round(0.035 * RATE))
    smooth = np.minimum(uniform_filter1d(held, round(0.03 * RATE)), gain)
    shaped = smooth[:, None] if sound.ndim == 2 else smooth
    return (sound * shaped).astype(np.float32)
