"""Moderate a remark: what one person says in public (a comment, a danmaku, a fan's proposal).

The same classifier and policy as for a submission, but stricter about what they cannot read. A
remark is shown to everybody the moment it passes, and no film is lost when it waits; so what the
classifier never learnt (other languages, threats, fraud, addresses) goes to a person. Nothing but
the classifier's own score can block.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from moderation.findings import Finding, sort_findings
from moderation.pipeline import text_findings
from moderation.policy import Policy
from moderation.text.classifier import TextClassifier
from moderation.text.lexicon import Lexicon
from moderation.text.normalise import has_han, normalise
from moderation.types import Report, Submission, TextLine

# This many letters that the classifier cannot read give a score of 1, however many Chinese
# characters are around them. Chosen by hand.
MAX_UNREAD_LETTERS = 20
# Ways to contact the author elsewhere: web addresses, messenger names, telephone numbers. Matches
# lower-case text.
_CONTACT = re.compile(
    r"https?:|www\.|[a-z0-9-]{2,}\.(?:com|cn|net|org|top|xyz|vip|cc|me|io|link|shop)(?![a-z0-9])"
    r"|(?<![参增更])(?:加|\+)\s?(?:我|你|个)?\s?(?:微|薇|威|v|q|扣|群|飞机)"
    r"|(?:vx|wx|v信|微信|薇信|qq|扣扣|telegram|电报)\s?[号群]?\s?[:是]?\s?[a-z0-9_-]{5,}"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)"
)


def moderate_remark(
    text: str,
    policy: Policy,
    *,
    classifier: TextClassifier,
    lexicon: Lexicon,
    day: date | None = None,
) -> Report:
    """Judge one text as a comment.

    The same text, versions and ``day`` (today when None) give the same report. Beside the findings
    of any comment: ``remark.word.<category>`` for a word of the lexicon (score 1, or 0.5 for its
    sound alone), ``remark.contact`` (score 1), and ``remark.language`` for what is not Chinese
    within a Chinese text: the greater of its share of the letters and of their number over
    ``MAX_UNREAD_LETTERS``. Each decides only as the policy's thresholds say.
    """
    found = text_findings(
        Submission(comments=(TextLine(text),)), policy, classifier, lexicon, day or date.today()
    )
    plain = normalise(text)
    for hit in [finding for finding in found if finding.policy.startswith("lexicon.")]:
        by_sound = hit.explanation == "lexicon_hit_by_sound"
        category = hit.policy.removeprefix("lexicon.")
        found.append(
            replace(
                hit,
                policy=f"remark.word.{category}",
                score=0.5 if by_sound else 1.0,
                explanation="remark_word",
            )
        )
    # As written too: normalising shortens what repeats, as www and telephone numbers do.
    if contact := _CONTACT.search(plain) or _CONTACT.search(
        unicodedata.normalize("NFKC", text).lower()
    ):
        found.append(Finding("remark.contact", 1.0, "text", "remark_contact", contact[0].strip()))
    if has_han(plain) and (unread := sum(c.isalpha() and not has_han(c) for c in plain)):
        letters = sum(map(str.isalpha, plain))
        score = max(unread / letters, min(1.0, unread / MAX_UNREAD_LETTERS))
        found.append(
            Finding("remark.language", score, "text", "remark_language", f"{unread}/{letters}")
        )
    findings = sort_findings(
        finding
        for finding in found
        if policy.is_noted(finding) and not finding.policy.startswith("lexicon.")
    )
    return Report(
        verdict=policy.verdict(findings),
        findings=findings,
        label=None,
        required_notice=None,
        media=None,
        versions={
            "policy": policy.version,
            "classifier": classifier.version,
            "lexicon": lexicon.version,
        },
    )
