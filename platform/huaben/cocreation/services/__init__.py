"""Writes about proposals, credits and writing rooms."""

from .projects import start_project
from .prompt_books import compact_updates, mark_version, restore_version, store_update
from .proposals import (
    adopt_proposal,
    create_proposal,
    create_support,
    decline_proposal,
    delete_support,
    withdraw_proposal,
)
from .writing_rooms import add_writer, get_or_create_writing_room, invite_writer, remove_writer

__all__ = [
    "add_writer",
    "adopt_proposal",
    "compact_updates",
    "create_proposal",
    "create_support",
    "decline_proposal",
    "delete_support",
    "get_or_create_writing_room",
    "invite_writer",
    "mark_version",
    "remove_writer",
    "restore_version",
    "start_project",
    "store_update",
    "withdraw_proposal",
]
