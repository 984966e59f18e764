"""Recommender engine: watch behaviour in, ranked episodes out. Plain Python.

The public names are here; `docs/recsys.md` says how they work together. What only training needs
(implicit) is imported there.
"""

from recsys.als import AlsSettings
from recsys.recommender import Recommender
from recsys.shelf import ModelShelf
from recsys.store import ModelError, save_model
from recsys.strength import event_strength
from recsys.training import TrainSettings, train
from recsys.types import EpisodeItem, EventKind, FeedRequest, Ranked, Reason, ReasonKind, WatchEvent

__all__ = [
    "AlsSettings",
    "EpisodeItem",
    "EventKind",
    "FeedRequest",
    "ModelError",
    "ModelShelf",
    "Ranked",
    "Reason",
    "ReasonKind",
    "Recommender",
    "TrainSettings",
    "WatchEvent",
    "event_strength",
    "save_model",
    "train",
]
