"""Spoken lines in the store: each line in each voice is synthesised once, and then read back."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from generation.sound.loudness import RATE, Audio
from generation.store import Store
from generation.values import from_json
from generation.voice.formant import VERSION, SpeechSynthesizer
from generation.voice.types import SpeechEngine, SpokenUtterance, Utterance


@dataclass(frozen=True)
class StoredMeasure:
    """How long lines take, by the sound that they have; a ``timing.PreparingMeasure``."""

    voices: VoiceStore

    def __call__(self, utterance: Utterance) -> float:
        return self.voices.spoken(utterance).seconds

    def prepare(self, utterances: Iterable[Utterance]) -> None:
        """Synthesise these together, as ``VoiceStore.prepare``."""
        self.voices.prepare(utterances)


class VoiceStore:
    """Speaks through the store, by the formant engine if no other is given. A context manager that
    holds the engine's child while it is open.
    """

    def __init__(self, store: Store, engine: SpeechEngine | None = None) -> None:
        self._store = store
        self.engine: SpeechEngine = engine if engine is not None else SpeechSynthesizer()
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
        self.engine.close()

    def key(self, utterance: Utterance) -> str:
        """The digest under which a line's sound is stored: engines never share one."""
        identity = self.engine.identity
        if identity == VERSION:
            return Store.key("voice", VERSION, utterance)
        return Store.key("voice", VERSION, {"engine": identity, "utterance": utterance})

    def prepare(self, utterances: Iterable[Utterance]) -> None:
        """Synthesise together, as many at once as the engine can, those never spoken before."""
        wanted = {self.key(utterance): utterance for utterance in utterances}
        missing = [key for key in wanted if self._stored(key) is None]
        if missing:
            made = self.engine.speak_all([wanted[key] for key in missing])
            for key, (sound, spoken) in zip(missing, made, strict=True):
                self._keep(key, sound, spoken)

    def spoken(self, utterance: Utterance) -> SpokenUtterance:
        """How a line comes out; it is synthesised and stored if it never was."""
        key = self.key(utterance)
        stored = self._stored(key)
        if stored is None:
            ((sound, stored),) = self.engine.speak_all([utterance])
            self._keep(key, sound, stored)
        return stored

    def sound(self, utterance: Utterance) -> Audio:
        """The sound of a line, mono, shape (samples,)."""
        self.spoken(utterance)
        return read_wave(self._store.path(self.key(utterance), ".wav"))[:, 0]

    def _stored(self, key: str) -> SpokenUtterance | None:
        if key not in self._known:
            stored = self._store.get_json(key)
            if stored is None or not self._store.has(key, ".wav"):
                return None
            self._known[key] = from_json(SpokenUtterance, stored)
        return self._known[key]

    def _keep(self, key: str, sound: Audio, spoken: SpokenUtterance) -> None:
        self._store.get_or_create(key, ".wav", lambda path: write_wave(path, sound))
        self._store.put_json(key, spoken)  # last: who finds it finds the sound too
        self._known[key] = spoken
        self.made += 1


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
