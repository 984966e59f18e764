"""How a picture is turned or mirrored before it is shown: all eight ways."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from av.sidedata.sidedata import Type


@dataclass(frozen=True)
class Orientation:
    """First ``transposed`` (rows become columns), then mirrored left to right, then top to
    bottom.
    """

    transposed: bool = False
    mirrored: bool = False
    upended: bool = False

    @property
    def filters(self) -> list[tuple[str, str]]:
        """FFmpeg's filters and their arguments that show a stored picture as it is meant."""
        asked = (
            (self.transposed, ("transpose", "cclock_flip")),  # the plain transposition
            (self.mirrored, ("hflip", "")),
            (self.upended, ("vflip", "")),
        )
        return [filter_ for wanted, filter_ in asked if wanted]


def orientation_of(frame: Any) -> Orientation:
    """The orientation that a decoded picture asks for by its display matrix; upright without."""
    data = frame.side_data.get(Type.DISPLAYMATRIX)
    return Orientation() if data is None else _of_matrix(bytes(memoryview(data))[:36])


def _of_matrix(data: bytes) -> Orientation:
    """Of ISO/IEC 14496-12's matrix {a b u, c d v, x y w}: x' = ax + cy, y' = bx + dy. What lies
    between two quarters is taken as the nearer one.
    """
    a, b, _, c, d, *_ = struct.unpack("=9i", data)
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(False, a < 0, d < 0)
    return Orientation(True, c < 0, b < 0)
