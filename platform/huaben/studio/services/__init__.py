"""Writes about projects: ``projects`` for the steps and their texts, ``story`` for what was read in
the idea, its corrections and the drafts to choose from.
"""

from .projects import (
    advance_project,
    announce_project,
    create_project,
    finish_project,
    replace_outline,
    replace_script,
    room_of,
    save_outline,
    save_script,
    save_still,
    save_storyboard,
)
from .story import (
    choose_material,
    keep_draft,
    replace_corrections,
    save_drafts,
    save_reading,
    save_telling,
)

__all__ = [
    "advance_project",
    "announce_project",
    "choose_material",
    "create_project",
    "finish_project",
    "keep_draft",
    "replace_corrections",
    "replace_outline",
    "replace_script",
    "room_of",
    "save_drafts",
    "save_outline",
    "save_reading",
    "save_script",
    "save_still",
    "save_storyboard",
    "save_telling",
]
