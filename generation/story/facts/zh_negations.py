"""What a Chinese text says must not be in the film."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.lexicon import Lexicon
from generation.story.facts.segmenting import Token
from generation.story.facts.types import NegationFact, Span
from generation.story.facts.zh_events import Clause

_ASKING = frozenset(
    [
        "不要",
        "不能有",
        "不许有",
        "无",
        "别有",
        "避免",
        "请勿",
        "不含",
        "不涉及",
        "不可有",
        "不得有",
        "别写",
        "不写",
        "不拍",
        "不带",
        "去掉",
        "别出现",
        "不要有",
        "不能出现",
        "绝不",
        "不需要",
        "不想要",
        "不出现",
        "禁止",
        "别",
    ]
)
_ABOUT = frozenset(
    [
        "故事",
        "全片",
        "片中",
        "片子",
        "影片",
        "剧中",
        "剧里",
        "剧情",
        "短剧",
        "全剧",
        "里面",
        "其中",
        "整个",
        "本片",
        "这",
        "这部",
        "这个",
        "里",
        "中",
        "全程",
        "全文",
        "请",
        "也",
        "但",
        "并且",
        "而且",
        "且",
        "希望",
        "还",
        "又",
        "就",
        "和",
        "，",
        "千万",
        "绝对",
        "同时",
        "另外",
        "一定",
        "记得",
        "最好",
        "要",
        "，",
        "没有",
        "我",
        "完全",
    ]
)
_ENDS = (
    "线",
    "戏",
    "情节",
    "元素",
    "场面",
    "镜头",
    "结局",
    "桥段",
    "剧情",
    "内容",
    "成分",
    "画面",
    "梗",
)
_LINKS = frozenset(["、", "和", "与", "或", "或者", "以及", "及", "也没有", "跟"])
_FILLERS = frozenset(
    [
        "有",
        "出现",
        "任何",
        "写",
        "拍",
        "加",
        "太",
        "多余的",
        "一点",
        "什么",
        "任何的",
        "带",
        "涉及",
        "再",
    ]
)


def read_negations(
    text: str, tokens: Sequence[Token], clauses: Sequence[Clause], lex: Lexicon
) -> tuple[list[NegationFact], set[int]]:
    """The denials, and the offsets of all their words, where nothing else is to be read."""
    found: list[NegationFact] = []
    hidden: set[int] = set()
    films = lex.words_of("negations.of_films")
    words = lex.words_of("negations")
    previous = False  # the clause before denied something: 没有鬼、没有死人，没有血
    for clause in clauses:
        at = clause.first
        while at < clause.last and tokens[at].text in _ABOUT and tokens[at].text not in words:
            at += 1
        word = tokens[at].text if at < clause.last else ""
        asking = word in _ASKING or (word == "不" and text.startswith("要", tokens[at].end))
        if word == "不" and not asking:
            rest = text[tokens[at].end : clause.span.end]
            asking = any(rest.startswith(film) for film in films)
        if at >= clause.last or not (word in words or asking):
            previous = False
            continue
        at += 1
        if word == "不" and tokens[at].text == "要":
            at += 1
        items = _items(text, tokens, at, clause.last)
        accepted = [
            span for span in items
            if _denies(text[span.start : span.end], films, asking or previous)
        ]  # fmt: skip
        previous = bool(accepted)
        for span in accepted:
            what = text[span.start : span.end]
            found.append(NegationFact(what, span))
        if accepted:
            hidden.update(range(clause.span.start, clause.span.end))
    return found, hidden


def _items(text: str, tokens: Sequence[Token], at: int, last: int) -> list[Span]:
    spans: list[Span] = []
    while at < last and tokens[at].text in _FILLERS:
        at += 1
    start = at
    for index in range(at, last + 1):
        if index == last or tokens[index].text in _LINKS:
            if index > start:
                spans.append(_trimmed(text, tokens[start].start, tokens[index - 1].end))
            start = index + 1
            while start < last and tokens[start].text in (*_FILLERS, "没有", "不要", "也"):
                start += 1
    return spans


def _trimmed(text: str, start: int, end: int) -> Span:
    for tail in (
        "的出现",
        "出现",
        "的情节",
        "的故事",
        "的东西",
        "之类的",
        "之类",
        "吧",
        "了",
        "的",
        "哦",
        "啊",
    ):
        if text[start:end].endswith(tail) and end - start > len(tail):
            end -= len(tail)
            break
    return Span(start, end)


def _denies(what: str, films: frozenset[str], asking: bool) -> bool:
    if not what or len(what) > 12:
        return False
    return (
        asking
        or what in films
        or what.endswith(_ENDS)
        or any(len(film) > 1 and what.endswith(film) for film in films)
    )
