"""Lines to sound by Kokoro: text to phonemes, phonemes to sound in a child process, pitch, pauses
and level, and the mouths from the model's own durations.

Nothing filters the voice: it is resampled to 48 kHz (and by a few percent of pitch), trimmed and
brought to one level.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np

from generation.storyboard import Viseme
from generation.values import canonical
from generation.voice.child import Child
from generation.voice.formant import speakable
from generation.voice.kokoro import chinese, english
from generation.voice.kokoro.casting import Voice, voice_of
from generation.voice.kokoro.vocabulary import MODEL, PAUSES, TOKENS, known, viseme
from generation.voice.mouths import lay_out_mouths
from generation.voice.types import RATE, Sound, SpokenUtterance, Utterance, silence
from models import InstalledPack

VERSION = 1  # raise when the same line would sound different
_MODEL_RATE = 24_000
_FRAME = 600  # samples at 24 kHz: 25 ms
_LINE_LEVEL = -20.0  # dBFS, mean over the loud parts of a line
_MAX_PEAK = 0.95
_AUDIBLE = 0.006
_MAX_LINES = 8  # of one request, so that a cancelled film does not wait for all of its lines


class KokoroEngine:
    """Speaks by the voice pack. ``pronunciations``: see ``voice.open_engine``. Raises
    ``ValueError`` for one that is none.
    """

    name = "kokoro"

    def __init__(self, pack: InstalledPack, pronunciations: Mapping[str, str]) -> None:
        self._zh = {
            word: chinese.readings_of(word, said)
            for word, said in pronunciations.items()
            if not word.isascii()
        }
        self._en = {word: said for word, said in pronunciations.items() if word.isascii()}
        model = next(file.sha256 for file in pack.pack.files if file.name == MODEL)
        self._model = Child("generation.voice.kokoro.worker", str(pack.path), model)
        self._espeak = Child("generation.voice.espeak_worker")
        self.identity: dict[str, object] = {
            "engine": "kokoro", "version": VERSION, "pack": pack.digest, "words": _table_digest(),
            "own": dict(sorted(pronunciations.items())),
        }  # fmt: skip

    def close(self) -> None:
        """End both children."""
        self._model.close()
        self._espeak.close()

    def speak_all(self, utterances: Sequence[Utterance]) -> list[tuple[Sound, SpokenUtterance]]:
        """The sound of each line and its mouths; see ``SpeechEngine``."""
        lines = [(utterance, voice_of(utterance)) for utterance in utterances]
        signs = [known(self.phonemes(utterance, voice)) for utterance, voice in lines]
        asked = [
            {
                "tokens": [TOKENS[sign] for sign in said],
                "styles": voice.styles,
                # The pitch is made by resampling, which takes the speed along.
                "speed": voice.speed / voice.pitch,
            }
            for (_, voice), said in zip(lines, signs, strict=True)
            if _is_speech(said)
        ]
        spoken: list[dict[str, Any]] = []
        for at in range(0, len(asked), _MAX_LINES):
            spoken += self._model.ask({"lines": asked[at : at + _MAX_LINES]})["lines"]
        answers = iter(spoken)
        return [
            _finished(said, voice, next(answers), utterance)
            if _is_speech(said)
            else silence(utterance.text, utterance.language)
            for (utterance, voice), said in zip(lines, signs, strict=True)
        ]

    def phonemes(self, utterance: Utterance, voice: Voice) -> str:
        """What of a line the model is given to read."""
        text = speakable(utterance.text, utterance.language)
        if not text:
            return ""
        if utterance.language == "zh":
            return chinese.phonemes(text, self._zh, self._foreign)
        return english.phonemes(text, self._en, self._ipa, british=voice.british)

    def _foreign(self, word: str) -> str:
        """English words in a Chinese line."""
        return english.phonemes(word, self._en, self._ipa, british=False)

    def _ipa(self, voice: str, texts: list[str]) -> list[str]:
        return [str(said) for said in self._espeak.ask({"voice": voice, "ipa": texts})["ipa"]]


def _table_digest() -> str:
    """Of the readings that come with the engine: to add one makes the lines anew."""
    table = files("generation.voice").joinpath("data", "pronunciation.zh.toml")
    return hashlib.sha256(canonical(table.read_text("utf-8"))).hexdigest()[:16]


def _is_speech(signs: str) -> bool:
    return any(sign.isalpha() for sign in signs)


def _finished(
    signs: str, voice: Voice, answer: dict[str, Any], utterance: Utterance
) -> tuple[Sound, SpokenUtterance]:
    from scipy.signal import resample_poly

    raw: Sound = np.frombuffer(base64.b64decode(answer["sound"]), "<f4").astype(np.float32)
    ends = np.cumsum(np.array(answer["frames"], np.int64)) * _FRAME
    starts = ends[:-1][: len(signs)]  # of each sign: where the one before it ends
    loud = np.flatnonzero(np.abs(raw) > _AUDIBLE)
    if loud.size == 0:
        return silence(utterance.text, utterance.language)
    first = max(0, int(loud[0]) - _MODEL_RATE // 50)
    last = min(raw.size, int(loud[-1]) + _MODEL_RATE // 25)
    raw, starts = raw[first:last], starts - first
    raw, starts = _with_pauses(raw, starts, signs, round(voice.pause * _MODEL_RATE))
    sound = resample_poly(raw, RATE // _MODEL_RATE * 100, round(voice.pitch * 100))
    sound = _levelled(sound.astype(np.float32), _LINE_LEVEL + voice.level)
    seconds = sound.size / RATE
    times = starts / _MODEL_RATE / voice.pitch
    shapes = lay_out_mouths(_shapes(signs, [float(time) for time in times]), seconds)
    return sound, SpokenUtterance(seconds, shapes)


def _shapes(signs: str, times: list[float]) -> list[tuple[float, Viseme | None]]:
    return [(time, viseme(sign)) for sign, time in zip(signs, times, strict=True)]


def _with_pauses(
    raw: Sound, starts: np.ndarray[Any, np.dtype[np.int64]], signs: str, extra: int
) -> tuple[Sound, np.ndarray[Any, np.dtype[np.int64]]]:
    """The line with ``extra`` samples of silence in each pause within it, where it is stillest."""
    if extra <= 0:
        return raw, starts
    pieces, moved, done = [], starts.copy(), 0
    for at, sign in enumerate(signs[:-1]):
        begin, end = int(starts[at]), int(starts[at + 1])
        if sign not in PAUSES or begin <= done or end - begin < _FRAME or end >= raw.size:
            continue
        cut = begin + int(np.convolve(np.abs(raw[begin:end]), np.ones(64), "same").argmin())
        pieces += [raw[done:cut], np.zeros(extra, np.float32)]
        moved[at + 1 :] += extra
        done = cut
    return np.concatenate([*pieces, raw[done:]]), moved


def _levelled(sound: Sound, level: float) -> Sound:
    """The line at ``level`` dBFS over its loud parts, with no sample past ``_MAX_PEAK``."""
    gate = np.abs(sound) > 0.1 * np.abs(sound).max()
    mean = float(np.sqrt(np.mean(np.square(sound[gate]))))
    gain = min(10 ** (level / 20) / max(mean, 1e-6), _MAX_PEAK / float(np.abs(sound).max()))
    fade = np.linspace(0, 1, 240, dtype=np.float32)
    levelled: Sound = (sound * np.float32(gain)).astype(np.float32)
    levelled[:240] *= fade[: levelled.size]
    levelled[-240:] *= fade[::-1][-levelled.size :]
    return levelled
