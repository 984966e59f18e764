"""Lines to sound: espeak-ng in a child process, then a little room and a steady level.

The voices are the formant voices of espeak-ng 1.52, ``cmn`` for Chinese (with real tones) and
``en`` for English, one variant and pitch per figure. What the synth cannot speak becomes silence of
the length that a reader would need, and says so. All sound is mono float32 at 48 kHz.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from generation.storyboard import Emotion, Figure, Mouth, Viseme
from generation.voice.child import Child
from generation.voice.mouths import lay_out_mouths
from generation.voice.types import RATE, Sound, SpokenUtterance, Utterance, silence

VERSION = 1  # raise when the same line would sound different

_LINE_LEVEL = -20.0  # dBFS, mean over the loud parts of a line

# Variant of espeak-ng, pitch ratio, and speed ratio that fit each puppet. None is the storyteller.
_CASTING: dict[Figure | None, tuple[str, float, float]] = {
    None: ("m3", 0.94, 0.97),
    "lady": ("f2", 1.0, 1.0),
    "maid": ("f3", 1.1, 1.06),
    "scholar": ("m1", 1.22, 1.02),
    "general": ("m7", 0.98, 0.98),
    "official": ("m6", 1.08, 0.96),
    "elder": ("grandpa", 0.92, 0.9),
    "crone": ("grandma", 0.84, 0.92),
    "monk": ("m4", 0.86, 0.9),
    "child": ("f5", 1.36, 1.04),
    "ghost": ("f4", 0.92, 0.88),
    "fox": ("f3", 1.18, 1.0),
    "girl": ("f5", 1.3, 1.04),
    "beast": ("m5", 1.3, 1.06),
    "dragon": ("m7", 0.84, 0.9),
    "robot": ("m8", 1.0, 0.96),
}

# What a feeling does to speed, pitch, and the width of the melody.
_PROSODY: dict[Emotion, tuple[float, float, float]] = {
    "calm": (1.0, 1.0, 1.0),
    "joy": (1.07, 1.08, 1.25),
    "sorrow": (0.87, 0.95, 0.8),
    "anger": (1.1, 1.05, 1.35),
    "fear": (1.08, 1.12, 1.15),
    "surprise": (1.05, 1.13, 1.4),
    "love": (0.93, 1.0, 0.95),
    "resolve": (0.95, 0.94, 0.9),
}
_WORDS_PER_MINUTE = {"zh": 176, "en": 158}


class SpeechSynthesizer:
    """Holds the speaking child. A context manager; ``OSError`` when the child cannot be started or
    dies.
    """

    name = "formant"
    identity = VERSION

    def __init__(self) -> None:
        self._child = Child("generation.voice.espeak_worker")

    def __enter__(self) -> SpeechSynthesizer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def speak_all(self, utterances: Sequence[Utterance]) -> list[tuple[Sound, SpokenUtterance]]:
        """Each line as ``speak`` gives it."""
        return [self.speak(utterance) for utterance in utterances]

    def speak(self, utterance: Utterance) -> tuple[Sound, SpokenUtterance]:
        """The sound of a line, shape (samples,), and its mouth shapes with times from its first
        sample.
        """
        text = speakable(utterance.text, utterance.language)
        if not text:
            return silence(utterance.text, utterance.language)
        answer = self._child.ask(_request(utterance, text))
        rate = int(answer["rate"])
        pcm = base64.b64decode(answer["pcm"])
        phonemes = [(ms, name) for ms, name in answer["phonemes"]]
        raw = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
        loud = np.flatnonzero(np.abs(raw) > 0.004)
        if loud.size == 0:
            return silence(utterance.text, utterance.language)
        first, last = max(0, int(loud[0]) - rate // 100), min(raw.size, int(loud[-1]) + rate // 50)
        sound = _finish(raw[first:last].astype(np.float32), rate)
        return sound, SpokenUtterance(
            sound.size / RATE, mouths(phonemes, first / rate, sound.size / RATE)
        )


def speakable(text: str, language: str) -> str:
    """What of a line can be handed to the synth: no brackets, dashes as pauses, no sign it would
    spell out.
    """
    text = re.sub(r"…+|\.{2,}", "——", text)
    text = unicodedata.normalize("NFKC", text) if language == "en" else text
    characters = []
    for char in text:
        if char in "…—~·～；;：:":
            characters.append("，" if language == "zh" else ", ")
        elif char in '“”「」『』《》〈〉（）()[]【】"*_<>{}|\\/':
            characters.append(" ")
        elif char == "’":
            characters.append("'")
        else:
            characters.append(char if _spoken(char, language) else " ")
    joined = re.sub(r"[，,]\s*(?=[，,。.！!？?])", "", "".join(characters))
    joined = re.sub(r"\s+", " ", joined).strip(" ，,、")
    return joined if any(char.isalnum() for char in joined) else ""


def _spoken(char: str, language: str) -> bool:
    """Whether the synth says a sign as a word or pauses at it, and does not spell out its code."""
    if "\u4e00" <= char <= "\u9fff":
        return language == "zh"
    if char.isascii():
        return char.isalnum() or char in " ,.!?'-%"
    return char in "，。！？、" or "\u00c0" <= char <= "\u024f"


def _request(utterance: Utterance, text: str) -> dict[str, str | int]:
    variant, pitch, speed = _CASTING[utterance.figure]
    quick, high, wide = _PROSODY[utterance.emotion]
    base = "cmn" if utterance.language == "zh" else "en"
    ratio = pitch * high * utterance.pitch
    return {
        "voice": f"{base}+{variant}",
        "text": text,
        "rate": int(
            min(
                260,
                max(90, _WORDS_PER_MINUTE[utterance.language] * speed * quick * utterance.speed),
            )
        ),
        "pitch": int(min(99, max(5, 50 + 75 * (ratio - 1)))),
        "range": int(min(99, max(20, 55 * wide))),
    }


def _finish(raw: Sound, rate: int) -> Sound:
    """From the bare synth to a voice in a room: 48 kHz, less boom and buzz, a short reverberation,
    one level.
    """
    from scipy import signal

    sound: npt.NDArray[np.floating[Any]] = (
        signal.resample_poly(raw, 320, 147)
        if rate == 22050
        else signal.resample_poly(raw, RATE, rate)
    )
    low = signal.butter(2, 95, "highpass", fs=RATE, output="sos")
    buzz = signal.butter(2, 6800, "lowpass", fs=RATE, output="sos")
    sound = signal.sosfilt(buzz, signal.sosfilt(low, sound))
    presence = signal.sosfilt(
        signal.butter(1, (1800, 3600), "bandpass", fs=RATE, output="sos"), sound
    )
    body = signal.sosfilt(signal.butter(1, (180, 420), "bandpass", fs=RATE, output="sos"), sound)
    sound = sound + 0.22 * body - 0.12 * presence
    wet = signal.oaconvolve(sound, _room())[: sound.size]
    sound = sound + wet
    gate = np.abs(sound) > 0.1 * np.abs(sound).max()
    level = float(np.sqrt(np.mean(np.square(sound[gate]))))
    sound *= 10 ** (_LINE_LEVEL / 20) / max(level, 1e-6)
    # A soft knee keeps plosives from standing out of the line.
    sound = np.tanh(sound * 1.6) / 1.6
    fade = np.linspace(0, 1, 240, dtype=np.float32)
    sound[:240] *= fade
    sound[-240:] *= fade[::-1]
    line: Sound = sound.astype(np.float32)
    return line


def _room() -> Sound:
    """A small wooden room: 0.28 s of falling noise, early echoes first, always the same."""
    generator = np.random.default_rng(20)
    length = int(0.28 * RATE)
    falling = np.exp(-np.arange(length) / (0.055 * RATE))
    response = generator.standard_normal(length) * falling * 0.012
    for delay, gain in ((0.011, 0.16), (0.017, 0.11), (0.029, 0.07)):
        response[int(delay * RATE)] += gain
    response[: int(0.006 * RATE)] = 0
    return response.astype(np.float32)


_ROUND, _OPEN, _WIDE = "uUwoOQy", "aAVE0@3", "iIeEj"


def viseme(phoneme: str) -> Viseme | None:
    """The mouth of an espeak-ng phoneme name; None keeps the mouth as it is."""
    name = phoneme.lstrip("'`,%=_|;*")
    if phoneme.startswith("_"):
        return None if phoneme.startswith("_|") else "rest"
    if not name or name.startswith("("):
        return None
    head = name[0]
    if head in "pbm":
        return "closed"
    if head in "fvszSZTD" or name[:2] in ("tS", "dZ", "ts"):
        return "teeth"
    if head in _ROUND:
        return "round"
    if head in _WIDE and head != "E":
        return "wide"
    if head in _OPEN:
        return "open"
    return "teeth" if head in "tdnlr" else None


def mouths(phonemes: list[tuple[int, str]], cut: float, seconds: float) -> tuple[Mouth, ...]:
    """Mouth shapes in time. ``cut`` seconds were trimmed from the start; the last shape is rest at
    the end.
    """
    return lay_out_mouths(
        [(milliseconds / 1000 - cut, viseme(name)) for milliseconds, name in phonemes], seconds
    )
