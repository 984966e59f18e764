"""Kokoro-82M: natural voices in Chinese and English, from the model folder's voice pack."""

from generation.voice.kokoro.engine import KokoroEngine

__all__ = ["KokoroEngine"]
