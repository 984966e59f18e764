"""The speaking child: espeak-ng in a process of its own.

espeak-ng is under the GPL and keeps global state, so it is loaded here and nowhere else, by ctypes
from the wheel ``espeakng-loader``. Run as ``python -m generation.voice.espeak_worker PARENT_PID``.
One JSON request per line on stdin: ``{"voice", "text", "rate" (words/min), "pitch" (0-99), "range"
(0-99)}``; one JSON answer per line on stdout: ``{"rate" (Hz), "pcm" (base64, mono, 16-bit
little-endian), "phonemes": [[milliseconds, name], …]}`` or ``{"error"}``. A request ``{"voice",
"ipa" (texts)}`` is answered by ``{"ipa"}``, the phonemes of each text in IPA. The child ends when
its stdin closes or its parent dies.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import signal
import sys
from typing import Any

_SYNCHRONOUS, _PHONEME_EVENTS, _DONT_EXIT, _UTF8 = 2, 0x1, 0x8000, 1
_RATE, _PITCH, _RANGE = 1, 3, 4  # espeak_PARAMETER
_IPA, _TIED = 0x02, 0x80 | ord("^") << 8  # modes of espeak_TextToPhonemes: aɪ is a^ɪ
_TERMINATED, _PHONEME = 0, 7  # espeak_EVENT_TYPE
_PR_SET_PDEATHSIG = 1


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    """``espeak_EVENT`` of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class EspeakLibrary:
    """The library, opened once. ``OSError`` when it or its data cannot be loaded."""

    def __init__(self) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
        data = str(espeakng_loader.get_data_path()).encode()
        self.rate = self._library.espeak_Initialize(
            _SYNCHRONOUS, 0, data, _PHONEME_EVENTS | _DONT_EXIT
        )
        if self.rate <= 0:
            raise OSError("espeak-ng did not start")
        self._pcm = bytearray()
        self._phonemes: list[tuple[int, str]] = []
        self._callback = _Callback(self._receive)  # kept: the library holds only its address
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._pcm.extend(ctypes.string_at(wave, count * 2))
        index = 0
        while events[index].type != _TERMINATED:
            if events[index].type == _PHONEME:
                name = events[index].id.string.decode("utf-8", "replace")
                self._phonemes.append((events[index].audio_position, name))
            index += 1
        return 0

    def speak(
        self, voice: str, text: str, rate: int, pitch: int, range_: int
    ) -> tuple[bytes, list[tuple[int, str]]]:
        """PCM and phonemes of one text; ``ValueError`` when there is no such voice."""
        if self._library.espeak_SetVoiceByName(voice.encode()) not in (0, 2):
            raise ValueError(f"no voice {voice}")
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, range_)):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._pcm.clear()
        self._phonemes.clear()
        encoded = text.encode("utf-8", "ignore") + b"\0"
        self._library.espeak_Synth(encoded, len(encoded), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return bytes(self._pcm), list(self._phonemes)

    def ipa(self, voice: str, text: str) -> str:
        """The phonemes of a text, its clauses joined by blanks; ``ValueError`` for no voice."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:  # it would crash without
            raise ValueError(f"no voice {voice}")
        translate = self._library.espeak_TextToPhonemes
        translate.restype = ctypes.c_char_p
        rest, clauses = ctypes.c_char_p(text.encode("utf-8", "ignore")), []
        while rest.value:
            said = translate(ctypes.byref(rest), _UTF8, _IPA | _TIED)
            clauses.append((said or b"").decode("utf-8", "replace").strip())
        return " ".join(clause for clause in clauses if clause)


def _answer(library: EspeakLibrary, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request. ``KeyError``, ``TypeError`` or ``ValueError`` for a wrong one."""
    voice = str(request["voice"])
    if "ipa" in request:
        return {"ipa": [library.ipa(voice, str(text)) for text in request["ipa"]]}
    pcm, phonemes = library.speak(
        voice,
        str(request["text"]),
        int(request["rate"]),
        int(request["pitch"]),
        int(request["range"]),
    )
    return {
        "rate": library.rate,
        "pcm": base64.b64encode(pcm).decode("ascii"),
        "phonemes": phonemes,
    }


def main() -> None:
    """Answer requests until stdin closes."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(sys.argv[1]):  # the parent was gone before the kernel was asked
        return
    library = EspeakLibrary()
    for line in sys.stdin:
        try:
            answer = _answer(library, json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
