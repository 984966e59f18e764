"""The still pictures of a film: its poster, and the hover sprite of a time line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

POSTER, SPRITE = "poster.webp", "sprite.webp"
MAX_TILES, COLUMNS, TILE_SIDE = 100, 10, 90
_CANDIDATES = 40


class StillCollector:
    """Watches the frames of a film go by, and keeps what its poster and sprite are made of.

    ``seconds`` is the film's expected length. FrameReader are given in order, all of one size.
    """

    def __init__(self, seconds: float) -> None:
        self.interval = max(1.0, float(np.ceil(seconds / MAX_TILES)))
        self._candidate_step = max(0.2, seconds * 0.7 / _CANDIDATES)
        self._next_candidate, self._next_tile = 0.0, 0.0
        self._best: tuple[float, av.VideoFrame] | None = None
        self._tiles: list[Image.Image] = []

    def see(self, time: float, frame: av.VideoFrame, full: av.VideoFrame) -> None:
        """Take notice of ``frame`` at ``time`` seconds; ``full`` is the same picture in the
        poster's size.
        """
        if time >= self._next_tile - 1e-6 and len(self._tiles) < MAX_TILES:
            self._next_tile += self.interval
            scale = TILE_SIDE / min(frame.width, frame.height)
            size = {
                "width": 2 * round(frame.width * scale / 2),
                "height": 2 * round(frame.height * scale / 2),
            }
            self._tiles.append(frame.reformat(**size, format="rgb24").to_image())
        if time >= self._next_candidate and len(self._tiles):
            self._next_candidate += self._candidate_step
            score = liveliness(frame) * (
                0.8 if time < 1 else 1.0
            )  # titles and fades stand at the start
            if self._next_candidate <= self._candidate_step * (_CANDIDATES + 1) and (
                self._best is None or score > self._best[0]
            ):
                self._best = (score, full)

    def save(self, folder: Path) -> dict[str, Any]:
        """Write the poster and the sprite into ``folder``, and return the sprite's layout.

        ``columns`` and ``rows`` of tiles, ``interval_ms`` between them, ``width`` and ``height``
        of one tile in pixels.
        """
        assert self._best is not None
        self._best[1].to_image().save(folder / POSTER, "WEBP", quality=80, method=4)
        width, height = self._tiles[0].size
        columns = min(COLUMNS, len(self._tiles))
        rows = -(-len(self._tiles) // columns)
        sheet = Image.new("RGB", (columns * width, rows * height))
        for index, tile in enumerate(self._tiles):
            sheet.paste(tile, (index % columns * width, index // columns * height))
        sheet.save(folder / SPRITE, "WEBP", quality=70, method=4)
        return {
            "columns": columns,
            "rows": rows,
            "interval_ms": round(self.interval * 1000),
            "width": width,
            "height": height,
        }


def liveliness(frame: av.VideoFrame) -> float:
    """How much there is to see in a frame: contrast and detail of its brightness, less when it is
    dark or washed out.
    """
    plane = frame.planes[0]
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[
        : frame.height : 4, : frame.width : 4
    ]
    luma = luma.astype(np.float32)
    detail = np.abs(np.diff(luma, axis=0)).mean() + np.abs(np.diff(luma, axis=1)).mean()
    middling = 1 - abs(float(luma.mean()) - 118) / 118
    return float(luma.std() + 2 * detail) * max(0.02, middling)
