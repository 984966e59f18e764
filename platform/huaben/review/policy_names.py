"""Names of the checks' policies for people, and the sentences behind a finding.

Ids and most sentences are the engine's (``moderation/policy.json``,
``moderation/explanations.json``); what is found while a Cut is taken in has its own here.
"""

from __future__ import annotations

from huaben.core.localized import LocalizedText
from huaben.speech import policy_names as text_policy_names
from moderation.explanations import explanations

_NAMES: dict[str, LocalizedText] = {
    "abuse.title": LocalizedText("标题用语", "Wording of the title"),
    "abuse.synopsis": LocalizedText("简介用语", "Wording of the synopsis"),
    "abuse.dialogue": LocalizedText("台词用语", "Wording of a line"),
    "abuse.dialogue_density": LocalizedText("台词整体语气", "Tone of the lines as a whole"),
    "label.missing": LocalizedText("缺少AI标识", "AI label missing"),
    "label.malformed": LocalizedText("AI标识不合规范", "AI label malformed"),
    "label.mark_not_seen": LocalizedText("未见起始画面标识", "No mark seen on the first frames"),
    "label.provenance_invalid": LocalizedText("来源凭证无效", "Provenance manifest invalid"),
    "label.undeclared": LocalizedText("有AI标识而未声明", "Labelled AI but not declared"),
    "picture.black": LocalizedText("黑屏", "Black picture"),
    "picture.frozen": LocalizedText("画面定格", "Frozen picture"),
    "picture.flash": LocalizedText("闪烁", "Flashing picture"),
    "picture.missing": LocalizedText("没有画面", "No picture"),
    "sound.silent": LocalizedText("无声", "Silence"),
    "sound.clipped": LocalizedText("声音削波", "Clipped sound"),
    "sound.loudness": LocalizedText("响度", "Loudness"),
    "sound.missing": LocalizedText("没有声音", "No sound"),
    "picture.undecoded": LocalizedText("部分画面无法解码", "Parts could not be decoded"),
}
_EXPLANATIONS: dict[str, LocalizedText] = {
    "label_mark_not_seen": LocalizedText(
        "程序没有在起始画面上找到“AI生成”字样；它只认得几种字体，请人工查看前两秒。",
        "The search did not see the words on the starting frames. It knows a few typefaces only: "
        "look at the first two seconds.",
    ),
    "label_provenance_invalid": LocalizedText(
        "文件自带的来源凭证（C2PA）与内容不符，可能被改动过。",
        "The file came with a C2PA manifest that does not match its content; it may have been "
        "altered.",
    ),
}


def policy_name(policy: str) -> LocalizedText:
    """A policy's name; one that a newer engine brought and nobody has named yet is shown by its
    id.
    """
    return _NAMES.get(policy) or text_policy_names.policy_name(policy)


def explain_finding(code: str, policy: str) -> LocalizedText:
    """The sentence behind a finding; where an engine of another version knows it no more, the
    policy's name.
    """
    if code in _EXPLANATIONS:
        return _EXPLANATIONS[code]
    known = explanations().get(code)
    return LocalizedText(**known) if known else policy_name(policy)
