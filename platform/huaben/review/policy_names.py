"""Names of the checks' policies for people. Their ids are the engine's (``moderation/policy.json``)."""

from __future__ import annotations

from huaben.core.words import Words

_NAMES: dict[str, Words] = {
    "abuse.title": Words("标题用语", "Words of the title"),
    "abuse.synopsis": Words("简介用语", "Words of the synopsis"),
    "abuse.comment": Words("评论用语", "Words of a comment"),
    "abuse.dialogue": Words("台词用语", "Words of a line"),
    "abuse.dialogue_density": Words("台词整体语气", "Tone of the lines as a whole"),
    "text.language": Words("未判断的语言", "A language not judged"),
    "label.missing": Words("缺少AI标识", "AI label missing"),
    "label.malformed": Words("AI标识不合规范", "AI label malformed"),
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
_LEXICON = Words("词表提示", "Word list")


def policy_name(policy: str) -> Words:
    """A policy's name; one that a newer engine brought and nobody has named yet is shown by its id."""
    if policy.startswith("lexicon."):
        return _LEXICON
    return _NAMES.get(policy, Words(policy, policy))
