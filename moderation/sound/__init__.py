"""What can be heard: silence, clipping, loudness."""

from moderation.sound.measures import ClippedMeter, LoudnessMeter, SilentMeter

__all__ = ["ClippedMeter", "LoudnessMeter", "SilentMeter"]
