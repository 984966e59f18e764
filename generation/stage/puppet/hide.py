"""Hide: how a cut-out part is dyed, outlined, lit along its edge and pierced."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from generation.stage.brush import Point, fill, line
from generation.stage.palette import DYES, INK, LIGHTS, Colour, Dye, Light, argb, blend
from generation.storyboard import Hour, Robe

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Workshop:
    """The dyes and the light that one puppet is made for."""

    dye: Dye
    light: Light
    through: Colour

    @classmethod
    def of(cls, robe: Robe, hour: Hour) -> Workshop:
        """Return the workshop for a robe at an hour: dyes darken with the hour, the light through the cuts stays."""
        light, dye = LIGHTS[hour], DYES[robe]
        dyed = Dye(*(blend(getattr(dye, name), INK, light.shade) for name in ("cloth", "deep", "trim", "accent", "lining")))
        return cls(dyed, light, light.through)

    def shaded(self, colour: Colour) -> Colour:
        """Return a colour as it looks at this hour."""
        return blend(colour, INK, self.light.shade * 0.6)

    def dye_part(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, deep: Colour, box: Box, *,
                 outline: float = 2.2, rim: float = 0.55) -> None:  # fmt: skip
        """Draw a part: a lit rim around it, hide that glows in the middle and is dark at its sides, an inked edge."""
        if rim:
            canvas.drawPath(path, line(self.light.rim, outline + 3.6, rim))
        left, top, right, bottom = box
        lit = blend(colour, self.through, 0.22)
        stops = [argb(deep), argb(colour), argb(lit), argb(colour), argb(deep)]
        shader = skia.GradientShader.MakeLinear([(left, top), (right, top + (bottom - top) * 0.25)], stops, [0, 0.26, 0.56, 0.8, 1])
        canvas.drawPath(path, fill(colour, 1.0, shader))
        canvas.drawPath(path, line(blend(deep, INK, 0.75), outline))

    def pierce(self, canvas: skia.Canvas, cuts: skia.Path, alpha: float = 0.95) -> None:
        """Let the light through ``cuts``; their edge is burnt dark."""
        canvas.drawPath(cuts, line(INK, 1.3, 0.5))
        canvas.drawPath(cuts, fill(self.through, alpha))

    def slits(self, canvas: skia.Canvas, strokes: list[list[Point]], width: float = 1.6, alpha: float = 0.9) -> None:
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
    """Return a closed path: the first pair starts; then 2 numbers draw a line, 4 a quadratic, 6 a cubic."""
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


def record(draw: object, box: Box = (-300, -300, 300, 300)) -> skia.Picture:
    """Record what ``draw(canvas)`` draws."""
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(*box))
    draw(canvas)  # type: ignore[operator]
    return recorder.finishRecordingAsPicture()
