"""Names of the checks' policies for people, and the sentences behind a finding.

Ids and most sentences are the engine's (``moderation/policy.json``,
``moderation/explanations.json``); what is found while a Cut is taken in has its own here.
"""

from __future__ import annotations

from huaben.core.words import Words
from moderation.explanations import explanations

_NAMES: dict[str, Words] = {
    "abuse.title": Words("标题用语", "Words of the title"),
    "abuse.synopsis": Words("简介用语", "Words of the synopsis"),
    "abuse.comment": Words("评论用语", "Words of a comment"),
    "abuse.dialogue": Words("台词用语", "Words of a line"),
    "abuse.dialogue_density": Words("台词整体语气", "Tone of the lines as a whole"),
    "text.language": Words("未判断的语言", "A language not judged"),
    "remark.language": Words("夹有未判断的语言", "Partly in a language not judged"),
    "remark.contact": Words("联系方式或网址", "A contact or an address"),
    "remark.word.slur": Words("词表：蔑称", "Word list: slurs"),
    "remark.word.region": Words("词表：地域", "Word list: regions"),
    "remark.word.gender": Words("词表：性别", "Word list: gender"),
    "remark.word.insult": Words("词表：辱骂", "Word list: insults"),
    "remark.word.threat": Words("词表：威胁", "Word list: threats"),
    "remark.word.self_harm": Words("词表：自伤", "Word list: self-harm"),
    "remark.word.sexual": Words("词表：色情", "Word list: sexual"),
    "remark.word.minors": Words("词表：未成年人", "Word list: minors"),
    "remark.word.gambling": Words("词表：赌博", "Word list: gambling"),
    "remark.word.fraud": Words("词表：诈骗", "Word list: fraud"),
    "remark.word.drugs": Words("词表：毒品", "Word list: drugs"),
    "remark.word.superstition": Words("词表：迷信", "Word list: superstition"),
    "label.missing": Words("缺少AI标识", "AI label missing"),
    "label.malformed": Words("AI标识不合规范", "AI label malformed"),
    "label.mark_not_seen": Words("未见起始画面标识", "No mark seen on the first frames"),
    "label.provenance_invalid": Words("来源凭证无效", "Provenance manifest invalid"),
    "label.undeclared": Words("有AI标识而未声明", "Labelled AI but not declared"),
    "picture.black": Words("黑屏", "Black picture"),
    "picture.frozen": Words("画面定格", "Frozen picture"),
    "picture.flash": Words("闪烁", "Flashing picture"),
    "picture.missing": Words("没有画面", "No picture"),
    "sound.silent": Words("无声", "Silence"),
    "sound.clipped": Words("声音削波", "Clipped sound"),
    "sound.loudness": Words("响度", "Loudness"),
    "sound.missing": Words("没有声音", "No sound"),
    "picture.undecoded": Words("部分画面无法解码", "Parts could not be decoded"),
}
_EXPLANATIONS: dict[str, Words] = {
    "label_mark_not_seen": Words(
        "程序没有在起始画面上找到“AI生成”字样；它只认得几种字体，请人工查看前两秒。",
        "The search did not see the words on the starting frames. It knows a few typefaces only: "
        "look at the first two seconds.",
    ),
    "label_provenance_invalid": Words(
        "文件自带的来源凭证（C2PA）与内容不符，可能被改动过。",
        "The file came with a C2PA manifest that does not match its content; it may have been "
        "altered.",
    ),
}
_LEXICON = Words("词表提示", "Word list")


def policy_name(policy: str) -> Words:
    """A policy's name; one that a newer engine brought and nobody has named yet is shown by its
    id.
    """
    if policy.startswith("lexicon."):
        return _LEXICON
    return _NAMES.get(policy, Words(policy, policy))


def explanation(code: str, policy: str) -> dict[str, str]:
    """The sentence behind a finding; where an engine of another version knows it no more, the
    policy's name.
    """
    if code in _EXPLANATIONS:
        return _EXPLANATIONS[code].data()
    return explanations().get(code, policy_name(policy).data())
