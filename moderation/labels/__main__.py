"""Renders the words of the explicit mark in given typefaces, for ``mark_search`` to look for.

    python -m moderation.labels OUT.npz FONT [FONT …]

The shipped ``mark_templates.npz`` was made so from LXGW WenKai Regular (OFL-1.1) and WenQuanYi
Micro Hei.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from moderation.labels.mark_templates import render

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Render the explicit mark's words in typefaces.")
    parser.add_argument("out", type=Path)
    parser.add_argument("fonts", type=Path, nargs="+")
    given = parser.parse_args()
    drawn = [render(font, outlined) for font in given.fonts for outlined in (False, True)]
    np.savez_compressed(given.out, *drawn)
