"""Writes about what is made together."""

from .projects import begin_episode
from .proposals import (
    adopt_proposal,
    decline_proposal,
    drop_support,
    propose,
    support_proposal,
    withdraw_proposal,
)
from .rooms import add_writer, invite_writer, open_room, remove_writer
from .text import fold_updates, mark_version, restore_version, store_update

__all__ = [
    "add_writer",
    "adopt_proposal",
    "begin_episode",
    "decline_proposal",
    "drop_support",
    "fold_updates",
    "invite_writer",
    "mark_version",
    "open_room",
    "propose",
    "remove_writer",
    "restore_version",
    "store_update",
    "support_proposal",
    "withdraw_proposal",
]
