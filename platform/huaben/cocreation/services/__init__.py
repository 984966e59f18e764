"""Writes about what is made together."""

from .projects import begin_episode
from .rooms import add_writer, invite_writer, open_room, remove_writer
from .text import fold_updates, mark_version, restore_version, store_update

__all__ = [
    "add_writer",
    "begin_episode",
    "fold_updates",
    "invite_writer",
    "mark_version",
    "open_room",
    "remove_writer",
    "restore_version",
    "store_update",
]
