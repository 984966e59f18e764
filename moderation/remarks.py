"""Moderate a remark: what one person says in public (a comment, a danmaku, a fan's proposal).

A remark is shown to everybody the moment it passes, and no film is lost when it waits. So beside
the classifier there are a list of what never appears before a person has read it, ways to contact
the author elsewhere, and a small model that judges English and knows how audiences talk about
dramas. Words of a language that nothing here judges pass with a note when the list does not object.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from moderation.findings import Finding, sort_findings
from moderation.policy import Policy
from moderation.text.classifier import TextClassifier
from moderation.text.folding import fold
from moderation.text.lexicon import Lexicon
from moderation.text.never import NeverList, shipped_never_list
from moderation.text.never_entries import NeverHit
from moderation.text.normalise import has_han, normalise
from moderation.text.remark_model import RemarkModel, shipped_remark_model
from moderation.types import Report

MAX_EVIDENCE_LENGTH = 80  # characters quoted
# From this score of the classifier's own on, it is certain, and its score stands where the remark
# model's is not below the other.
CERTAIN = 0.99
_STILL_CERTAIN = 0.8
# Ways to contact the author elsewhere: web addresses, messenger names, telephone numbers. Matches
# lower-case text.
_CONTACT = re.compile(
    r"https?:|www\.|[a-z0-9-]{2,}\.(?:com|cn|net|org|top|xyz|vip|cc|me|io|link|shop)(?![a-z0-9])"
    r"|(?<![参增更])(?:加|\+)\s?(?:我|你|个)?\s?(?:微|薇|威|v|q|扣|群|飞机)(?![a-z])"
    r"|(?:vx|wx|v信|微信|薇信|qq|扣扣|telegram|电报)\s?[号群]?\s?[:是]?\s?[a-z0-9_-]{5,}"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)"
)


@dataclass(frozen=True)
class RemarkRules:
    """What judges remarks beside the classifier and the lexicon."""

    never: NeverList
    model: RemarkModel


@cache
def shipped_remark_rules() -> RemarkRules:
    """The list and the model that come with the engine; loaded at the first call."""
    return RemarkRules(shipped_never_list(), shipped_remark_model())


def moderate_remark(
    text: str,
    policy: Policy,
    *,
    classifier: TextClassifier,
    lexicon: Lexicon,
    rules: RemarkRules | None = None,
    day: date | None = None,
) -> Report:
    """Judge one text; as ``moderate_remarks`` does."""
    return moderate_remarks(
        [text], policy, classifier=classifier, lexicon=lexicon, rules=rules, day=day
    )[0]


def moderate_remarks(
    texts: Sequence[str],
    policy: Policy,
    *,
    classifier: TextClassifier,
    lexicon: Lexicon,
    rules: RemarkRules | None = None,
    day: date | None = None,
) -> list[Report]:
    """Judge each text as a comment, all in one call; ``rules``: the shipped ones when None.

    The same text, versions and ``day`` (today when None) give the same report, but for the last
    digits of a score. Findings, each of which decides only as the policy's thresholds say:
    ``abuse.comment`` (texts with Chinese) and ``abuse.english`` (other texts in Latin letters), the
    probability that the remark hurts somebody; ``never.<category>`` for an entry of the list (1 as
    written or disguised, 0.8 by its sound or as a pattern); ``remark.word.<category>`` for a word
    of the lexicon (1, or 0.5 for its sound alone); ``remark.contact`` (1); ``remark.language``, the
    share of the letters that stand in no language that is judged.
    """
    rules = rules or shipped_remark_rules()
    day = day or date.today()
    plain = [normalise(text) for text in texts]
    scores = _scores(texts, plain, classifier, rules.model)
    versions = {
        "policy": policy.version,
        "classifier": classifier.version,
        "lexicon": lexicon.version,
        "never": rules.never.version,
        "remarks": rules.model.version,
    }
    reports = []
    for text, normal, score in zip(texts, plain, scores, strict=True):
        found = [
            *_never_findings(text, rules.never.find(fold(text), day)),
            *_word_findings(normal, lexicon, day),
            *_contact_findings(text, normal),
            *_language_findings(normal, rules.model),
        ]
        if (abuse := _abuse_finding(text, normal, score, rules.model)) is not None:
            found.append(abuse)
        noted = sort_findings(finding for finding in found if policy.is_noted(finding))
        reports.append(
            Report(
                verdict=policy.verdict(noted),
                findings=noted,
                label=None,
                required_notice=None,
                media=None,
                versions=dict(versions),
            )
        )
    return reports


def _scores(
    texts: Sequence[str], plain: Sequence[str], classifier: TextClassifier, model: RemarkModel
) -> list[float]:
    """For each text the probability that it hurts somebody."""
    chinese = [index for index, normal in enumerate(plain) if has_han(normal)]
    first = [0.0] * len(texts)
    if chinese:
        own = classifier.score([texts[index] for index in chinese])
        for index, score in zip(chinese, own.tolist(), strict=True):
            first[index] = score
    found: list[float] = model.score(texts, first).tolist()
    for index in chinese:
        # Only the classifier's own certainty reaches CERTAIN, where a policy may block.
        if first[index] >= CERTAIN and found[index] >= _STILL_CERTAIN:
            found[index] = first[index]
        else:
            found[index] = min(found[index], CERTAIN - 0.01)
    return found


def _abuse_finding(text: str, plain: str, score: float, model: RemarkModel) -> Finding | None:
    chinese = has_han(plain)
    if not chinese and not any(letter.isascii() and letter.isalpha() for letter in plain):
        return None
    evidence = " · ".join(model.explain(text)) if score >= 0.5 else ""
    return Finding(
        "abuse.comment" if chinese else "abuse.english",
        score,
        "text",
        "abuse_classifier" if chinese else "abuse_remark",
        evidence or text[:MAX_EVIDENCE_LENGTH],
    )


def _never_findings(text: str, hits: Sequence[NeverHit]) -> list[Finding]:
    """The gravest hit of each category."""
    best: dict[str, Finding] = {}
    for hit in hits:
        finding = Finding(
            f"never.{hit.entry.category}",
            1.0 if hit.how in ("written", "disguised") else 0.8,
            "text",
            "never_appears",
            text[hit.start : hit.end][:MAX_EVIDENCE_LENGTH],
        )
        known = best.get(hit.entry.category)
        if known is None or known.score < finding.score:
            best[hit.entry.category] = finding
    return list(best.values())


def _word_findings(plain: str, lexicon: Lexicon, day: date) -> list[Finding]:
    return [
        Finding(
            f"remark.word.{hit.category}",
            0.5 if hit.by_sound else 1.0,
            "text",
            "remark_word",
            f"comment: {hit.word}",
        )
        for hit in lexicon.find_in(plain, day)
    ]


def _contact_findings(text: str, plain: str) -> list[Finding]:
    # As written too: normalising shortens what repeats, as www and telephone numbers do.
    contact = _CONTACT.search(plain) or _CONTACT.search(unicodedata.normalize("NFKC", text).lower())
    if contact is None:
        return []
    return [Finding("remark.contact", 1.0, "text", "remark_contact", contact[0].strip())]


def _language_findings(plain: str, model: RemarkModel) -> list[Finding]:
    letters = sum(map(str.isalpha, plain))
    unread = model.unread_letters(plain)
    if not unread:
        return []
    return [
        Finding(
            "remark.language",
            min(1.0, unread / letters),
            "text",
            "remark_language",
            f"{min(unread, letters)}/{letters}",
        )
    ]
