"""The typeface that the stage writes with: LXGW WenKai, as one file that Skia can read.

Skia reads no WOFF2, and the npm package holds the typeface as 97 slices. They are merged once, glyph by
glyph (their outlines are copied as they are packed, nothing is hinted or laid out anew), and the
merged file is kept. Where Debian's ``fonts-lxgw-wenkai`` is installed its file is used as it is.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PACKAGE = "lxgw-wenkai-webfont"
SLICES = "lxgwwenkai-regular-subset-*.woff2"
MERGED = "LXGWWenKai-Regular.ttf"
INSTALLED = ("LXGWWenKai-Regular.ttf", "LXGWWenKaiGB-Regular.ttf", "lxgw-wenkai.ttc")

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES: tuple[Path, ...] = (
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
    Path("/usr/share/fonts/truetype"),
    REPOSITORY / "frontend" / "node_modules",
    REPOSITORY / "node_modules",
)


class TypefaceNotFound(RuntimeError):
    """No folder among the sources holds the typeface; the message says where was looked and what to
    do.
    """


def find_typeface(var: Path, sources: Sequence[Path] = SOURCES) -> Path:
    """Return a TTF that holds LXGW WenKai, merging it under ``var/face/`` the first time (some
    seconds).

    ``sources`` are looked through in order; each is a folder of installed faces, a ``node_modules``
    folder, or the npm package itself. Safe to call from several processes at once: one merges, the
    others wait. Raises ``TypefaceNotFound`` when no source holds it.
    """
    for source in sources:
        for name in INSTALLED:
            if (source / name).is_file():
                return source / name
    merged = var / "face" / MERGED
    if merged.is_file():
        return merged
    for source in sources:
        slices = sorted((_package(source) / "files").glob(SLICES))
        if slices:
            return _merge_once(slices, merged)
    looked = ", ".join(str(source) for source in sources)
    raise TypefaceNotFound(
        f"LXGW WenKai was not found in: {looked}. "
        f"Run `npm install {PACKAGE}` in one of them, or `apt-get install fonts-lxgw-wenkai`."
    )


def _package(source: Path) -> Path:
    return source if source.name == PACKAGE else source / PACKAGE


def _merge_once(slices: Sequence[Path], merged: Path) -> Path:
    merged.parent.mkdir(parents=True, exist_ok=True)
    with (merged.parent / f"{MERGED}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not merged.is_file():
            part = merged.with_suffix(f".{os.getpid()}.part")
            try:
                merge_slices(slices, part)
                part.replace(merged)
            finally:
                part.unlink(missing_ok=True)
    return merged


def merge_slices(slices: Sequence[Path], out: Path) -> None:
    """Write the glyphs of all ``slices`` (WOFF2 with TrueType outlines) as one TTF with one
    character map.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont

    order, glyphs, metrics, characters = [".notdef"], {}, {}, {}
    head: Any = None
    for path in slices:
        font = TTFont(path, lazy=True)
        if head is None:
            head = font
            glyphs[".notdef"], metrics[".notdef"] = font["glyf"][".notdef"], font["hmtx"][".notdef"]
        for character, name, glyph, advance in _outlines(font):
            if character in characters:
                continue
            characters[character] = name
            order.append(name)
            glyphs[name], metrics[name] = glyph, advance
    builder = FontBuilder(head["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(characters)
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=head["hhea"].ascent, descent=head["hhea"].descent)
    builder.setupNameTable({"familyName": "LXGW WenKai", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=head["hhea"].ascent, sTypoDescender=head["hhea"].descent)
    builder.setupPost(keepGlyphNames=False)
    builder.save(out)


def _outlines(font: Any) -> Iterator[tuple[int, str, Any, tuple[int, int]]]:
    """Give character, a name that no other slice uses, outline without references, and (advance,
    bearing).
    """
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyf, hmtx = font["glyf"], font["hmtx"]
    for character, old in sorted(font.getBestCmap().items()):
        glyph = glyf[old]
        if glyph.isComposite():
            flat = DecomposingRecordingPen(font.getGlyphSet())
            font.getGlyphSet()[old].draw(flat)
            pen = TTGlyphPen(None)
            flat.replay(pen)
            glyph = pen.glyph()
            glyph.recalcBounds(glyf)
        yield character, f"u{character:05X}", glyph, hmtx[old]
