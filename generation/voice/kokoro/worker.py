"""The child that runs Kokoro: the model is loaded once, two lines are synthesised at a time.

Run as ``python -m generation.voice.kokoro.worker PARENT_PID PACK_FOLDER MODEL_SHA256``. One JSON
request a line on stdin: ``{"lines": [{"tokens", "styles": [[name, weight], …], "speed"}, …]}``; one
answer a line on stdout: ``{"lines": [{"sound" (base64, mono float32 at 24 kHz, little-endian),
"frames" (25 ms each) of every token, with the mark before and after them}]}`` or ``{"error"}``.

Every line is computed by one thread, so the samples are the same whatever the machine is doing.
The child ends when its stdin closes or its parent dies.
"""

from __future__ import annotations

import base64
import ctypes
import hashlib
import json
import os
import resource
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from generation.voice.kokoro.vocabulary import MODEL

_DURATIONS = "/encoder/Clip_output_0"  # frames of each token, before they are rounded away
_THREADS = 2
_MAX_ADDRESS_SPACE = 3 << 30  # bytes; about 0.4 GiB of them are ever touched
_PR_SET_PDEATHSIG = 1


class KokoroModel:
    """The model and the voices of a pack. Raises ``OSError`` when a file cannot be read and
    ``ValueError`` when the model is not the one that was measured.
    """

    def __init__(self, folder: Path, sha256: str) -> None:
        import onnxruntime

        data = (folder / MODEL).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"{MODEL} is damaged: make models CHECK=1")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            data + _as_output(_DURATIONS), options, providers=["CPUExecutionProvider"]
        )
        self._folder = folder
        self._styles: dict[str, npt.NDArray[np.float32]] = {}

    def speak(
        self, tokens: list[int], styles: list[tuple[str, float]], speed: float
    ) -> tuple[npt.NDArray[np.float32], list[int]]:
        """The samples at 24 kHz, shape (samples,), and the frames of each token; the first and the
        last are of the silence around them.
        """
        style = sum(
            np.float32(weight) * self._style(name)[len(tokens) - 1] for name, weight in styles
        )
        sound, frames = self._session.run(
            ["audio", _DURATIONS],
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": np.asarray(style, np.float32).reshape(1, 256),
                "speed": np.array([speed], np.float32),
            },
        )
        return np.asarray(sound, np.float32).ravel(), [int(count) for count in frames.ravel()]

    def _style(self, name: str) -> npt.NDArray[np.float32]:
        """The style vectors of a voice, shape (tokens, 256)."""
        if name not in self._styles:
            path = self._folder / "voices" / f"{name}.bin"
            self._styles[name] = np.fromfile(path, "<f4").reshape(-1, 256)
        return self._styles[name]


def _as_output(name: str) -> bytes:
    """What makes a tensor within a graph one of its outputs when it is put behind the bytes of an
    ONNX file: ``ModelProto{graph: GraphProto{output: {name}}}``. Protocol Buffers merges a message
    that comes twice (its specification of the encoding, "last one wins").
    """

    def field(number: int, value: bytes) -> bytes:
        return bytes([number << 3 | 2, len(value)]) + value

    return field(7, field(12, field(1, name.encode("ascii"))))


def _answer(model: KokoroModel, pool: ThreadPoolExecutor, request: dict[str, Any]) -> Any:
    def line(asked: dict[str, Any]) -> dict[str, Any]:
        styles = [(str(name), float(weight)) for name, weight in asked["styles"]]
        sound, frames = model.speak([int(token) for token in asked["tokens"]], styles,
                                    float(asked["speed"]))  # fmt: skip
        return {"sound": base64.b64encode(sound.astype("<f4").tobytes()).decode("ascii"),
                "frames": frames}  # fmt: skip

    return {"lines": list(pool.map(line, request["lines"]))}


def main() -> None:
    """Answer requests until stdin closes."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(sys.argv[1]):  # the parent was gone before the kernel was asked
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_ADDRESS_SPACE, _MAX_ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    model: KokoroModel | None = None
    with ThreadPoolExecutor(_THREADS) as pool:
        for request in sys.stdin:
            try:
                if model is None:
                    model = KokoroModel(Path(sys.argv[2]), sys.argv[3])
                answer = _answer(model, pool, json.loads(request))
            except Exception as error:  # whatever it is, the parent is told and not left waiting
                answer = {"error": f"{type(error).__name__}: {error}"}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
