"""The moderation engine for texts, as this installation uses it: settings are read here and passed
in.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock

from django.conf import settings

from moderation.policy import Policy, shipped_policy
from moderation.remarks import RemarkRules, moderate_remarks, shipped_remark_rules
from moderation.text.classifier import TextClassifier, load_classifier, shipped_classifier
from moderation.text.lexicon import Lexicon, shipped_lexicon
from moderation.types import Report

from .never_list import never_list

MAX_BATCH = 32
MAX_REMEMBERED = 512


@dataclass(frozen=True)
class TextModels:
    """What is loaded once in a process: the policy, and what reads texts by it."""

    policy: Policy
    classifier: TextClassifier
    lexicon: Lexicon


def get_text_models() -> TextModels:
    """The policy and models of the settings; loaded at the first call."""
    return _load(settings.MODERATION_POLICY, settings.MODERATION_TRANSFORMER)


class BatchedChecks:
    """Reports on texts, judged many at a time: a batch costs little more than one text, and in a
    storm of remarks those that wait are judged with the one whose turn it is.

    A report depends on its text, the day and the list of what never appears alone; so many are
    remembered.
    """

    def __init__(self, judge: Callable[[Sequence[str]], Sequence[Report]]) -> None:
        self._judge = judge
        self._known: OrderedDict[tuple[date, str, str], Report] = OrderedDict()
        self._lock = Lock()

    def check(
        self, text: str, waiting: Callable[[], Iterable[str]], *, day: date, never: str = ""
    ) -> Report:
        """The report on ``text``. Where it is not known, ``waiting`` is asked for texts that will
        be asked for next, and up to MAX_BATCH of them are judged in the same call. ``never`` is the
        version of the list of what never appears.
        """
        with self._lock:
            known = self._known.pop((day, never, text), None)
            if known is not None:
                return known
            wanted = dict.fromkeys([text, *islice(waiting(), MAX_BATCH)])
            batch = list(wanted)[:MAX_BATCH]
            reports = dict(zip(batch, self._judge(batch), strict=True))
            self._known |= {(day, never, other): reports[other] for other in batch if other != text}
            while len(self._known) > MAX_REMEMBERED:
                self._known.popitem(last=False)
            return reports[text]


def _judge(texts: Sequence[str]) -> list[Report]:
    models = get_text_models()
    return moderate_remarks(
        texts,
        models.policy,
        classifier=models.classifier,
        lexicon=models.lexicon,
        rules=RemarkRules(never_list(), shipped_remark_rules().model),
    )


_checks = BatchedChecks(_judge)


def check_text(text: str, waiting: Callable[[], Iterable[str]] = tuple) -> Report:
    """Moderate what one person says in public; ``waiting`` as of ``BatchedChecks.check``."""
    return _checks.check(text, waiting, day=date.today(), never=never_list().version)


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
