"""What is spoken and how it came out, and what every speaking engine can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from generation.storyboard import Emotion, Figure, Mouth

Sound = npt.NDArray[np.float32]
RATE = 48_000  # Hz, of all sound in the engine


@dataclass(frozen=True)
class Utterance:
    """One line to speak. ``figure`` None is the storyteller; pitch and speed are ratios."""

    text: str
    language: Literal["zh", "en"]
    figure: Figure | None
    emotion: Emotion
    pitch: float = 1.0
    speed: float = 1.0


@dataclass(frozen=True)
class SpokenUtterance:
    """How a spoken line came out. ``seconds`` is its length; ``silent`` says the synth could not
    speak it.
    """

    seconds: float
    mouths: tuple[Mouth, ...]
    silent: bool = False


class SpeechEngine(Protocol):
    """Lines to sound. ``OSError`` when its child cannot be started or dies; the next call starts a
    new one.
    """

    @property
    def name(self) -> str:
        """``formant`` or ``kokoro``."""

    @property
    def identity(self) -> int | dict[str, object]:
        """What makes it sound as it does, as JSON; part of the key of whatever it makes."""

    def speak_all(self, utterances: Sequence[Utterance]) -> list[tuple[Sound, SpokenUtterance]]:
        """The sound of each line, shape (samples,) at 48 kHz, and its mouth shapes with times from
        its first sample.
        """

    def close(self) -> None:
        """End the child."""


def silence(text: str, language: str) -> tuple[Sound, SpokenUtterance]:
    """What stands for a line that cannot be spoken: silence as long as a reader would need."""
    seconds = silent_seconds(text, language)
    return np.zeros(round(seconds * RATE), np.float32), SpokenUtterance(
        seconds, (Mouth(0.0, "rest"),), silent=True
    )


def silent_seconds(text: str, language: str) -> float:
    """How long a line that cannot be spoken stands: time to read it, between 1.2 and 6 s."""
    return float(min(6.0, max(1.2, len(text) * (0.24 if language == "zh" else 0.06))))
