"""Text: normalised, judged by a classifier, with lexicon hits as evidence; and what no remark may
hold.
"""

from moderation.text.classifier import TextClassifier, load_classifier, shipped_classifier
from moderation.text.folding import (
    Folded,
    fold,
)
from moderation.text.lexicon import Hit, Lexicon, shipped_lexicon
from moderation.text.model_folder import ModelError
from moderation.text.never import NeverList, shipped_never_list
from moderation.text.never_entries import NeverEntry, NeverHit, NeverListError
from moderation.text.normalise import normalise
from moderation.text.remark_model import RemarkModel, shipped_remark_model

__all__ = [
    "Folded",
    "Hit",
    "Lexicon",
    "ModelError",
    "NeverEntry",
    "NeverHit",
    "NeverList",
    "NeverListError",
    "RemarkModel",
    "TextClassifier",
    "fold",
    "load_classifier",
    "normalise",
    "shipped_classifier",
    "shipped_lexicon",
    "shipped_never_list",
    "shipped_remark_model",
]
