"""Which engine speaks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from generation.voice.formant import SpeechSynthesizer
from generation.voice.types import SpeechEngine

EngineName = Literal["auto", "formant", "kokoro"]
ENGINES: tuple[EngineName, ...] = ("auto", "formant", "kokoro")
PACK = "voice"

FALLBACK = (
    "没有自然语音包，影片使用共振峰合成语音；运行 make models FETCH=voice 可取得。",
    "The pack of natural voices is not here: the film speaks with the formant voice. "
    "make models FETCH=voice brings it.",
)


class VoiceMissing(OSError):
    """Kokoro was asked for and its pack is not in the model folder."""


def open_engine(
    folder: Path | None = None,
    wanted: EngineName = "auto",
    pronunciations: Mapping[str, str] | None = None,
) -> SpeechEngine:
    """The engine that was asked for; ``auto`` is Kokoro when its pack is in the model folder, else
    the formant engine. ``pronunciations`` are the maker's own, word → pinyin in numbers
    (``重 → chong2``) or, for English, the spelling to read.

    Raises ``VoiceMissing`` when Kokoro is asked for by name and is not there, ``ValueError`` for a
    pronunciation that is none.
    """
    import models

    pack = models.find(folder, PACK) if wanted != "formant" else None
    if pack is not None:
        from generation.voice.kokoro import KokoroEngine

        return KokoroEngine(pack, pronunciations or {})
    if wanted == "kokoro":
        raise VoiceMissing(" / ".join(FALLBACK))
    return SpeechSynthesizer()
