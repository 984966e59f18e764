"""The stage: draws a storyboard. Ink-wash sets, shadow-puppet actors, brush-written words."""

from generation.stage.cards import Mark
from generation.stage.picture import Stage, render_shot, still

__all__ = ["Mark", "Stage", "render_shot", "still"]
