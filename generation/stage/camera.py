"""Where the camera looks: framings, moves with easing, and how each depth of the set follows.

All lengths are stage units: the frame is 720 wide, the ground line lies at ``GROUND`` below the
top.
"""

from __future__ import annotations

from dataclasses import dataclass

from generation.stage.motion import clamp, mix, phase_of, smooth, wander
from generation.storyboard import Camera, Framing

WIDTH = 720.0
HEIGHT = 1280.0
GROUND = 1030.0
# How far a set is painted beyond the frame on each side, so that pans and rises find something
# there.
SIDE = 170.0
OVER = 120.0
UNDER = 90.0

ZOOM: dict[Framing, float] = {"wide": 1.0, "medium": 1.62, "close": 2.75, "extreme": 4.2}
# Share of the frame's height at which the subject's eyes stand.
EYES: dict[Framing, float] = {"wide": 0.5, "medium": 0.36, "close": 0.40, "extreme": 0.42}


@dataclass(frozen=True)
class View:
    """The stage point in the middle of the frame, and how much larger than life it is seen."""

    x: float
    y: float
    zoom: float

    def at_depth(self, depth: float) -> tuple[float, float, float]:
        """Return scale and offset (units) for a layer: depth 0 never moves, 1 moves with the
        actors.
        """
        zoom = float(self.zoom**depth)
        x = WIDTH / 2 + (self.x - WIDTH / 2) * depth
        y = HEIGHT / 2 + (self.y - HEIGHT / 2) * depth
        return zoom, WIDTH / 2 - x * zoom, HEIGHT / 2 - y * zoom


@dataclass(frozen=True)
class Subject:
    """What the camera looks at: the eyes' place on the stage, where they look (1 right, -1 left, 0
    straight), and the middle of all who are on the stage, whom a medium framing takes in.
    """

    x: float
    y: float
    facing: float
    company: float


def view_at(camera: Camera, subject: Subject | None, at: float, duration: float, seed: int) -> View:
    """The view ``at`` seconds into a shot of ``duration`` seconds. ``subject`` None: the middle of
    the frame, less near.
    """
    share = smooth(at / duration) * 0.85 + clamp(at / duration) * 0.15
    phase = phase_of(seed, "camera")
    if subject is None:
        zoom = {"wide": 1.0, "medium": 1.16, "close": 1.34, "extreme": 1.6}[camera.framing]
        x, y = WIDTH / 2, HEIGHT / 2 + (zoom - 1) * 210
    else:
        zoom = ZOOM[camera.framing]
        # Room in front of the face: the subject stands a little behind the middle.
        lead = WIDTH * 0.03 * subject.facing / zoom
        x = subject.x + lead
        y = subject.y + HEIGHT * (0.5 - EYES[camera.framing]) / zoom
        if camera.framing == "medium":
            x = mix(x, x + clamp(subject.company - x, -150, 150), 0.62)
        if camera.framing == "wide":
            x, y = mix(WIDTH / 2, x, 0.25), HEIGHT / 2
    x, y, zoom = _moved(camera, share, at, phase, View(x, y, zoom))
    return _inside(View(x, y, zoom))


def _moved(
    camera: Camera, share: float, at: float, phase: float, base: View
) -> tuple[float, float, float]:
    x, y, zoom = base.x, base.y, base.zoom
    reach = 1.0 / zoom
    match camera.move:
        case "push":
            zoom *= mix(1.0, 1.22, share)
        case "pull":
            zoom *= mix(1.24, 1.0, share)
        case "pan_left":
            x += mix(110, -110, share) * reach
        case "pan_right":
            x += mix(-110, 110, share) * reach
        case "rise":
            y += mix(90, -90, share) * reach
        case "shake":
            beat = max(0.25, 1.0 - at * 0.7)
            x += wander(at * 9, phase) * 13 * beat * reach
            y += wander(at * 8, phase + 2) * 10 * beat * reach
            zoom *= 1.04
        case "breathe":
            zoom *= 1.02 + 0.018 * wander(at, phase, 0.8)
            x += wander(at, phase + 1, 0.5) * 9 * reach
            y += wander(at, phase + 4, 0.6) * 7 * reach
        case "hold":
            pass
    return x, y, zoom


def _inside(view: View) -> View:
    half_w, half_h = WIDTH / 2 / view.zoom, HEIGHT / 2 / view.zoom
    x = clamp(view.x, half_w - SIDE, WIDTH + SIDE - half_w)
    y = clamp(view.y, half_h - OVER, HEIGHT + UNDER - half_h)
    return View(x, y, view.zoom)
