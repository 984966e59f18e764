"""Tone mapping: HDR pictures (PQ, HLG) as they look on an ordinary screen.

One table from the film's coded colours to BT.709's, computed here from the standards' formulas and
applied by FFmpeg's ``lut3d``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PQ, HLG = 16, 18  # transfer characteristics, ISO/IEC 23091-2
_STEPS = 33
_PEAK = 1000.0  # cd/m²: what films are mastered for; brighter lights are white
_WHITE = 203.0  # cd/m²: a sheet of paper in HDR (ITU-R BT.2408)
_TO_709 = np.array(
    [
        [1.660491, -0.587641, -0.072850],
        [-0.124550, 1.132900, -0.008349],
        [-0.018151, -0.100579, 1.118730],
    ]
)  # linear light, BT.2020 to BT.709 (ITU-R BT.2087, inverted)
_LUMA_2020 = np.array([0.2627, 0.6780, 0.0593])
Table = NDArray[np.float64]


def is_high_range(transfer: int) -> bool:
    """Whether pictures of this transfer must be tone-mapped."""
    return transfer in (PQ, HLG)


@contextmanager
def table_file(transfer: int) -> Iterator[Path]:
    """The table as a .cube file, while the block lasts. Raises OSError."""
    rows = table(transfer).transpose(2, 1, 0, 3).reshape(-1, 3)  # red changes fastest
    lines = [f"LUT_3D_SIZE {_STEPS}", *(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in rows), ""]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tones.cube"
        path.write_text("\n".join(lines))
        yield path


def filters(size: str, table: Path, *, full: bool) -> list[tuple[str, str]]:
    """FFmpeg's filters that bring a picture to a size and into BT.709; ``size`` is the scaler's
    arguments. ``full``: the film's values have full range.
    """
    given = "pc" if full else "tv"
    return [
        ("scale", f"{size}:in_color_matrix=bt2020:in_range={given}:out_range=pc"),
        ("format", "gbrp12"),
        ("lut3d", f"file={table}:interp=tetrahedral"),
        ("scale", "out_color_matrix=bt709:in_range=pc:out_range=tv"),
    ]


def table(transfer: int) -> Table:
    """The table: shape (33, 33, 33, 3), indexed by coded R, G and B; BT.709's coded values, 0–1."""
    steps = np.linspace(0, 1, _STEPS)
    coded = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    light = (_pq_light(coded) if transfer == PQ else _hlg_light(coded)) @ _TO_709.T / _WHITE
    brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    peak = _PEAK / _WHITE
    # Reinhard's curve: dark tones stay, the peak becomes white. One factor keeps hues.
    mapped = (brightest * (1 + brightest / peak**2) / (1 + brightest)) / brightest
    return np.asarray(np.clip(light * mapped, 0, 1) ** (1 / 2.4))


def _pq_light(coded: Table) -> Table:
    """cd/m² of PQ (SMPTE ST 2084)."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    power = coded ** (1 / m2)
    return np.asarray(10_000 * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1))


def _hlg_light(coded: Table) -> Table:
    """cd/m² of HLG on a screen of 1,000 cd/m² (ITU-R BT.2100)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    luma = np.maximum(scene @ _LUMA_2020, 1e-9)[..., None]
    return np.asarray(_PEAK * luma**0.2 * scene)
