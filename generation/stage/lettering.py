"""Words on the picture: a stand-in for what the typeface lacks, line breaking, and the area where
subtitles are safe.

Text that reaches this module comes from people. It is drawn, never interpreted: control characters,
joiners and colour pictographs (which no outline typeface holds) are left out.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import skia

from generation.stage.camera import HEIGHT, WIDTH
from generation.stage.palette import INK, PAPER, Colour, argb

# The viewer's phone. A 9:16 film on a 390×844 screen with `object-fit: cover` is scaled to 844
# high, 475 wide: 42 px (64 units) are cut off on each side. What is left carries the app's
# controls: the title, the reason and the episode bar cover the bottom 24 %, the column of buttons
# the right 16 %.
SCREEN_WIDTH, SCREEN_HEIGHT = 390, 844
CONTROLS_BOTTOM, CONTROLS_RIGHT = 0.24, 0.16
_CUT = (WIDTH - SCREEN_WIDTH * HEIGHT / SCREEN_HEIGHT) / 2
SAFE_LEFT = _CUT + 18
SAFE_RIGHT = WIDTH - _CUT - CONTROLS_RIGHT * (WIDTH - 2 * _CUT)
SAFE_BOTTOM = HEIGHT * (1 - CONTROLS_BOTTOM)

# Letter heights and the outline's width in frame units, chosen by hand for that screen.
SIZE = {"zh": 43.0, "en": 37.0}
MIN_SIZE = 22.0
OUTLINE = 5.0
GETA = "〓"  # what a printer sets for a sort that he does not have
NO_START = set("，。！？；：、”’）】》…—·,.!?;:)]}%")
NO_END = set("“‘（【《([{")

Glyph = tuple[str, "skia.Font"]


class Typeface:
    """The typeface that words are set in, with a stand-in for characters that it lacks.

    Raises ``ValueError`` when the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.typeface = skia.Typeface.MakeFromFile(str(path))
        if self.typeface is None:
            raise ValueError(f"{path} is not a typeface that can be read")
        self._system = skia.FontMgr.RefDefault()
        self._fonts: dict[tuple[int, float], skia.Font] = {}

    def font(self, size: float, typeface: skia.Typeface | None = None) -> skia.Font:
        """Return the typeface (or a stand-in) at ``size`` units, unhinted, at subpixel places."""
        typeface = typeface or self.typeface
        key = (typeface.uniqueID(), size)
        if key not in self._fonts:
            font = skia.Font(typeface, size)
            font.setSubpixel(True)
            font.setHinting(skia.FontHinting.kNone)
            self._fonts[key] = font
        return self._fonts[key]

    def runs(self, text: str, size: float) -> list[Glyph]:
        """Split ``text`` into pieces and the font that holds each. What no font holds becomes
        〓.
        """
        pieces: list[Glyph] = []
        for character in printable(text):
            font = self.font(size)
            if not font.unicharToGlyph(ord(character)) and not character.isspace():
                other = self._system.matchFamilyStyleCharacter(
                    "", skia.FontStyle(), ["zh"], ord(character)
                )
                if other is not None and other.unicharToGlyph(ord(character)):
                    font = self.font(size, other)
                else:
                    character = GETA  # noqa: PLW2901
            if pieces and pieces[-1][1] is font:
                pieces[-1] = (pieces[-1][0] + character, font)
            else:
                pieces.append((character, font))
        return pieces

    def width(self, text: str, size: float) -> float:
        """Advance of ``text`` in units."""
        return float(sum(font.measureText(piece) for piece, font in self.runs(text, size)))

    def path(self, text: str, size: float, x: float, y: float) -> skia.Path:
        """Return the outlines of ``text`` with its baseline starting at (x, y)."""
        outline = skia.Path()
        for piece, font in self.runs(text, size):
            glyphs = font.textToGlyphs(piece)
            for glyph, width in zip(glyphs, font.getWidths(glyphs), strict=True):
                shape = font.getPath(glyph)
                if shape is not None:
                    shape.offset(x, y)
                    outline.addPath(shape)
                x += width
        return outline


