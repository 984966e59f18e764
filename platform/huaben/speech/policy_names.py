"""Names of the policies that the check of texts may find, and the sentences behind a finding.

Ids and most sentences are the engine's (``moderation/policy.json``,
``moderation/explanations.json``).
"""

from __future__ import annotations

from huaben.core.localized import LocalizedText
from moderation.explanations import explanations

_NAMES: dict[str, LocalizedText] = {
    "abuse.comment": LocalizedText("评论用语", "Wording of a comment"),
    "abuse.english": LocalizedText("英文用语", "Wording in English"),
    "text.language": LocalizedText("未判断的语言", "A language not judged"),
    "remark.language": LocalizedText("有未判断的语言", "A language that is not judged"),
    "remark.contact": LocalizedText("联系方式或网址", "A contact or an address"),
    "never.insult": LocalizedText("禁用词句：辱骂", "Never appears: insults"),
    "never.hate": LocalizedText("禁用词句：仇恨", "Never appears: hatred"),
    "never.sexual": LocalizedText("禁用词句：色情", "Never appears: sexual"),
    "never.minors": LocalizedText("禁用词句：侵害未成年人", "Never appears: minors"),
    "never.threat": LocalizedText("禁用词句：威胁", "Never appears: threats"),
    "never.self_harm": LocalizedText("禁用词句：自伤", "Never appears: self-harm"),
    "never.forbidden": LocalizedText("禁用词句：法律禁止", "Never appears: forbidden by law"),
    "never.terror": LocalizedText("禁用词句：恐怖", "Never appears: terror"),
    "never.drugs": LocalizedText("禁用词句：毒品", "Never appears: drugs"),
    "never.gambling": LocalizedText("禁用词句：赌博", "Never appears: gambling"),
    "never.fraud": LocalizedText(
        "禁用词句：诈骗与违禁交易", "Never appears: fraud and forbidden trade"
    ),
    "remark.word.slur": LocalizedText("词表：蔑称", "Word list: slurs"),
    "remark.word.region": LocalizedText("词表：地域", "Word list: regions"),
    "remark.word.gender": LocalizedText("词表：性别", "Word list: gender"),
    "remark.word.insult": LocalizedText("词表：辱骂", "Word list: insults"),
    "remark.word.threat": LocalizedText("词表：威胁", "Word list: threats"),
    "remark.word.self_harm": LocalizedText("词表：自伤", "Word list: self-harm"),
    "remark.word.sexual": LocalizedText("词表：色情", "Word list: sexual"),
    "remark.word.minors": LocalizedText("词表：未成年人", "Word list: minors"),
    "remark.word.gambling": LocalizedText("词表：赌博", "Word list: gambling"),
    "remark.word.fraud": LocalizedText("词表：诈骗", "Word list: fraud"),
    "remark.word.drugs": LocalizedText("词表：毒品", "Word list: drugs"),
    "remark.word.superstition": LocalizedText("词表：迷信", "Word list: superstition"),
}
_LEXICON = LocalizedText("词表提示", "Word list")


_NEVER = "never."


def never_categories() -> dict[str, LocalizedText]:
    """The categories of what never appears, by code."""
    return {
        policy.removeprefix(_NEVER): name
        for policy, name in _NAMES.items()
        if policy.startswith(_NEVER)
    }


def policy_name(policy: str) -> LocalizedText:
    """A policy's name; one that a newer engine brought and nobody has named yet is shown by its
    id.
    """
    if policy.startswith("lexicon."):
        return _LEXICON
    return _NAMES.get(policy, LocalizedText(policy, policy))


def explanation(code: str, policy: str) -> LocalizedText:
    """The sentence behind a finding; where an engine of another version knows it no more, the
    policy's name.
    """
    known = explanations().get(code)
    return LocalizedText(**known) if known else policy_name(policy)
