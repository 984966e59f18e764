"""The mix: voices in front, music that steps back while they speak, the air of the place behind
both.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.sound import ambience, music
from generation.sound.loudness import RATE, Audio, normalise_loudness
from generation.storyboard import Storyboard

VERSION = 2
TARGET_LUFS = -16.0
CEILING_DBFS = -1.6  # AAC may overshoot by some tenths: what is heard stays under -1

# Chosen by hand: the music under a line, and the levels of music and ambience against the voices.
_DUCKED_GAIN = 10 ** (-9 / 20)
_MUSIC_GAIN, _AMBIENCE_GAIN = 0.62, 0.9


def mix(board: Storyboard, voices: Mapping[tuple[int, int], Audio]) -> Audio:
    """The sound of a board at 48 kHz, shape (samples, 2) float32, at -16 LUFS with the true peak
    under ``CEILING_DBFS``.

    ``voices`` holds the sound of each cue, shape (samples,), by (index of its shot, index in the
    shot). Raises ``KeyError`` for a cue without a sound.
    """
    count = round(board.duration * RATE)
    speech = np.zeros(count, np.float32)
    spans = []
    start = 0.0
    for at, shot in enumerate(board.shots):
        for number, cue in enumerate(shot.cues):
            sound = voices[at, number]
            begin = round((start + cue.start) * RATE)
            length = min(sound.size, count - begin)
            speech[begin : begin + length] += sound[:length]
            spans.append((start + cue.start, start + cue.end))
        start += shot.duration
    score = music.render(music.compose(board), board.duration)
    total = score * (_MUSIC_GAIN * board.music * _ducking_gain(spans, count))[:, None]
    total += _AMBIENCE_GAIN * ambience.render_ambience(board)
    total += speech[:, None]
    edge = min(count, round(0.02 * RATE))
    total[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)[:, None]
    tail = min(count, round(0.7 * RATE))
    total[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)[:, None] ** 2
    return normalise_loudness(total, TARGET_LUFS, CEILING_DBFS)


def _ducking_gain(spans: list[tuple[float, float]], count: int) -> Audio:
    """Gain of the music: down just before a line, up slowly after it; short gaps between lines stay
    down.
    """
    from scipy.ndimage import uniform_filter1d

    grid = np.ones(count // 480 + 2)
    for begin, end in spans:
        grid[max(0, round((begin - 0.12) * 100)) : round((end + 0.25) * 100)] = _DUCKED_GAIN
    smooth = uniform_filter1d(grid, 25, mode="nearest")
    return np.interp(np.arange(count) / 480, np.arange(grid.size), smooth).astype(np.float32)