def printable(text: str) -> str:
    """Return ``text`` without what cannot be drawn as an outline; white space becomes single
    spaces.
    """
    drawable = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        pictograph = ord(character) >= 0x1F000 and ord(character) < 0x20000
        if character.isspace():
            drawable.append(" ")
        elif (
            kind[0] == "C"
            or kind in ("Mn", "Me", "Sk")
            or pictograph
            or 0x2600 <= ord(character) < 0x27C0
        ):
            continue
        else:
            drawable.append(character)
    return " ".join("".join(drawable).split())


@dataclass(frozen=True)
class BrokenText:
    """A text broken into lines, and the size at which they fit."""

    lines: tuple[str, ...]
    size: float


def break_lines(
    typeface: Typeface,
    text: str,
    width: float,
    size: float,
    language: Literal["zh", "en"],
    max_lines: int = 2,
) -> BrokenText:
    """Break ``text`` into at most ``max_lines`` lines no wider than ``width`` units, shrinking it
    from ``size`` units as far as needed, at least to ``MIN_SIZE``.

    Lines are of about equal length; Chinese breaks after punctuation where it can and never puts a
    closing mark first or an opening one last; English breaks between words. What does not fit at
    the smallest size ends in “…”.
    """
    text = printable(text)
    while True:
        total = typeface.width(text, size)
        if total <= width:
            return BrokenText((text,), size)
        pieces = _pieces(text, language)
        for count in range(2, max_lines + 1):
            lines = _even(typeface, pieces, count, size, width)
            if lines is not None:
                return BrokenText(tuple(lines), size)
        if size <= MIN_SIZE:
            break
        size = max(MIN_SIZE, size * 0.92)
    return BrokenText(tuple(_forced(typeface, text, width, size, max_lines)), size)


def _pieces(text: str, language: str) -> list[str]:
    """Split into what must not be parted: words, and characters with the marks that cling to
    them.
    """
    pieces: list[str] = []
    for character in text:
        latin_run = pieces and _latin(character) and _latin(pieces[-1][-1])
        clings = pieces and (character in NO_START or pieces[-1][-1] in NO_END or character == " ")
        if clings or latin_run:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _latin(character: str) -> bool:
    return (character.isalnum() and ord(character) < 0x2E80) or character in "'’-&@#"


def _even(
    typeface: Typeface, pieces: list[str], count: int, size: float, width: float
) -> list[str] | None:
    """Return ``count`` lines (two are balanced, preferring to part after a mark), or None if they
    do not fit.
    """
    widths = [typeface.width(piece, size) for piece in pieces]
    if count == 2:
        best, found, whole, left = float("inf"), 0, sum(widths), 0.0
        for index in range(1, len(pieces)):
            left += widths[index - 1]
            if max(left, whole - left) > width:
                continue
            after_mark = pieces[index - 1].rstrip()[-1:] in NO_START
            # Two lines of quite unequal length read better than a clause that is parted.
            uneven = abs(whole - 2 * left)
            cost = 0.15 * uneven if after_mark else uneven + 0.1 * whole
            if cost < best:
                best, found = cost, index
        return ["".join(pieces[:found]).strip(), "".join(pieces[found:]).strip()] if found else None
    lines, current, room = [], "", 0.0
    for piece, span in zip(pieces, widths, strict=True):
        if current and room + span > width:
            lines.append(current.strip())
            current, room = "", 0.0
        current, room = current + piece, room + span
    lines.append(current.strip())
    return (
        lines
        if len(lines) <= count and all(typeface.width(line, size) <= width for line in lines)
        else None
    )


def _forced(typeface: Typeface, text: str, width: float, size: float, max_lines: int) -> list[str]:
    lines: list[str] = []
    rest = text
    for index in range(max_lines):
        last = index == max_lines - 1
        end = len(rest)
        while (
            end > 1
            and typeface.width(rest[:end].strip() + ("…" if last and end < len(rest) else ""), size)
            > width
        ):
            end -= 1
        lines.append(rest[:end].strip() + ("…" if last and end < len(rest) else ""))
        rest = rest[end:]
        if not rest:
            break
    return lines


