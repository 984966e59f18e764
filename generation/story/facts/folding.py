"""The text as it is read: same length, simplified characters, plain width, nothing that is no
character."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _simplified() -> dict[int, int]:
    lines = files("generation.story.facts").joinpath("data/traditional.txt").read_text("utf-8")
    return {ord(line[0]): ord(line[1]) for line in lines.splitlines() if line and line[0] != "#"}


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """What stands for one character: one character again, so that offsets hold."""
    category = unicodedata.category(char)
    if char in "\n\t":
        return char
    if category in ("Cs", "Cc", "Cf", "Cn", "Co"):
        return " "
    if category[0] in "LN":
        compatible = unicodedata.normalize("NFKC", char)
        return compatible if len(compatible) == 1 else char
    return _MARKS.get(char, char)


# Marks that mean the same in both scripts; Chinese marks are kept apart from English full stops.
_MARKS = {
    "‘": "'", "’": "'", "＇": "'", "`": "'", "„": "“", "「": "“", "」": "”", "『": "“", "』": "”",
    "﹁": "“", "﹂": "”", "＂": '"', "﹐": "，", "．": ".", "｡": "。", "（": "(", "）": ")",
    "‧": "·", "•": "·",
    "・": "·", "\u00a0": " ", "\u3000": " ", "\u2009": " ", "‐": "-", "‑": "-", "–": "–",
}  # fmt: skip


def fold(text: str) -> str:
    """``text`` made plain character by character: the answer is exactly as long."""
    return "".join(map(_plain, text)).translate(_simplified())
