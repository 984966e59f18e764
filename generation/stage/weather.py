"""Weather: what falls, drifts and blows before and behind the actors. Pure functions of time."""

from __future__ import annotations

import skia

from generation.stage.camera import View
from generation.storyboard import Weather


def draw_weather(canvas: skia.Canvas, weather: Weather, view: View, at: float) -> None:
    """Draw it."""
