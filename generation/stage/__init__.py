"""The stage: draws a storyboard. Ink-wash sets, shadow-puppet actors, brush-written words."""

from generation.stage.picture import Stage, render_shot, still

__all__ = ["Stage", "render_shot", "still"]
