"""Names of the checks' policies for people, and the sentences behind a finding.

Ids and most sentences are the engine's (``moderation/policy.json``,
``moderation/explanations.json``); what is found while a Cut is taken in has its own here.
"""

from __future__ import annotations

from huaben.core.localized import LocalizedText
from moderation.explanations import explanations

_NAMES: dict[str, LocalizedText] = {
    "abuse.title": LocalizedText("标题用语", "LocalizedText of the title"),
    "abuse.synopsis": LocalizedText("简介用语", "LocalizedText of the synopsis"),
    "abuse.comment": LocalizedText("评论用语", "LocalizedText of a comment"),
    "abuse.dialogue": LocalizedText("台词用语", "LocalizedText of a line"),
    "abuse.dialogue_density": LocalizedText("台词整体语气", "Tone of the lines as a whole"),
    "text.language": LocalizedText("未判断的语言", "A language not judged"),
    "remark.language": LocalizedText("夹有未判断的语言", "Partly in a language not judged"),
    "remark.contact": LocalizedText("联系方式或网址", "A contact or an address"),
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
_LEXICON = LocalizedText("词表提示", "Word list")


def policy_name(policy: str) -> LocalizedText:
    """A policy's name; one that a newer engine brought and nobody has named yet is shown by its
    id.
    """
    if policy.startswith("lexicon."):
        return _LEXICON
    return _NAMES.get(policy, LocalizedText(policy, policy))


def explanation(code: str, policy: str) -> dict[str, str]:
    """The sentence behind a finding; where an engine of another version knows it no more, the
    policy's name.
    """
    if code in _EXPLANATIONS:
        return _EXPLANATIONS[code].as_dict()
    return explanations().get(code, policy_name(policy).as_dict())
