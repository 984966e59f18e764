"""Text: normalised, judged by a classifier, with lexicon hits as evidence."""

from moderation.text.classifier import TextClassifier, load_classifier, shipped_classifier
from moderation.text.lexicon import Hit, Lexicon, shipped_lexicon
from moderation.text.model_folder import ModelError
from moderation.text.normalise import normalise

__all__ = [
    "Hit",
    "Lexicon",
    "ModelError",
    "TextClassifier",
    "load_classifier",
    "normalise",
    "shipped_classifier",
    "shipped_lexicon",
]
