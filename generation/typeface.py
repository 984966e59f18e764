"""The typeface that the stage writes with: LXGW WenKai, as one file that Skia can read.

The caller says where to look; this module knows only the folders of the system. Skia reads no
WOFF2, and the npm package ``lxgw-wenkai-webfont`` holds the typeface as 97 slices: they are merged
once, glyph by glyph (their outlines are copied as they are packed, nothing is hinted or laid out
anew), and the merged file is cached. Where Debian's ``fonts-lxgw-wenkai`` is installed its file is
used as it is.
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

# Where Debian's package puts the file, and where people put one by hand.
SYSTEM_FOLDERS: tuple[Path, ...] = (
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
    Path("/usr/share/fonts/truetype"),
)


class TypefaceNotFound(RuntimeError):
    """No folder holds the typeface; the message says where was looked and what to do."""


def find_typeface(folders: Sequence[Path], cache: Path) -> Path:
    """Return a TTF that holds LXGW WenKai, merging it in ``cache`` the first time (half a minute).

    ``folders`` are looked through in order; each is a folder of installed typefaces, a
    ``node_modules`` folder, or the npm package itself. Safe to call from several processes at once:
    one merges, the others wait. Raises ``TypefaceNotFound`` when no folder holds it.
    """
    for folder in folders:
        for name in INSTALLED:
            if (folder / name).is_file():
                return folder / name
    merged = cache / MERGED
    if merged.is_file():
        return merged
    for folder in folders:
        slices = sorted((_package(folder) / "files").glob(SLICES))
        if slices:
            return _merge_once(slices, merged)
    searched = ", ".join(str(folder) for folder in folders)
    raise TypefaceNotFound(
        f"LXGW WenKai was not found in: {searched}. "
        f"Run `npm install {PACKAGE}` in one of them, or `apt-get install fonts-lxgw-wenkai`."
    )


def _package(folder: Path) -> Path:
    return folder if folder.name == PACKAGE else folder / PACKAGE


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
