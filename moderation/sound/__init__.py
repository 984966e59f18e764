"""What can be heard: silence, clipping, loudness."""

from moderation.sound.meters import ClippedMeter, LoudnessMeter, SilentMeter

__all__ = ["ClippedMeter", "LoudnessMeter", "SilentMeter"]