@dataclass(frozen=True)
class Page:
    """What of a subtitle is shown at a time: from the share ``start`` of its cue on, until the next
    page.
    """

    start: float
    picture: skia.Picture


def subtitle(typeface: Typeface, text: str, language: Literal["zh", "en"]) -> tuple[Page, ...]:
    """Record a subtitle in frame units: paper-coloured, outlined in ink, centred in the safe area,
    at its foot.

    What takes more than two lines at full size is shown in pages, each for its share of the
    characters. Returns no page for a text without anything to draw.
    """
    size, width = SIZE[language], SAFE_RIGHT - SAFE_LEFT - 2 * OUTLINE
    parts = _paged(typeface, printable(text), width, size, language)
    whole, start, pages = max(1, sum(len(part) for part in parts)), 0, []
    for part in parts:
        pages.append(
            Page(
                start / whole,
                _lines_picture(typeface, break_lines(typeface, part, width, size, language)),
            )
        )
        start += len(part)
    return tuple(pages)


def _paged(
    typeface: Typeface, text: str, width: float, size: float, language: Literal["zh", "en"]
) -> list[str]:
    """Part a text into pieces that fit two lines, as even as can be, preferably after a mark."""
    if not text:
        return []
    # Two even lines never fill their width to the last unit.
    room = width * (1.84 if language == "zh" else 1.7)
    pages, held = [""], 0.0
    for clause in _clauses(text, language):
        for part in _even_parts(typeface, clause, room, size, language):
            span = typeface.width(part, size)
            if pages[-1] and held + span > room:
                pages.append("")
                held = 0.0
            pages[-1], held = pages[-1] + part, held + span
    return [page.strip() for page in pages if page.strip()]


def _clauses(text: str, language: Literal["zh", "en"]) -> list[str]:
    """Part a text after its marks."""
    clauses = [""]
    for piece in _pieces(text, language):
        clauses[-1] += piece
        if piece.rstrip()[-1:] in NO_START:
            clauses.append("")
    return [clause for clause in clauses if clause]


def _even_parts(
    typeface: Typeface, clause: str, room: float, size: float, language: Literal["zh", "en"]
) -> list[str]:
    """Return the clause, or as many about equal parts of it as it takes to fit each into
    ``room``.
    """
    whole = typeface.width(clause, size)
    count = math.ceil(whole / room)
    parts, held = [""], 0.0
    for piece in _pieces(clause, language):
        span = typeface.width(piece, size)
        if parts[-1] and held + span > whole / count * 1.02 and len(parts) < count:
            parts.append("")
            held = 0.0
        parts[-1], held = parts[-1] + piece, held + span
    return parts


def _lines_picture(typeface: Typeface, broken: BrokenText) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(0, 0, WIDTH, HEIGHT))
    leading = broken.size * 1.28
    baseline = SAFE_BOTTOM - broken.size * 0.42 - leading * (len(broken.lines) - 1)
    for text_line in broken.lines:
        x = (SAFE_LEFT + SAFE_RIGHT - typeface.width(text_line, broken.size)) / 2
        outlined(canvas, typeface.path(text_line, broken.size, x, baseline), PAPER, OUTLINE)
        baseline += leading
    return recorder.finishRecordingAsPicture()


def outlined(
    canvas: skia.Canvas, path: skia.Path, colour: Colour, width: float, edge_colour: Colour = INK
) -> None:
    """Draw letters in ``colour``, a little bolder than cut, on an outline ``width`` units wide."""
    around, body = skia.Path(), skia.Path()
    edge = skia.Paint(
        Style=skia.Paint.kStroke_Style, StrokeWidth=width * 2, StrokeJoin=skia.Paint.kRound_Join
    )  # fmt: skip
    edge.getFillPath(path, around)
    skia.Paint(Style=skia.Paint.kStrokeAndFill_Style, StrokeWidth=1.1).getFillPath(path, body)
    canvas.drawPath(around, skia.Paint(AntiAlias=True, Color=argb(edge_colour, 0.86)))
    canvas.drawPath(body, skia.Paint(AntiAlias=True, Color=argb(colour)))
