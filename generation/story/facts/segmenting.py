"""Chinese words and what they are: the likeliest way through a dictionary, where a name that no
dictionary has is one of the ways.

The dictionary (``data/words.txt.xz``) is cut from jieba's; the way is the one of greatest product
of frequencies (Viterbi), as there. A name's likelihood is that of its surname and its characters.
"""

from __future__ import annotations

import lzma
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log

from generation.story.facts.folding import fold

_MAX_WORD = 5
_NAMED = log(0.01)  # one word in a hundred is a name
_COUNTING = frozenset("封片支件本台条块份句")
_UNKNOWN = log(1e-9)
_COMMON = -10.5  # log probability of words that are met daily
_OWN_FREQUENCY = 3000  # of the words in our own tables, as if met so often


@dataclass(frozen=True)
class Token:
    """A word. ``tag`` is jieba's, or ``name``, ``x`` (no word), ``latin``, ``number``."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True)
class NameTables:
    """What names are made of."""

    plain: frozenset[str]
    doubtful: frozenset[str]
    compound: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    given: frozenset[str]
    sound: frozenset[str]
    famous: Mapping[str, str]  # name → sex
    surnames: frozenset[str]


def _data(name: str) -> bytes:
    return files("generation.story.facts").joinpath("data", name).read_bytes()


_NEVER_SURNAMES = frozenset("那都能相后从别却应终再又")  # 那夜: too common in other words


@lru_cache(maxsize=1)
def name_tables() -> NameTables:
    """The tables of ``data/names.zh.toml``."""
    data = tomllib.loads(fold(_data("names.zh.toml").decode()))
    given = data["given"]
    return NameTables(
        frozenset(data["surnames"]["plain"]),
        frozenset(data["surnames"]["doubtful"]) - frozenset(data["surnames"]["plain"]),
        frozenset(data["surnames"]["compound"].split()),
        frozenset(given["f"]),
        frozenset(given["m"]),
        frozenset(given["f"] + given["m"] + given["both"]),
        frozenset(data["sound"]["characters"]),
        {name: sex for sex in ("f", "m") for name in data["famous"][sex].split()},
        frozenset(data["surnames"]["plain"] + data["surnames"]["doubtful"]) - _NEVER_SURNAMES,
    )


@lru_cache(maxsize=1)
def dictionary() -> Mapping[str, tuple[float, str]]:
    """Word → (log probability, tag)."""
    found: dict[str, tuple[int, str]] = {}
    for line in lzma.decompress(_data("words.txt.xz")).decode().splitlines():
        tag, _, words = line.partition("\t")
        fields = words.split(" ")
        for at in range(0, len(fields), 2):
            if tag == "nr" and fields[at][0] in _COUNTING and len(fields[at]) == 2:
                continue  # 封信 is no name: 一封信
            found[fields[at]] = (int(fields[at + 1]), tag)
    total = log(sum(frequency for frequency, _ in found.values()))
    return {word: (log(max(1, f)) - total, tag) for word, (f, tag) in found.items()}


# Characters of grammar: in a name only where it is said to be one.
_GRAMMAR = frozenset(
    "的了是在有不被把给就都要去着过到向对从而却但又没他她它我你们这那里上下说想看会能让叫和与"
    "及也很还将已很最后前只个位候吗呢吧啊呀什么怎谁为因所并且或者才再便则即使"
)


_RANKS = "大二三四五六七八九小"
_KIN_ENDS: Mapping[str, str] = dict.fromkeys("姑娘婶嫂姐妹婆妈姨", "f") | dict.fromkeys(
    "叔爷哥郎弟爹公伯舅", "m"
)


def sex_of_title(name: str) -> str | None:
    """What a title of kin behind a surname says: 金三姑 is a woman, 李四爷 a man."""
    return _KIN_ENDS.get(name[-1]) if len(name) == 3 and name[1] in _RANKS else None


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, tuple[str, ...]]:
    """First character → what follows a surname: 林奶奶, 赵总."""
    titles = tomllib.loads(fold(_data("names.zh.toml").decode()))["titles"]["words"].split()
    titles += [rank + kin for rank in _RANKS for kin in _KIN_ENDS]  # 金三姑, 李四爷
    return {first: tuple(t for t in titles if t[0] == first) for first in {t[0] for t in titles}}


def name_likelihood(surname: str, given: str) -> float:
    """How likely this is somebody's name, as a log probability beside those of words."""
    tables = name_tables()
    common = surname in tables.plain or surname in tables.compound
    value = _NAMED + log(0.05 if common else 0.0015)
    for char in given:
        if char in _GRAMMAR:
            value += log(1e-7)
        else:
            value += log(1e-2 if char in tables.given else 2e-5)
    if given[-1] in _TRADE_ENDS or "匠" in given:
        value += log(1e-4)  # 钟匠 mends clocks
    if len(given) == 2 and (word := dictionary().get(given)) and word[0] > _COMMON:
        value += log(1e-2) if word[1][:1] in ("d", "c", "p", "r", "m") else 0.0  # 丁一起
    return value - (0.0 if len(given) == 1 else 0.5)


_TRADE_ENDS = frozenset("师员匠")


