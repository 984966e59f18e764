"""Hide: how a cut-out part is dyed, outlined, lit along its edge and pierced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import skia

from generation.stage.brush import Point, fill, line
from generation.stage.palette import DYES, INK, LIGHTS, Colour, Dye, Light, blend
from generation.storyboard import Hour, Robe

# The dye goes on in layers 晕染, each narrower and lighter than the one below. Flat layers cost a
# hundredth of a gradient's time per pixel, and look like what dyers do.
SHADES = (
    (0.94, "deep", "colour", 0.28), (0.86, "deep", "colour", 0.52), (0.77, "deep", "colour", 0.76),
    (0.66, "colour", "lit", 0.0),
    (0.50, "colour", "lit", 0.3), (0.35, "colour", "lit", 0.6), (0.19, "colour", "lit", 1.0),
)  # fmt: skip
Box = tuple[float, float, float, float]


Canvas = Any  # a skia.Canvas, or a ClippedCanvas that stands in for one


class ClippedCanvas:
    """Draws onto a canvas inside an outline only, by cutting the geometry of each shape once, when
    it is recorded.

    A clip would be applied anew in each frame, and costs more there than everything that it clips.
    """

    def __init__(self, canvas: Canvas, outline: skia.Path) -> None:
        self._canvas: skia.Canvas = canvas._canvas if isinstance(canvas, ClippedCanvas) else canvas
        self._outline = outline

    def drawPath(self, path: skia.Path, paint: skia.Paint) -> None:
        """Draw the part of ``path`` that lies inside."""
        filled = skia.Path(path)
        if paint.getStyle() != skia.Paint.kFill_Style:
            paint.getFillPath(path, filled)
            paint = skia.Paint(paint)
            paint.setStyle(skia.Paint.kFill_Style)
        try:
            self._canvas.drawPath(
                skia.Op(filled, self._outline, skia.PathOp.kIntersect_PathOp), paint
            )
        except RuntimeError:  # Skia gives up on some tangles; the clip is slower, not wrong
            self._canvas.save()
            self._canvas.clipPath(self._outline, doAntiAlias=True)
            self._canvas.drawPath(filled, paint)
            self._canvas.restore()

    def drawRect(self, rect: skia.Rect, paint: skia.Paint) -> None:
        """Draw the part of a rectangle that lies inside."""
        path = skia.Path()
        path.addRect(rect)
        self.drawPath(path, paint)

    def drawCircle(self, x: float, y: float, radius: float, paint: skia.Paint) -> None:
        """Draw the part of a circle that lies inside."""
        path = skia.Path()
        path.addCircle(x, y, radius)
        self.drawPath(path, paint)


@dataclass(frozen=True)
class Material:
    """The dyes and the light that one puppet is made for."""

    dye: Dye
    light: Light
    through: Colour

    @classmethod
    def of(cls, robe: Robe, hour: Hour) -> Material:
        """Return the material for a robe at an hour: dyes darken with the hour, the light through
        the cuts stays.
        """
        light, dye = LIGHTS[hour], DYES[robe]
        dyed = Dye(
            *(
                blend(getattr(dye, name), INK, light.shade)
                for name in ("cloth", "deep", "trim", "accent", "lining")
            )
        )
        return cls(dyed, light, light.through)

    def shaded(self, colour: Colour) -> Colour:
        """Return a colour as it looks at this hour."""
        return blend(colour, INK, self.light.shade * 0.6)

    def dye_part(self, canvas: Canvas, path: skia.Path, colour: Colour, deep: Colour, box: Box, *,
                 outline: float = 2.2, rim: float = 0.55) -> None:  # fmt: skip
        """Draw a part: a lit rim around it, hide that glows in the middle and is dark at its sides,
        an inked edge.
        """
        if rim:
            canvas.drawPath(path, line(self.light.rim, outline + 3.6, rim))
        left, _, right, _ = box
        middle = left + (right - left) * 0.55
        lit = blend(colour, self.through, 0.26)
        canvas.drawPath(path, fill(deep))
        within = ClippedCanvas(canvas, path)
        for share, base, over, amount in SHADES:
            core = skia.Path(path)
            matrix = skia.Matrix()
            matrix.setScale(share, 1.0, middle, 0)
            core.transform(matrix)
            tone = blend(
                {"deep": deep, "colour": colour}[base], {"colour": colour, "lit": lit}[over], amount
            )
            within.drawPath(core, fill(tone))
        canvas.drawPath(path, line(blend(deep, INK, 0.75), outline))

    def pierce(self, canvas: Canvas, cuts: skia.Path, alpha: float = 0.95) -> None:
        """Let the light through ``cuts``; their edge is burnt dark."""
        canvas.drawPath(cuts, line(INK, 1.3, 0.5))
        canvas.drawPath(cuts, fill(self.through, alpha))

    def slits(
        self, canvas: Canvas, strokes: list[list[Point]], width: float = 1.6, alpha: float = 0.9
    ) -> None:
        """Cut thin lines."""
        path = skia.Path()
        for points in strokes:
            path.moveTo(*points[0])
            if len(points) == 3:
                path.quadTo(*points[1], *points[2])
            elif len(points) == 4:
                path.cubicTo(*points[1], *points[2], *points[3])
            else:
                path.lineTo(*points[1])
        canvas.drawPath(path, line(INK, width + 1.4, 0.4))
        canvas.drawPath(path, line(self.through, width, alpha))


def shape(*segments: tuple[float, ...]) -> skia.Path:
    """Return a closed path: the first pair starts; then 2 numbers draw a line, 4 a quadratic, 6 a
    cubic.
    """
    path = skia.Path()
    path.moveTo(*segments[0])
    for segment in segments[1:]:
        if len(segment) == 2:
            path.lineTo(*segment)
        elif len(segment) == 4:
            path.quadTo(*segment)
        else:
            path.cubicTo(*segment)
    path.close()
    return path


def record(draw: Callable[[skia.Canvas], None], box: Box = (-300, -300, 300, 300)) -> skia.Picture:
    """Record what ``draw(canvas)`` draws."""
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(*box))
    draw(canvas)
    return recorder.finishRecordingAsPicture()
