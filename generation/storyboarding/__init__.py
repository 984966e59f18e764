"""From a script and its spoken lines to a storyboard: who stands where, what the camera does, when
each word falls.

A shot's look depends on its own lines and on the seed, never on its neighbours' timing, so that an
edit of one line changes one shot.
"""

from __future__ import annotations

from generation.storyboarding.board import PictureFormat, make_storyboard

__all__ = ["VERSION", "PictureFormat", "make_storyboard"]

VERSION = 2
