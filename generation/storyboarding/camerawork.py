"""Which framing and move the camera takes in a shot."""

from __future__ import annotations

import random

from generation.story.types import PersonId, Scene
from generation.storyboard import Camera, CameraMove, Framing
from generation.timing import PlannedShot


def choose_camera(
    rng: random.Random, scene: Scene, planned: PlannedShot, present: list[PersonId]
) -> Camera:
    """Framing, move and subject of a shot, by its operator, its speakers and what they do."""
    if not planned.pieces:
        return Camera("wide", rng.choice(("pan_left", "pan_right", "push", "rise")))
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    speakers = [line.person for line in lines if line.person]
    subject: PersonId | None = (
        speakers[0] if speakers else (rng.choice(present) if present else None)
    )
    struck = any(line.verb == "strike" for line in lines)
    framing: Framing
    move: CameraMove
    if struck and len(set(speakers)) < 2:
        return Camera("medium", "shake", subject)
    if scene.operator == "hook":
        return Camera(
            rng.choice(("close", "extreme") if speakers else ("close", "medium")), "push", subject
        )
    if scene.operator == "reversal":
        framing = rng.choice(("close", "extreme", "close"))
        return Camera(framing, rng.choice(("push", "push", "breathe")), subject)
    if scene.operator == "cliffhanger":
        return Camera(
            rng.choice(("extreme", "close")) if speakers else "medium",
            rng.choice(("push", "pull")),
            subject,
        )
    if not speakers:
        framing = rng.choice(("wide", "wide", "medium"))
        return Camera(
            framing,
            rng.choice(("push", "pan_left", "pan_right", "rise")),
            None if framing == "wide" else subject,
        )
    if len(set(speakers)) > 1:
        return Camera(
            "wide" if len(present) > 2 else rng.choice(("wide", "medium")),
            rng.choice(("push", "hold")),
            None,
        )
    if any(
        line.verb in ("enter", "exit", "bow", "kneel", "fall", "drift", "give") for line in lines
    ):
        return Camera(rng.choice(("wide", "medium")), rng.choice(("hold", "push")), subject)
    framing = rng.choice(
        ("medium", "close", "close")
        if scene.tension >= 0.45
        else ("medium", "medium", "wide", "close")
    )
    move = rng.choice(
        ("shake", "push") if lines[0].emotion == "anger" else ("breathe", "push", "hold", "pull")
    )
    return Camera(framing, move, subject)
