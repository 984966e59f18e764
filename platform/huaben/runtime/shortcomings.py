"""What this machine lacks that the house does without, in sentences for its operator."""

from __future__ import annotations

import os
from pathlib import Path

import models
from huaben.core.sandbox.confinement import missing_layers

_CHECKOUT = Path(__file__).parents[3]


def shortcomings() -> list[str]:
    """Each in Chinese and then in English; empty where nothing is missing."""
    found = []
    if missing := ", ".join(missing_layers()):
        found += [
            f"内核不能完全隔离打开影片的进程，缺少 {missing}（见 docs/core.md）",
            f"This kernel does not fully confine what opens films: no {missing}",
        ]
    folder = Path(os.environ.get("HUABEN_MODELS") or _CHECKOUT / "var" / "models")
    if models.find(folder, "voice") is None:
        found += [
            "没有自然语音包，影片使用共振峰合成语音；运行 make models FETCH=voice 可取得",
            "The pack of natural voices is not here, so films speak with the formant voice: "
            "make models FETCH=voice brings it",
        ]
    return found
