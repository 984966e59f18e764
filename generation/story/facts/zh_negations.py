"""What a Chinese text says must not be in the film."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.segmenting import Token
from generation.story.facts.types import NegationFact, Span
from generation.story.facts.zh_events import Clause

_ASKING = grammar("zh", "asking")
_ABOUT = grammar("zh", "about")
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
_LINKS = grammar("zh", "links")
_FILLERS = grammar("zh", "fillers")


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
