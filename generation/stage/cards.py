"""Title and ending cards with their seal, and the mark that says that the film is made by AI."""

from __future__ import annotations

from typing import Literal

import numpy as np
import skia

from generation.stage.brush import dry, fill, glow, line
from generation.stage.camera import HEIGHT, WIDTH
from generation.stage.lettering import Typeface, break_lines, outlined, printable
from generation.stage.motion import dice, smooth
from generation.stage.palette import CINNABAR, INK, PAPER
from generation.storyboard import Card, Hour, Mark


def mark_picture(typeface: Typeface, mark: Mark, width: int, height: int) -> skia.Picture:
    """Record the mark in pixels of a frame of ``width`` by ``height``. Raises ``ValueError`` if it
    has no letter, holds a character without ink or does not fit the frame.
    """
    text = printable(mark.text)
    letters = [letter for letter in text if not letter.isspace()]
    if not letters:
        raise ValueError("a mark needs text that can be drawn")
    probe = 100.0
    lowest = min(
        typeface.path(letter, probe, 0, 0).computeTightBounds().height() for letter in letters
    )
    if lowest <= 0:
        raise ValueError(f"the mark {text!r} holds a character without ink")
    size = mark.height_px / lowest * probe
    box = typeface.path(text, size, 0, 0).computeTightBounds()
    pad = size * 0.34
    if (
        box.width() + 2 * (pad + mark.margin) > width
        or box.height() + 2 * (pad + mark.margin) > height
    ):
        raise ValueError(
            f"the mark {text!r} at {mark.height_px:g} px does not fit a frame of {width}×{height}"
        )
    left = (
        mark.margin if mark.corner.endswith("left") else width - mark.margin - box.width() - 2 * pad
    )
    top = (
        mark.margin
        if mark.corner.startswith("top")
        else height - mark.margin - box.height() - 2 * pad
    )
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(0, 0, width, height))
    plate = skia.Rect(left, top, left + box.width() + 2 * pad, top + box.height() + 2 * pad)
    canvas.drawRoundRect(plate, pad * 0.5, pad * 0.5, fill(INK, 0.66))
    canvas.drawRoundRect(plate.makeInset(3, 3), pad * 0.4, pad * 0.4, line(PAPER, 1.2, 0.6))
    canvas.drawPath(
        typeface.path(text, size, left + pad - box.left(), top + pad - box.top()), fill(PAPER)
    )
    return recorder.finishRecordingAsPicture()


# Cells of a seal's characters by how many they are: middle x and y, width, height, in sides.
_SEAL_CELLS = {
    1: [(0.0, 0.0, 0.80, 0.80)],
    2: [(0.0, -0.235, 0.74, 0.44), (0.0, 0.235, 0.74, 0.44)],
    3: [(0.22, -0.22, 0.40, 0.42), (0.22, 0.22, 0.40, 0.42), (-0.22, 0.0, 0.40, 0.84)],
    4: [
        (0.22, -0.22, 0.41, 0.41),
        (0.22, 0.22, 0.41, 0.41),
        (-0.22, -0.22, 0.41, 0.41),
        (-0.22, 0.22, 0.41, 0.41),
    ],
}


def seal_picture(typeface: Typeface, text: str, side: float) -> skia.Picture:
    """Record a seal with sides of ``side`` units, cut with the first four characters of ``text``,
    read from the right column down; its middle is the origin.
    """
    characters = [character for character in printable(text) if not character.isspace()][:4]
    rng = dice("seal", "".join(characters))
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(-side, -side, side, side))
    stone = _chipped_stone(side, rng)
    canvas.drawPath(stone, fill(CINNABAR, 0.95))
    cut = fill(PAPER)
    canvas.drawPath(_frame(side), line(PAPER, side * 0.022, 0.95))
    for character, (x, y, wide, high) in zip(
        characters, _SEAL_CELLS.get(len(characters), ()), strict=True
    ):
        glyph = typeface.path(character, side, 0, 0)
        box = glyph.computeTightBounds()
        if box.isEmpty():
            continue
        matrix = skia.Matrix()
        matrix.setRectToRect(
            box,
            skia.Rect.MakeXYWH(
                (x - wide / 2) * side, (y - high / 2) * side, wide * side, high * side
            ),
            skia.Matrix.kFill_ScaleToFit,
        )
        glyph.transform(matrix)
        canvas.drawPath(glyph, cut)
        canvas.drawPath(glyph, line(PAPER, side * 0.016))
    _flaws(canvas, side, rng)
    return recorder.finishRecordingAsPicture()


def _chipped_stone(side: float, rng: np.random.Generator) -> skia.Path:
    half = side / 2
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    points = []
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        for step in range(9):
            t = step / 9
            chip = (rng.random() - 0.5) * side * (0.05 if rng.random() < 0.2 else 0.016)
            points.append(skia.Point(x0 + (x1 - x0) * t + chip, y0 + (y1 - y0) * t + chip))
    stone = skia.Path()
    stone.addPoly(points, True)
    return stone


def _flaws(canvas: skia.Canvas, side: float, rng: np.random.Generator) -> None:
    """Specks where the paste did not take, and where it ran."""
    for _ in range(46):
        x, y = (rng.random(2) - 0.5) * side * 0.98
        canvas.drawCircle(
            float(x),
            float(y),
            side * 0.004 + side * 0.011 * float(rng.random()) ** 2,
            fill(PAPER, 0.75),
        )
    for _ in range(30):
        x, y = (rng.random(2) - 0.5) * side * 0.9
        canvas.drawCircle(
            float(x),
            float(y),
            side * 0.006 + side * 0.008 * float(rng.random()),
            fill(CINNABAR, 0.8),
        )


