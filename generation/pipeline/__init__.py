"""From an idea to a finished Cut, step by step.

``STEPS`` is the whole build at a glance: what each step reads, what it makes and what its progress
counts. Outline, script and storyboard can also be made alone (``make_outline``, ``make_script``,
``make_storyboard``), so that a person can look at one, change it as data, and go on from there;
``make_episode`` does all that is left to do. Every step stores what it makes under the digest of
its inputs: what was made is not made again, in this run or in any other that shares the store.
"""

from __future__ import annotations

from generation.pipeline.drafts import (
    make_drafts,
    make_outline,
    make_script,
    make_storyboard,
)
from generation.pipeline.episode import make_episode
from generation.pipeline.steps import STEPS, Step
from generation.pipeline.types import RenderedEpisode, Settings, StepProgress
from generation.rendering import Cancelled

__all__ = [
    "STEPS",
    "Cancelled",
    "RenderedEpisode",
    "Settings",
    "Step",
    "StepProgress",
    "make_drafts",
    "make_episode",
    "make_outline",
    "make_script",
    "make_storyboard",
]
