"""The moderation engine for texts, as this installation uses it: settings are read here and passed
in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from moderation.policy import Policy, shipped_policy
from moderation.remarks import RemarkRules, moderate_remark, shipped_remark_rules
from moderation.text.classifier import TextClassifier, load_classifier, shipped_classifier
from moderation.text.lexicon import Lexicon, shipped_lexicon
from moderation.types import Report

from .never_list import never_list


@dataclass(frozen=True)
class TextModels:
    """What is loaded once in a process: the policy, and what reads texts by it."""

    policy: Policy
    classifier: TextClassifier
    lexicon: Lexicon


def get_text_models() -> TextModels:
    """The policy and models of the settings; loaded at the first call."""
    return _load(settings.MODERATION_POLICY, settings.MODERATION_TRANSFORMER)


def check_text(text: str) -> Report:
    """Moderate what one person says in public."""
    models = get_text_models()
    return moderate_remark(
        text,
        models.policy,
        classifier=models.classifier,
        lexicon=models.lexicon,
        rules=RemarkRules(never_list(), shipped_remark_rules().model),
    )


def has_forbidden_word(text: str) -> bool:
    """Whether a word of the lexicon, or what never appears, is in a text as it is written. It needs
    no classifier, so the web process may ask.
    """
    return any(not hit.by_sound for hit in shipped_lexicon().find(text)) or any(
        hit.how in ("written", "disguised") for hit in never_list().find(text)
    )


@cache
def _load(policy: str, model: str) -> TextModels:
    return TextModels(
        policy=Policy.from_json(Path(policy).read_text("utf-8")) if policy else shipped_policy(),
        classifier=load_classifier(Path(model)) if model else shipped_classifier(),
        lexicon=shipped_lexicon(),
    )