def _frame(side: float) -> skia.Path:
    inset = side * 0.45
    frame = skia.Path()
    frame.addRect(skia.Rect(-inset, -inset, inset, inset))
    return frame


class CardPicture:
    """A card's words and seal, recorded once; ``draw`` lets them come like ink into paper."""

    def __init__(
        self, typeface: Typeface, card: Card, language: Literal["zh", "en"], hour: Hour
    ) -> None:
        self.card = card
        # Ink on the paper of a pale sky, paper on a dark one.
        pale = card.kind == "title" and hour in ("day", "dawn")
        self._ink, self._edge = (INK, PAPER) if pale else (PAPER, INK)
        self._words = self._record_words(typeface, language)
        self._seal = (
            seal_picture(typeface, card.seal, 104 if card.kind == "title" else 84)
            if printable(card.seal)
            else None
        )

    def _record_words(self, typeface: Typeface, language: Literal["zh", "en"]) -> skia.Picture:
        """Record the words and set where the seal goes: below them."""
        text = printable(self.card.text)
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect(0, 0, WIDTH, HEIGHT))
        title = self.card.kind == "title"
        if title and language == "zh" and len(text) <= 8 and not text.isascii():
            self.seal_at = self._write_columns(canvas, typeface, text)
        else:
            size, middle = (92.0, 430.0) if title else (76.0, 330.0)
            self.seal_at = self._write_lines(canvas, typeface, text, language, size, middle)
        return recorder.finishRecordingAsPicture()

    def _write_columns(
        self, canvas: skia.Canvas, typeface: Typeface, text: str
    ) -> tuple[float, float]:
        """Write up to eight characters downward, in two columns from six on; returns the seal's
        place.
        """
        half = (len(text) + 1) // 2
        columns = [text] if len(text) <= 5 else [text[:half], text[half:]]
        size = 128.0 if len(columns[0]) <= 4 else 112.0
        pitch = size * 1.12
        middle = 470.0
        canvas.drawCircle(WIDTH / 2, middle, 420, glow((WIDTH / 2, middle), 420, self._edge, 0.6))
        for index, column in enumerate(columns):
            x = WIDTH / 2 + (len(columns) - 1) * size * 0.62 - index * size * 1.24
            top = middle - pitch * len(column) / 2
            for row, character in enumerate(column):
                left = x - typeface.width(character, size) / 2
                glyph = typeface.path(character, size, left, top + pitch * row + size * 0.88)
                outlined(canvas, glyph, self._ink, 5.5, self._edge)
        return (
            WIDTH / 2 - (len(columns) - 1) * size * 0.62 + (110 if len(columns) == 1 else 0),
            middle + pitch * len(columns[0]) / 2 + 78,
        )

    def _write_lines(
        self,
        canvas: skia.Canvas,
        typeface: Typeface,
        text: str,
        language: Literal["zh", "en"],
        size: float,
        middle: float,
    ) -> tuple[float, float]:
        """Write up to three level lines over a dry stroke; returns the seal's place."""
        broken = break_lines(typeface, text, 500, size, language, max_lines=3)
        leading = broken.size * 1.3
        top = middle - leading * len(broken.lines) / 2
        foot = top + leading * len(broken.lines)
        canvas.save()
        canvas.translate(WIDTH / 2, (top + foot) / 2)
        canvas.scale(1, (foot - top + 380) / 960)
        canvas.drawCircle(0, 0, 480, glow((0, 0), 480, self._edge, 0.6))
        canvas.restore()
        points = [(90.0, foot + 26), (360.0, foot + 18), (640.0, foot + 30)]
        dry(canvas, points, 12, self._ink, 0.5, dice("card", text))
        for index, text_line in enumerate(broken.lines):
            x = (WIDTH - typeface.width(text_line, broken.size)) / 2
            y = top + leading * index + broken.size * 0.9
            glyph = typeface.path(text_line, broken.size, x, y)
            outlined(canvas, glyph, self._ink, 5, self._edge)
        return WIDTH / 2, foot + 108

    def draw(self, canvas: skia.Canvas, at: float) -> None:
        """Draw the card ``at`` seconds into its shot; nothing outside its span."""
        if not self.card.start <= at < self.card.end:
            return
        since, left = at - self.card.start, self.card.end - at
        shown = smooth(since / 0.55) * smooth(left / 0.4)
        canvas.save()
        canvas.translate(0, (1 - smooth(since / 0.9)) * 10)
        _faded(canvas, self._words, shown)
        canvas.restore()
        if self._seal is not None and since > 0.6:
            press = smooth((since - 0.6) / 0.16)
            canvas.save()
            canvas.translate(*self.seal_at)
            canvas.rotate(-3)
            canvas.scale(1.35 - 0.35 * press, 1.35 - 0.35 * press)
            _faded(canvas, self._seal, press * smooth(left / 0.4))
            canvas.restore()


def _faded(canvas: skia.Canvas, picture: skia.Picture, shown: float) -> None:
    if shown >= 0.995:
        canvas.drawPicture(picture)
    elif shown > 0.005:
        canvas.saveLayerAlpha(None, round(shown * 255))
        canvas.drawPicture(picture)
        canvas.restore()
