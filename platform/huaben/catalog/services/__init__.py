"""Writes to the catalogue: ``works`` for series, episodes, Cuts and the story graph, ``words`` for
what they say.
"""

from .words import (
    clear_revision,
    clear_words,
    hold_revision,
    lock_revision,
    lock_words,
    refuse_revision,
    reindex_series,
    withdraw_revision,
)
from .works import (
    MAX_SYNOPSIS_LENGTH,
    MAX_TITLE_LENGTH,
    create_cut,
    create_episode,
    create_series,
    replace_graph,
    set_labelled_asset,
    update_episode,
    update_series,
)

__all__ = [
    "MAX_SYNOPSIS_LENGTH",
    "MAX_TITLE_LENGTH",
    "clear_revision",
    "clear_words",
    "create_cut",
    "create_episode",
    "create_series",
    "hold_revision",
    "lock_revision",
    "lock_words",
    "refuse_revision",
    "reindex_series",
    "replace_graph",
    "set_labelled_asset",
    "update_episode",
    "update_series",
    "withdraw_revision",
]