def _candidates(text: str, at: int, end: int) -> list[tuple[int, float, str]]:
    tables = name_tables()
    found: list[tuple[int, float, str]] = []
    char = text[at]
    trade = char in _TRADE_ENDS and at > 0 and _is_han(text[at - 1])  # 修理师白芷
    surnames = [char] if char in tables.surnames and not trade else []
    if text[at : at + 2] in tables.compound:
        surnames.append(text[at : at + 2])
    for surname in surnames:
        begin = at + len(surname)
        for size in (1, 2):
            if begin + size <= end:
                given = text[begin : begin + size]
                value = name_likelihood(surname, given)
                called = at > 0 and text[at - 1] in "小老阿"
                if called and text[max(0, at - 2) : at] not in dictionary():  # 长老洪九指
                    value += log(1e-4)  # 小陈雨夜送餐 is 小陈, in a rainy night
                found.append((begin + size, value, "name"))
        found += [
            (begin + len(title), log(2e-6), "title")
            for title in _titles().get(text[begin : begin + 1], ())
            if text.startswith(title, begin) and begin + len(title) <= end
        ]
    if char in "阿小老" and at + 2 <= end:
        known = text[at + 1] in tables.given or text[at + 1] in tables.surnames
        if known or char == "阿":
            common = char in "老小" and text[at + 1] in tables.surnames  # 老魏, 小艾
            found.append((at + 2, log(4e-7 if char == "阿" or common else 4e-8), "nick"))
    return found


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def segment(text: str, own: Mapping[str, object]) -> list[Token]:
    """The words of ``text``. ``own`` has words of our tables, which outweigh those of the
    dictionary. Time is linear in the text.
    """
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        end = at + 1
        if _is_han(text[at]):
            while end < len(text) and _is_han(text[end]):
                end += 1
            tokens += _segment_run(text, at, end, own)
        elif text[at].isdigit():
            while end < len(text) and (text[end].isdigit() or text[end] == "."):
                end += 1
            tokens.append(Token(at, end, text[at:end], "number"))
        elif text[at].isalpha():
            while end < len(text) and (
                (text[end].isalpha() and not _is_han(text[end]))
                or (text[end] in "'-." and text[end + 1 : end + 2].isascii()
                    and text[end + 1 : end + 2].isalpha())
            ):  # fmt: skip
                end += 1
            tokens.append(Token(at, end, text[at:end], "latin"))
        elif text[at] not in " \t":
            tokens.append(Token(at, end, text[at], "mark"))
        at = end
    return _join_foreign(text, _join_trades(tokens))


def _join_trades(tokens: list[Token]) -> list[Token]:
    """修理 师 as one word: who makes a trade of it."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if (
            token.text in _TRADE_ENDS
            and before is not None
            and before.end == token.start
            and len(before.text) == 2
            and before.tag in ("v", "vn", "n")
        ):
            joined[-1] = Token(before.start, token.end, before.text + token.text, "n")
        elif token.text == "匠" and before is not None and len(before.text) == 1:
            joined.append(_craftsman(joined, token))  # 修 钟 匠
        else:
            joined.append(token)
    return joined


def _craftsman(joined: list[Token], token: Token) -> Token:
    """匠 with the one or two single characters before it; they are taken off ``joined``."""
    word = token
    for tags in (("n", "ng", "nr", "x", "zg"), ("v", "vg", "vn")):
        before = joined[-1] if joined else None
        if before is None or before.end != word.start or len(before.text) > 1:
            break
        if before.tag not in tags:
            break
        joined.pop()
        word = Token(before.start, word.end, before.text + word.text, "n")
    return word


def _join_foreign(text: str, tokens: list[Token]) -> list[Token]:
    """安德烈 · 伊万诺夫 as one name: what is spelt as foreign names are around the dot."""
    if "·" not in text:
        return tokens
    sound = name_tables().sound

    def spelt(token: Token) -> bool:
        return token.tag != "mark" and all(char in sound for char in token.text)

    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.text != "·" or not joined or at + 1 >= len(tokens):
            joined.append(token)
            at += 1
            continue
        first = joined.pop()
        while first.tag != "name" and spelt(first) and joined and spelt(joined[-1]):
            before = joined.pop()
            first = Token(before.start, first.end, before.text + first.text, "x")
        stop = at + 2
        while stop < len(tokens) and spelt(tokens[at + 1]) and spelt(tokens[stop]):
            stop += 1
        end = tokens[stop - 1].end
        joined.append(Token(first.start, end, text[first.start : end], "name"))
        at = stop
    return joined


def _segment_run(text: str, start: int, end: int, own: Mapping[str, object]) -> list[Token]:
    words = dictionary()
    base = log(_OWN_FREQUENCY / 6e7)
    best: list[tuple[float, int, str]] = [(0.0, end, "")] * (end - start + 1)
    for at in range(end - 1, start - 1, -1):
        options: list[tuple[float, int, str]] = [(_UNKNOWN, at + 1, "x")]
        for stop in range(at + 1, min(end, at + _MAX_WORD) + 1):
            word = text[at:stop]
            known = words.get(word)
            if word in own and len(word) > 1:
                weight = max(base, known[0] if known else base)
                options.append((weight + 0.6 * (stop - at - 2), stop, known[1] if known else "own"))
            elif known:
                options.append((known[0], stop, known[1]))
        options += [(weight, stop, tag) for stop, weight, tag in _candidates(text, at, end)]
        best[at - start] = max(
            (weight + best[stop - start][0], stop, tag) for weight, stop, tag in options
        )
    tokens: list[Token] = []
    at = start
    while at < end:
        _, stop, tag = best[at - start]
        tokens.append(Token(at, stop, text[at:stop], tag))
        at = stop
    return tokens
