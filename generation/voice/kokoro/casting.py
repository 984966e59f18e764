"""Who speaks with which voice, and what a feeling does to it.

A figure has five voices, one for each of the people of that figure in a cast; which of them is
theirs follows from the pitch that casting gave them, so a character keeps the voice through a
series. Voices are blended of two, which the model's style vectors allow.
"""

from __future__ import annotations

from dataclasses import dataclass

from generation.storyboard import Emotion, Figure
from generation.voice.types import Utterance


@dataclass(frozen=True)
class Voice:
    """How a line is to be spoken. ``styles`` are (name, weight), weights summing to 1; ``pitch``
    and ``speed`` are ratios, ``level`` is in dB against the other lines, ``pause`` in seconds that
    each pause within the line is longer.
    """

    styles: tuple[tuple[str, float], ...]
    pitch: float
    speed: float
    level: float
    pause: float

    @property
    def british(self) -> bool:
        """Whether it was trained on British phonemes."""
        return self.styles[0][0].startswith("b")


@dataclass(frozen=True)
class _Kind:
    """Sex, age and temper of a figure: voices in the order in which people of it get them."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    pitch: float = 1.0
    speed: float = 1.0


# "a" is one voice, "a+b" two parts of the first and one of the second.
_YOUNG_WOMAN = _Kind(
    ("xiaoxiao", "xiaoni", "xiaoyi+xiaoxiao", "xiaobei+xiaoxiao", "xiaoni+xiaoyi"),
    ("af_heart", "bf_emma", "af_bella", "af_sarah+af_nova", "af_kore+af_aoede"),
)
_YOUNG_MAN = _Kind(
    ("yunxi", "yunyang+yunxi", "yunxia+yunyang", "yunjian+yunxi", "yunxi+yunjian"),
    ("am_michael", "am_puck", "bm_george+bm_fable", "am_fenrir+am_michael", "am_echo+am_puck"),
)
_GROWN_MAN = _Kind(
    ("yunjian", "yunyang", "yunjian+yunyang", "yunyang+yunjian", "yunxi+yunjian"),
    ("am_fenrir", "am_michael+am_onyx", "bm_george", "bm_fable+bm_lewis", "am_puck+am_fenrir"),
)
_CHILD = _Kind(
    ("xiaoyi", "xiaoyi+xiaobei", "xiaobei+xiaoyi", "xiaoxiao+xiaoyi", "yunxia+xiaoyi"),
    ("af_aoede", "af_sky+af_aoede", "af_bella+af_sky", "bf_lily+bf_emma", "af_nova"),
    1.12,
    1.0,
)


def _like(kind: _Kind, pitch: float, speed: float) -> _Kind:
    return _Kind(kind.zh, kind.en, pitch, speed)


_KINDS: dict[Figure | None, _Kind] = {
    None: _Kind(("yunyang+yunjian",) * 5, ("bm_george+am_michael",) * 5, 0.98, 0.98),
    "lady": _YOUNG_WOMAN,
    "maid": _like(_YOUNG_WOMAN, 1.05, 1.04),
    "scholar": _YOUNG_MAN,
    "general": _like(_GROWN_MAN, 0.95, 1.0),
    "official": _like(_GROWN_MAN, 1.0, 0.97),
    "elder": _like(_GROWN_MAN, 0.93, 0.9),
    "crone": _like(_YOUNG_WOMAN, 0.88, 0.9),
    "monk": _like(_GROWN_MAN, 0.92, 0.9),
    "child": _CHILD,
    "ghost": _like(_YOUNG_WOMAN, 0.97, 0.9),
    "fox": _like(_YOUNG_WOMAN, 1.06, 0.98),
    "girl": _like(_CHILD, 1.1, 1.0),
    "beast": _like(_YOUNG_MAN, 1.08, 1.02),
    "dragon": _like(_GROWN_MAN, 0.88, 0.92),
    "robot": _like(_YOUNG_MAN, 1.0, 0.97),
}
# Measured on the lines of ``benchmarks/voice.py``: at 0.92 more of the Chinese was misheard
# (.042 against .018).
_BASE_SPEED = {"zh": 1.0, "en": 0.96}
_TWIN_PITCHES = (1.0, 1.12, 0.92, 1.22, 0.86)  # by which casting tells people of one figure apart
_MIN_PITCH, _MAX_PITCH = 0.84, 1.18  # past these a voice is harder to understand

# Of speed, pitch, level in dB, and seconds of each pause. The model has no feelings of its own.
_FEELINGS: dict[Emotion, tuple[float, float, float, float]] = {
    "calm": (1.0, 1.0, 0.0, 0.0),
    "joy": (1.06, 1.03, 1.0, 0.0),
    "sorrow": (0.88, 0.98, -1.5, 0.18),
    "anger": (1.08, 1.02, 2.0, 0.0),
    "fear": (1.05, 1.03, -0.5, 0.08),
    "surprise": (1.04, 1.04, 1.0, 0.0),
    "love": (0.93, 1.0, -1.5, 0.1),
    "resolve": (0.95, 0.98, 0.5, 0.06),
}


def voice_of(utterance: Utterance) -> Voice:
    """The voice of a line: by figure, by who of that figure speaks, and by feeling."""
    kind = _KINDS[utterance.figure]
    nearest = min(_TWIN_PITCHES, key=lambda pitch: abs(pitch - utterance.pitch))
    base = _BASE_SPEED[utterance.language]
    names = kind.zh if utterance.language == "zh" else kind.en
    quick, high, level, pause = _FEELINGS[utterance.emotion]
    # The voices themselves differ; what of the pitch is the maker's own comes on top.
    pitch = kind.pitch * high * (utterance.pitch / nearest)
    return Voice(
        _styles(names[_TWIN_PITCHES.index(nearest)], utterance.language),
        round(min(_MAX_PITCH, max(_MIN_PITCH, pitch)), 2),
        round(min(1.5, max(0.6, base * kind.speed * quick * utterance.speed)), 3),
        level,
        pause,
    )


def _styles(blend: str, language: str) -> tuple[tuple[str, float], ...]:
    names = blend.split("+")
    if language == "zh":
        names = [("zf_" if name.startswith("xiao") else "zm_") + name for name in names]
    if len(names) == 1:
        return ((names[0], 1.0),)
    return ((names[0], 0.67), (names[1], 0.33))
