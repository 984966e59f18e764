"""Writes about play-throughs and premieres."""

from .phases import advance_due_premieres, advance_premiere, room_of_premiere
from .playthroughs import (
    choose,
    finish_episode,
    merge_playthroughs,
    open_playthrough,
    restart_playthrough,
    room_of_playthrough,
)
from .premieres import cancel_premiere, schedule_premiere
from .presence import delete_old_presence, save_presence
from .votes import cast_vote, merge_votes

__all__ = [
    "advance_due_premieres",
    "advance_premiere",
    "cancel_premiere",
    "cast_vote",
    "choose",
    "delete_old_presence",
    "finish_episode",
    "merge_playthroughs",
    "merge_votes",
    "open_playthrough",
    "restart_playthrough",
    "room_of_playthrough",
    "room_of_premiere",
    "save_presence",
    "schedule_premiere",
]
