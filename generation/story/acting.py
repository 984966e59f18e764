"""What a puppet can do for the words of a line, and what feeling they carry.

Both tables are looked up by the words as they stand: a verb that is not here is told and not
shown, never shown as something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.story.types import Act, Language, Person, PersonId, Thing
from generation.storyboard import Emotion, Verb

_ZH_VERBS: Mapping[Verb, str] = {
    "kneel": "跪 蹲",
    "weep": "哭 落泪 流泪 流下 抹泪 拭泪 哽咽 抽泣 泪流",
    "vanish": "消失 不见了 化作 化为 化成 隐去 散去",
    "drift": "飘 飞 浮 腾空",
    "fall": "倒下 倒在 摔 跌 晕 昏 栽倒 扑倒 瘫 死在 死了 中箭 躺",
    "strike": "打了 打开天 打向 打倒 打碎 拍 砍 刺 劈 踢 撞 砸 推 摔门 挥 揍 扇了 抽打 杀 射 咬 撕",
    "recoil": "后退 退后 退了 吓 一惊 惊呆 愣 躲 缩 吃惊 倒退 怔",
    "bow": "鞠躬 行礼 磕头 拜 作揖 低头 点头 弯腰 叩",
    "give": "递 交给 送给 还给 塞给 献 赠 分给 托付 交到 送来 留给",
    "point": "指着 指向 指了 指出 喝道 怒喝 命令 大喊 质问 骂",
    "turn": "转身 回头 转过 扭头 回过头 回身",
    "exit": "离开 走了 走出 离去 跑了 逃 出门 下场 退出 离家 远去 走远 冲出 跑出 出发 告别 离别",
    "enter": (
        "走进 进来 走来 冲进 跑进 上场 来到 进门 回来 闯进 闯入 赶来 走入 进屋 回到 归来 出现 推门 "
        "搬进 到达 跑来 登门 前来 走上 跑到 赶到"
    ),
    "walk": "走 跑 追 奔 散步 穿过 跟着 踱 爬 赶路 寻找 找 巡",
    "reach": (
        "拿 抱 捡 取 伸 握 抓 摸 捧 端 举 拉 扶 翻 打开 写 画 修 拆 接 掏 敲 救 牵 收 种 挖 搂 "
        "看 望 发现 遇 见 问 拥 买 织 缝 擦 点燃 弹 下棋 按"
    ),
    "stand": "站 等 坐 听 守 想 沉默 停",
}  # fmt: skip
_EN_VERBS: Mapping[Verb, str] = {
    "kneel": "kneel knelt crouch crouches squat",
    "weep": "weep wept cry cried cries sob sobbed tear tears",
    "vanish": "vanish disappear disappeared dissolve fade faded",
    "drift": "float fly flew flies drift soar",
    "fall": "fall fell collapse faint die died dies drop stumble trip",
    "strike": (
        "hit strike struck slap punch kick kill killed push stab shoot shot smash slam attack "
        "throw threw bite"
    ),
    "recoil": "recoil flinch startle startled freeze froze shrink gasp",
    "bow": "bow bowed nod nodded curtsy",
    "give": "give gave hand handed pass offer return deliver lend lent",
    "point": "point accuse command order shout yell",
    "turn": "turn",
    "exit": "leave left exit exits flee fled escape depart disappears goodbye",
    "enter": "enter arrive come came comes return returned walk-in",
    "walk": "walk run ran go went goes cross follow chase hurry wander travel search climb sail",
    "reach": (
        "take took takes pick reach hold held grab open lift carry carried catch caught touch "
        "find found meet met see saw write wrote draw drew fix repair dig dug hug kiss read look "
        "build built bring brought steal stole press save saved play paint plant"
    ),
    "stand": "stand stood sit sat wait listen stop think stare stares",
}
_ZH_FEELINGS: Mapping[Emotion, str] = {
    "joy": "笑 高兴 开心 快乐 欢 喜 兴奋 得意 乐",
    "sorrow": "哭 泪 悲 伤心 难过 哽咽 叹 痛 遗憾 失落 沮丧 去世 死 孤",
    "anger": "怒 恨 骂 吼 气愤 愤 喝道 咬牙 不耐烦 冷笑 厉声",
    "fear": "怕 恐 惊恐 慌 颤 发抖 紧张 害怕 吓",
    "surprise": "惊 愣 竟 吃惊 诧异 意外 发现 原来 突然 忽然 怔 疑惑",
    "love": "爱 温柔 深情 喜欢 恋 思念 轻声 想念 拥抱 抱住",
    "resolve": "坚定 决心 决定 发誓 一定 坚决 严肃 认真 誓",
}
_EN_FEELINGS: Mapping[Emotion, str] = {
    "joy": "happy happily laugh laughing smile smiling joy cheerful grin grinning excited delight",
    "sorrow": (
        "missing lost sad sadly cry crying tear sob grief sorrow weep mourn lonely dead died dies "
        "sigh"
    ),
    "anger": "angry angrily rage fury shout shouting furious cold coldly yell hate bitter",
    "fear": "afraid scared fear nervous trembling whisper terrified panic frightened",
    "surprise": "surprised suddenly shock shocked discover stunned confused startled amazed",
    "love": "love loving tender tenderly gently soft softly warm warmly kiss miss",
    "resolve": "firm firmly determined decide decided vow serious swear resolute steady",
}
_NEGATIONS = {"zh": re.compile(r"[没不未别莫勿]有?$|不曾$|从未$"), "en": re.compile(
    r"\b(?:not|never|no|didn['’]t|won['’]t|don['’]t|can['’]t|without)\s+$", re.I)}  # fmt: skip
_MAX_ACTS = 3  # of one line: more cannot be followed


def _words(table: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Word and meaning, the longest words first, so that 打开 is not taken for 打."""
    pairs = [(word, meaning) for meaning, words in table.items() for word in words.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_VERBS = {"zh": _words(_ZH_VERBS), "en": _words(_EN_VERBS)}  # type: ignore[arg-type]
_FEELINGS = {"zh": _words(_ZH_FEELINGS), "en": _words(_EN_FEELINGS)}  # type: ignore[arg-type]


@dataclass(frozen=True)
class Called:
    """Somebody of the cast and the names that the text calls them by."""

    id: PersonId
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    at: int
    end: int
    meaning: str


def feeling_in(text: str, language: Language) -> Emotion | None:
    """The first feeling that the words of ``text`` name, None when they name none."""
    found = _look_up(text, language, _FEELINGS[language])
    return found[0].meaning if found else None  # type: ignore[return-value]


def people_in(text: str, people: Sequence[Called]) -> list[tuple[int, int, PersonId]]:
    """Each mention of one of ``people`` by name: where it starts and ends, and who it is."""
    taken: list[tuple[int, int, PersonId]] = []
    names = sorted(
        ((name, person.id) for person in people for name in person.names if name),
        key=lambda pair: -len(pair[0]),
    )
    for name, person in names:
        pattern = re.escape(name)
        if name.isascii():
            pattern = rf"\b{pattern}\b"
        for match in re.finditer(pattern, text, re.IGNORECASE if name.isascii() else 0):
            if not any(start < match.end() and match.start() < end for start, end, _ in taken):
                taken.append((match.start(), match.end(), person))
    return sorted(taken)


def renamed(text: str, people: Sequence[Person]) -> str:
    """The words with the new names of people whom somebody renamed in the outline."""
    new = {person.id: person.name for person in people
           if person.called and person.name and person.name != person.called}  # fmt: skip
    if not new:
        return text
    called = [Called(person.id, (person.called,)) for person in people if person.id in new]
    for start, end, who in reversed(people_in(text, called)):
        text = text[:start] + new[who] + text[end:]
    return text


def acts_in(
    text: str,
    language: Language,
    people: Sequence[Called],
    things: Sequence[Thing] = (),
    subject: PersonId | None = None,
) -> tuple[Act, ...]:
    """What the words of ``text`` let be seen: at most three acts, each verb given to whoever is
    named before it in its clause, else to the one before, else to ``subject``.

    A verb that is denied (没来, "never came") is not shown.
    """
    mentions = people_in(text, people)
    acts: list[Act] = []
    seen: set[tuple[PersonId, Verb]] = set()
    for found in _look_up(text, language, _VERBS[language]):
        if any(start < found.end and found.at < end for start, end, _ in mentions):
            continue
        if _NEGATIONS[language].search(text[: found.at]):
            continue
        before = [mention for mention in mentions if mention[1] <= found.at]
        agent = before[-1][2] if before else subject
        if agent is None:
            continue
        verb: Verb = found.meaning  # type: ignore[assignment]
        if (agent, verb) in seen:
            continue
        seen.add((agent, verb))
        clause_end = _clause_end(text, found.end)
        to = next(
            (person for start, _, person in mentions
             if found.end <= start < clause_end and person != agent),
            None,
        )  # fmt: skip
        held = thing_in(text[_clause_start(text, found.at) : clause_end], things)
        acts.append(Act(agent, verb, to, held))
        if len(acts) == _MAX_ACTS:
            break
    return tuple(acts)


def thing_in(text: str, things: Sequence[Thing]) -> str:
    """The first of ``things`` that ``text`` names, the longest name first; empty when none."""
    here = [thing.name for thing in things if thing.name and thing.name.lower() in text.lower()]
    return max(here, key=len) if here else ""


def _clause_end(text: str, at: int) -> int:
    match = re.search(r"[，。！？；,.!?;]", text[at:])
    return at + match.start() if match else len(text)


def _clause_start(text: str, at: int) -> int:
    return max((text.rfind(mark, 0, at) for mark in "，。！？；,.!?;"), default=-1) + 1


def _look_up(text: str, language: Language, words: Sequence[tuple[str, str]]) -> list[_Found]:
    found: list[_Found] = []
    if language == "en":
        meanings = dict(reversed(words))
        for match in re.finditer(r"[A-Za-z’'-]+", text):
            for stem in _stems(match.group().lower()):
                if stem in meanings:
                    found.append(_Found(match.start(), match.end(), meanings[stem]))
                    break
        return found
    for word, meaning in words:
        at = text.find(word)
        while at >= 0:
            if not any(other.at < at + len(word) and at < other.end for other in found):
                found.append(_Found(at, at + len(word), meaning))
            at = text.find(word, at + 1)
    return sorted(found, key=lambda item: item.at)


def _stems(word: str) -> tuple[str, ...]:
    """An English word and the plainer forms it may come from."""
    forms = [word]
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
        ("ing", ""), ("ing", "e"), ("ly", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + instead
            forms.append(stem)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return tuple(forms)
