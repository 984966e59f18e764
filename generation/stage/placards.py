"""Names of what the stage cannot draw: a placard in a puppet's hand, a place's board at the side.

Both are the shadow play's own way: a sheet with the word on it is that thing.
"""

from __future__ import annotations

from typing import Literal

import skia

from generation.stage.brush import fill, line
from generation.stage.lettering import SAFE_RIGHT, Typeface, break_lines, outlined, printable
from generation.stage.palette import CINNABAR, GOLD, INK, PAPER, blend

_WOOD = (112, 58, 34)
_MAX_COLUMN = 6  # Chinese characters in one column


def placard_picture(typeface: Typeface, text: str, language: Literal["zh", "en"]) -> skia.Picture:
    """Record a placard on its stick; the hand that holds it is the origin, up is up."""
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(-220, -420, 220, 80))
    words = _Words(typeface, text, language, 46.0 if language == "zh" else 34.0, 250)
    wide, high = words.width + 34, words.height + 34
    foot = -54.0
    canvas.drawLine(0, 40, 0, foot, line(INK, 8))
    canvas.drawLine(0, 40, 0, foot, line(_WOOD, 5))
    sheet = skia.Rect(-wide / 2, foot - high, wide / 2, foot)
    canvas.drawRoundRect(sheet.makeOutset(4, 4), 9, 9, fill(INK))
    canvas.drawRoundRect(sheet.makeOutset(2, 2), 8, 8, fill(_WOOD))
    canvas.drawRoundRect(sheet.makeInset(4, 4), 5, 5, fill(PAPER))
    canvas.drawRoundRect(sheet.makeInset(9, 9), 3, 3, line(CINNABAR, 1.6, 0.8))
    words.draw(canvas, 0, foot - high / 2, plain=True)
    return recorder.finishRecordingAsPicture()


def board_picture(typeface: Typeface, text: str, language: Literal["zh", "en"]) -> skia.Picture:
    """Record a place's board in frame units: it hangs by two cords from the top, at the side where
    neither the mark nor the controls are.
    """
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(0, 0, 720, 1280))
    words = _Words(typeface, text, language, 42.0 if language == "zh" else 32.0, 240)
    wide, high = words.width + 44, words.height + 44
    right = SAFE_RIGHT + 40
    left, top = right - wide, 150.0
    for x in (left + 22, right - 22):
        canvas.drawLine(x, -20, x, top, line(INK, 5))
        canvas.drawLine(x, -20, x, top, line(blend(CINNABAR, GOLD, 0.3), 2.6))
    plate = skia.Rect(left, top, right, top + high)
    canvas.drawRoundRect(plate.makeOutset(5, 5), 12, 12, fill(INK, 0.9))
    canvas.drawRoundRect(plate, 10, 10, fill(blend(_WOOD, INK, 0.35)))
    canvas.drawRoundRect(plate.makeInset(7, 7), 6, 6, line(GOLD, 2.2, 0.9))
    words.draw(canvas, (left + right) / 2, top + high / 2, plain=False)
    return recorder.finishRecordingAsPicture()


class _Words:
    """Words set in columns (Chinese) or lines, and how much room they take."""

    def __init__(
        self,
        typeface: Typeface,
        text: str,
        language: Literal["zh", "en"],
        size: float,
        width: float,
    ) -> None:
        self._typeface = typeface
        text = printable(text)
        self.columns: tuple[str, ...] = ()
        if language == "zh" and not text.isascii() and len(text) <= 2 * _MAX_COLUMN:
            half = len(text) if len(text) <= _MAX_COLUMN else (len(text) + 1) // 2
            self.columns = tuple(part for part in (text[:half], text[half:]) if part)
            self.size = size
            self.width = size * 1.12 * len(self.columns)
            self.height = size * 1.1 * len(self.columns[0])
        else:
            broken = break_lines(typeface, text, width, size, language, max_lines=3)
            self.lines, self.size = broken.lines, broken.size
            self.width = max(typeface.width(words, self.size) for words in self.lines)
            self.height = self.size * 1.2 * len(self.lines)

    def draw(self, canvas: skia.Canvas, x: float, y: float, *, plain: bool) -> None:
        """Draw them around (``x``, ``y``): ink on paper when ``plain``, else gold on wood."""
        for path in self._paths(x, y):
            if plain:
                canvas.drawPath(path, fill(INK))
            else:
                outlined(canvas, path, GOLD, 2.0, INK)

    def _paths(self, x: float, y: float) -> list[skia.Path]:
        size, typeface = self.size, self._typeface
        paths = []
        for index, column in enumerate(self.columns):
            middle = x + ((len(self.columns) - 1) / 2 - index) * size * 1.12
            for row, character in enumerate(column):
                left = middle - typeface.width(character, size) / 2
                base = y - self.height / 2 + size * 1.1 * row + size * 0.92
                paths.append(typeface.path(character, size, left, base))
        if not self.columns:
            for row, words in enumerate(self.lines):
                left = x - typeface.width(words, size) / 2
                base = y - self.height / 2 + size * 1.2 * row + size * 0.92
                paths.append(typeface.path(words, size, left, base))
        return paths
