"""Recommender engine: watch behaviour in, ranked items out. Plain Python.

The public names are here; `docs/recsys.md` says how they work together. Only training needs the
package `implicit`, which is imported there.
"""

from recsys.als import AlsSettings
from recsys.feedback import event_strength
from recsys.gates import Gate, failed_gates
from recsys.model_cache import ModelCache
from recsys.recommender import Recommender
from recsys.store import ModelError, save_model
from recsys.training import TrainSettings, train
from recsys.types import EventKind, FeedRequest, Item, Ranked, Reason, ReasonKind, WatchEvent

__all__ = [
    "AlsSettings",
    "EventKind",
    "FeedRequest",
    "Gate",
    "Item",
    "ModelCache",
    "ModelError",
    "Ranked",
    "Reason",
    "ReasonKind",
    "Recommender",
    "TrainSettings",
    "WatchEvent",
    "event_strength",
    "failed_gates",
    "save_model",
    "train",
]
