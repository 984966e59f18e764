"""Music for a board: composed from its seed and the arc of its shots, played on synthesised
strings.

A short motif in a pentatonic mode is stated, answered, turned upside down and torn to pieces as the
tension rises. Tension decides tempo, density, register and instrument; the bar before the reversal
is silent; the cliffhanger is struck, not played.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generation.sound import strings
from generation.sound.loudness import RATE, Audio
from generation.storyboard import Shot, Storyboard

VERSION = 1

# Semitones above the root of the five pentatonic modes: gong, shang, jue, zhi, yu.
MODES = {
    "gong": (0, 2, 4, 7, 9),
    "shang": (0, 2, 5, 7, 10),
    "jue": (0, 3, 5, 8, 10),
    "zhi": (0, 2, 5, 7, 9),
    "yu": (0, 3, 5, 7, 10),
}
_BRIGHT, _DARK = ("gong", "zhi", "shang"), ("yu", "jue", "shang")
_DARK_FEELINGS = frozenset({"sorrow", "anger", "fear", "resolve"})
_RHYTHMS = (
    (1.0, 0.5, 0.5, 2.0),
    (1.5, 0.5, 1.0, 1.0),
    (0.5, 0.5, 1.0, 2.0),
    (2.0, 1.0, 1.0),
    (1.0, 1.0, 0.5, 1.5),
)


@dataclass(frozen=True)
class Note:
    """One sound of the score: when (s), what, how high (MIDI), how long (s), how loud 0–1, where (0
    left – 1 right).
    """

    start: float
    voice: str
    midi: float
    seconds: float
    gain: float
    pan: float = 0.5


def compose(board: Storyboard) -> tuple[Note, ...]:
    """The score of a board, shot by shot: the same board gives the same notes."""
    generator = np.random.default_rng([board.seed & 0xFFFFFFFF, 77])
    dark = sum(cue.emotion in _DARK_FEELINGS for shot in board.shots for cue in shot.cues)
    spoken = max(1, sum(len(shot.cues) for shot in board.shots))
    mode = MODES[str(generator.choice(_DARK if dark * 2 >= spoken else _BRIGHT))]
    root = int(generator.choice((50, 52, 53, 55, 57)))
    motif = _motif(generator)
    notes: list[Note] = []
    start = 0.0
    for index, shot in enumerate(board.shots):
        following = board.shots[index + 1] if index + 1 < len(board.shots) else None
        hush = 1.1 if following is not None and following.beat == "reversal" != shot.beat else 0.0
        _score_shot(
            notes,
            generator=generator,
            shot=shot,
            start=start,
            root=root,
            mode=mode,
            motif=motif,
            hush=hush,
        )
        start += shot.duration
    return tuple(note for note in notes if note.start < board.duration - 0.05)


def render(notes: tuple[Note, ...], seconds: float) -> Audio:
    """Play a score for ``seconds``: shape (samples, 2) float32 at 48 kHz, with the reverberation of
    a hall, peak 0.35 (about -9 dBFS); silence for no notes.
    """
    from scipy.signal import oaconvolve

    count = round(seconds * RATE)
    dry = np.zeros((count, 2), np.float32)
    for note in notes:
        sound = _play(note)
        begin = round(note.start * RATE)
        length = min(sound.size, count - begin)
        if length > 0:
            dry[begin : begin + length, 0] += sound[:length] * np.float32(
                note.gain * np.sqrt(1 - note.pan)
            )
            dry[begin : begin + length, 1] += sound[:length] * np.float32(
                note.gain * np.sqrt(note.pan)
            )
    wet = oaconvolve(dry, _hall(), axes=0)[:count]
    total: Audio = dry + 0.32 * wet.astype(np.float32)
    peak = float(np.abs(total).max(initial=0.0))
    return total * np.float32(0.35 / peak) if peak > 0 else total


def _motif(generator: np.random.Generator) -> list[tuple[int, float]]:
    """Two bars of (mode degree, beats): steps mostly, one leap, home at the end."""
    rhythm = list(
        _RHYTHMS[generator.integers(len(_RHYTHMS))] + _RHYTHMS[generator.integers(len(_RHYTHMS))]
    )
    degree, line = int(generator.integers(2, 6)), []
    leap = int(generator.integers(1, len(rhythm)))
    for index, beats in enumerate(rhythm):
        step = (
            int(generator.choice((-1, 1, -1, 1, 0)))
            if index != leap
            else int(generator.choice((-3, 3)))
        )
        degree = min(9, max(0, degree + step))
        line.append((degree, beats))
    line[-1] = (0 if degree < 4 else 5, line[-1][1])
    return line


def _pitch(root: int, mode: tuple[int, ...], degree: int) -> int:
    return root + 12 * (degree // 5) + mode[degree % 5]


def _score_shot(
    notes: list[Note],
    *,
    generator: np.random.Generator,
    shot: Shot,
    start: float,
    root: int,
    mode: tuple[int, ...],
    motif: list[tuple[int, float]],
    hush: float,
) -> None:
    if shot.card is not None:
        _score_card(notes, shot, start, root, mode)
        return
    tension = shot.tension
    end = start + shot.duration - hush
    if shot.beat == "reversal":
        notes.append(Note(start, "drum", 0, 0.9, 0.55))
        notes.append(Note(start, "gong", 0, 4.0, 0.2))
    if shot.beat == "cliffhanger":
        _score_sting(notes, start, end, root)
        return
    if tension >= 0.72:
        _score_tremolo(notes, generator=generator, start=start, end=end, root=root, mode=mode)
    else:
        _score_melody(
            notes,
            generator=generator,
            start=start,
            end=end,
            root=root,
            mode=mode,
            motif=motif,
            tension=tension,
        )
    if tension < 0.55 and generator.random() < 0.5:
        held = min(4.5, end - start)
        notes.append(
            Note(start, "xiao", _pitch(root, mode, int(generator.integers(3, 7))), held, 0.13, 0.62)
        )


def _score_card(
    notes: list[Note], shot: Shot, start: float, root: int, mode: tuple[int, ...]
) -> None:
    """Title: the block falls and the strings are swept upward. Ending: swept downward, home."""
    assert shot.card is not None
    upward = shot.card.kind == "title"
    notes.append(Note(start + 0.06, "clapper", 0, 0.35, 0.75))
    order = range(12) if upward else range(11, -1, -1)
    for index, degree in enumerate(order):
        at = start + 0.4 + index * (0.055 + 0.003 * index)
        notes.append(
            Note(at, "guzheng", _pitch(root - 12, mode, degree), 2.2, 0.32, 0.3 + 0.035 * index)
        )
    notes.append(Note(start + 1.25, "guqin", root - 12, 3.0, 0.6, 0.45))


def _score_sting(notes: list[Note], start: float, end: float, root: int) -> None:
    for at, gain in ((start, 0.7), (start + 0.42, 0.45)):
        notes.append(Note(at, "drum", 0, 0.9, gain))
    notes.append(Note(start, "gong", 0, 4.0, 0.4))
    for index, interval in enumerate((0, 1, 7)):
        notes.append(
            Note(start + 0.02 * index, "pipa", root + interval, 1.6, 0.4, 0.35 + 0.15 * index)
        )
    at, gap = start + 1.3, 0.5
    while at < end - 0.3:  # a heart that beats faster
        notes.append(Note(at, "drum", 0, 0.9, 0.28))
        gap = max(0.26, gap * 0.9)
        at += gap


def _score_tremolo(
    notes: list[Note],
    *,
    generator: np.random.Generator,
    start: float,
    end: float,
    root: int,
    mode: tuple[int, ...],
) -> None:
    """Pipa tremolo that climbs, over a low string and a slow drum."""
    degree, at, step = int(generator.integers(3, 6)), start, 0.088
    while at < end - 0.1:
        progress = (at - start) / max(0.1, end - start)
        accent = 0.16 + 0.16 * progress
        notes.append(
            Note(
                at,
                "pipa",
                _pitch(root, mode, degree),
                0.35,
                accent * (1.0 if round(at / step) % 4 else 1.4),
                0.6,
            )
        )
        at += step * float(generator.uniform(0.94, 1.06))
        if generator.random() < 0.08:
            degree = min(9, max(2, degree + int(generator.choice((-1, 1)))))
    for beat in np.arange(start, end - 0.2, 0.9):
        notes.append(Note(float(beat), "drum", 0, 0.9, 0.3))
        notes.append(Note(float(beat), "guqin", root - 12, 1.6, 0.4, 0.4))


def _score_melody(
    notes: list[Note],
    *,
    generator: np.random.Generator,
    start: float,
    end: float,
    root: int,
    mode: tuple[int, ...],
    motif: list[tuple[int, float]],
    tension: float,
) -> None:
    beat = 60.0 / (58 + 44 * tension)
    lead = "guqin" if tension < 0.3 else "guzheng"
    lift = int(generator.choice((0, 0, 2, -1)))
    mirrored = bool(generator.random() < 0.3)
    at, bar = start + 0.1, 0.0
    while at < end - 0.25:
        for degree, beats in motif:
            if at >= end - 0.25:
                break
            turned = (9 - degree if mirrored else degree) + lift
            sung = min(10, max(0, turned))
            if generator.random() < 0.84:
                gain = float(generator.uniform(0.34, 0.46))
                notes.append(Note(at, lead, _pitch(root, mode, sung), 2.4, gain, 0.42))
                if generator.random() < 0.14:  # a grace note from below
                    notes.append(
                        Note(
                            at - 0.07,
                            lead,
                            _pitch(root, mode, max(0, sung - 1)),
                            0.5,
                            gain * 0.5,
                            0.42,
                        )
                    )
            if bar % 4 == 0:
                notes.append(Note(at, "guqin", root - 12, 2.6, 0.42, 0.5))
                notes.append(Note(at + beat * 0.5, "guqin", root - 5, 2.2, 0.22, 0.5))
            at += beats * beat
            bar += beats
        lift = -lift


def _play(note: Note) -> Audio:
    if note.voice == "guqin":
        return strings.pluck(strings.GUQIN, note.midi, note.seconds)
    if note.voice == "pipa":
        return strings.pluck(strings.PIPA, note.midi, note.seconds)
    if note.voice == "guzheng":
        return strings.pluck(strings.GUZHENG, note.midi, note.seconds)
    if note.voice == "xiao":
        return strings.blow(note.midi, round(note.seconds, 1))
    return {"drum": strings.drum, "gong": strings.gong, "clapper": strings.clapper}[note.voice]()


def _hall() -> Audio:
    """A teahouse hall: 1.1 s of falling noise, darker as it falls, each ear its own."""
    from scipy.signal import butter, sosfilt

    generator = np.random.default_rng(31)
    length = round(1.1 * RATE)
    noise = generator.standard_normal((length, 2))
    dark = sosfilt(butter(1, 2600, "lowpass", fs=RATE, output="sos"), noise, axis=0)
    fall = np.exp(-np.arange(length) / (0.26 * RATE))[:, None]
    response = dark * fall
    response[: round(0.012 * RATE)] = 0
    normalized: Audio = (response / np.sqrt(np.square(response).sum(axis=0))).astype(np.float32)
    return normalized
