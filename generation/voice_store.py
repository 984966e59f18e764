"""Spoken lines in the store: each line in each voice is synthesised once, and then read back."""

from __future__ import annotations

import wave
from pathlib import Path
from types import TracebackType

import numpy as np

from generation import voice
from generation.sound.loudness import RATE, Audio
from generation.store import Store
from generation.values import from_json
from generation.voice import SpeechSynthesizer, SpokenUtterance, Utterance


class VoiceStore:
    """Speaks through the store. A context manager that holds the speaking child while it is
    open.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._speaker = SpeechSynthesizer()
        self._known: dict[str, SpokenUtterance] = {}
        self.made = 0  # how many lines had to be synthesised

    def __enter__(self) -> VoiceStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._speaker.close()

    @staticmethod
    def key(utterance: Utterance) -> str:
        """The digest under which a line's sound is stored."""
        return Store.key("voice", voice.VERSION, utterance)

    def spoken(self, utterance: Utterance) -> SpokenUtterance:
        """How a line comes out; it is synthesised and stored if it never was."""
        key = self.key(utterance)
        if key not in self._known:
            stored = self._store.get_json(key)
            if stored is None or not self._store.has(key, ".wav"):
                sound, spoken = self._speaker.speak(utterance)
                self._store.get_or_create(key, ".wav", lambda path: write_wave(path, sound))
                self._store.put_json(key, spoken)  # last: who finds it finds the sound too
                self.made += 1
            else:
                spoken = from_json(SpokenUtterance, stored)
            self._known[key] = spoken
        return self._known[key]

    def sound(self, utterance: Utterance) -> Audio:
        """The sound of a line, mono, shape (samples,)."""
        self.spoken(utterance)
        return read_wave(self._store.path(self.key(utterance), ".wav"))[:, 0]


def write_wave(path: Path, sound: Audio) -> None:
    """Write sound of shape (samples,) or (samples, channels) at 48 kHz as 16-bit WAV."""
    channels = sound[:, None] if sound.ndim == 1 else sound
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(channels, -1, 1) * 32767).round().astype("<i2").tobytes())


def read_wave(path: Path) -> Audio:
    """Read a 16-bit WAV that ``write_wave`` wrote, shape (samples, channels)."""
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return (data.reshape(-1, file.getnchannels()) / np.float32(32767)).astype(np.float32)
