"""What pictures show: black, frozen, flashing."""

from moderation.picture.meters import BlackMeter, FlashMeter, FrozenMeter

__all__ = ["BlackMeter", "FlashMeter", "FrozenMeter"]
