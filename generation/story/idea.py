"""Reading an idea: which of its words are known, who is named, what is asked for.

Chinese is matched longest word first, English by plain forms of words. Nothing that a person typed
is evaluated or used as a pattern: it is looked up, and what is not found is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generation.story.lexicon import (
    CHINESE,
    CHINESE_STOP_WORDS,
    ENGLISH,
    ENGLISH_STOP_WORDS,
    SURNAMES,
)
from generation.story.types import IdeaReading, IdeaWord, Language, UnsuitableIdea

MAX_IDEA_CHARACTERS = 2000

_MAX_WORD_CHARACTERS = 5
_HAN = "\u4e00-\u9fff"
_STARTS = rf"(?:(?<![{_HAN}])|(?<=[与和同跟及]))"
_ZH_NAMED = re.compile(
    rf"(?:名叫|名为|唤作|叫做|叫)([{_HAN}]{{2,3}}?)(?=[的与和在是，。、！？,.\s]|$)"
)
_ZH_NICK = re.compile(
    rf"{_STARTS}(?:[{SURNAMES}][{_HAN}]?(?:生|娘|郎|氏)|[阿小老][{_HAN}])(?=[与和在是，。的被把为])"
)
_ZH_SURNAME = re.compile(rf"{_STARTS}[{SURNAMES}][{_HAN}]{{1,2}}(?=[与和在是，。的被把为要想不却])")
_ZH_AFTER_FIGURE = re.compile(
    rf"(?:[{SURNAMES}][{_HAN}]{{1,2}}?|[阿小][{_HAN}])(?=[与和在是，。的被把为要想不却,]|$)"
)
_EN_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?")
_EN_NAMED = re.compile(r"\b(?:named|called)\s+((?:[A-Z][\w']*)(?:\s+[A-Z][\w']*)?)")
_EN_VERBS = frozenset(
    {
        "is",
        "was",
        "has",
        "and",
        "returns",
        "finds",
        "meets",
        "wants",
        "loves",
        "must",
        "who",
        "waits",
        "learns",
        "comes",
    }
)
_EN_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30,
}  # fmt: skip
_ZH_NUMBERS = {char: number for number, char in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "百": 100,
}


@dataclass(frozen=True)
class Mention:
    """A meaning at a place in the idea."""

    at: int
    word: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Idea:
    """An idea as it was understood."""

    text: str
    language: Language
    mentions: tuple[Mention, ...] = ()
    names: tuple[Mention, ...] = ()  # kind "name", meaning the name
    years: int | None = None
    unknown: tuple[str, ...] = ()

    def mentions_of(self, kind: str) -> list[Mention]:
        """The mentions of one kind, in order."""
        return [mention for mention in self.mentions if mention.kind == kind]

    @property
    def reading(self) -> IdeaReading:
        """What is shown to the person: words understood, words not."""
        seen: dict[tuple[str, str], IdeaWord] = {}
        for mention in sorted((*self.mentions, *self.names), key=lambda mention: mention.at):
            seen.setdefault(
                (mention.word, mention.kind), IdeaWord(mention.word, mention.kind, mention.meaning)
            )
        return IdeaReading(tuple(seen.values()), self.unknown)


def read_idea(text: str, language: Language | None = None) -> Idea:
    """Understand an idea. ``language`` None: that of the idea.

    Raises ``UnsuitableIdea`` for one that is longer than ``MAX_IDEA_CHARACTERS`` or has nothing to
    plan from.
    """
    if len(text) > MAX_IDEA_CHARACTERS:
        raise UnsuitableIdea(
            "too_long",
            f"the idea has {len(text)} characters; at most {MAX_IDEA_CHARACTERS} are read",
        )
    clean = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    clean = "".join(
        char if unicodedata.category(char)[0] != "C" or char in "\n\t" else " " for char in clean
    ).strip()
    # NFKC makes full-width commas ASCII; the patterns below know both.
    if not any(char.isalpha() for char in clean):
        raise UnsuitableIdea(
            "no_words", "the idea has no words: say in a sentence who wants what, and where"
        )
    written: Language = "zh" if re.search(rf"[{_HAN}]", clean) else "en"
    read = _read_chinese if written == "zh" else _read_english
    mentions, names, years, unknown = read(clean)
    return Idea(clean, language or written, tuple(mentions), tuple(names), years, tuple(unknown))


@lru_cache(maxsize=2)
def _index(language: Language) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, meanings in (CHINESE if language == "zh" else ENGLISH).items():
        for meaning, words in meanings.items():
            for word in words.split():
                found.setdefault(word, []).append((kind, meaning))
    return {word: tuple(pairs) for word, pairs in found.items()}


_Read = tuple[list[Mention], list[Mention], int | None, list[str]]


def _read_chinese(text: str) -> _Read:
    index = _index("zh")
    names = [
        Mention(match.start(match.lastindex or 0), name, "name", name)
        for pattern in (_ZH_NAMED, _ZH_NICK, _ZH_SURNAME)
        for match in pattern.finditer(text.replace(",", "，"))
        if (name := match[match.lastindex or 0]) not in index and name not in CHINESE_STOP_WORDS
    ]
    names += [
        Mention(match.start(), match[0], "name", match[0])
        for word, meanings in index.items()
        if any(kind == "figure" for kind, _ in meanings)
        for found in re.finditer(word, text)
        if (match := _ZH_AFTER_FIGURE.match(text, found.end())) and match[0] not in index
    ]
    names = [
        mention
        for _, mention in sorted({mention.at: mention for mention in reversed(names)}.items())
    ]
    taken = {at for mention in names for at in range(mention.at, mention.at + len(mention.word))}
    mentions: list[Mention] = []
    unknown: list[str] = []
    run = ""
    at = 0
    while at < len(text):
        word = "" if at in taken else _longest_known_word(text, at, index)
        passed = text[at] if not word else ""
        if word and word in index:
            mentions += [Mention(at, word, kind, meaning) for kind, meaning in index[word]]
        stops = (
            bool(word) or at in taken or not ("\u4e00" <= passed <= "\u9fff" or passed.isalnum())
        )
        if stops and run:
            unknown.append(run)
            run = ""
        if not stops:
            run += passed
        at += len(word) or 1
    if run:
        unknown.append(run)
    years = re.search(r"([零一两二三四五六七八九十百\d]{1,3})年", text)
    number = _chinese_number(years[1]) if years else None
    return mentions, names, number, list(dict.fromkeys(unknown))


def _longest_known_word(text: str, at: int, index: Mapping[str, object]) -> str:
    for length in range(min(_MAX_WORD_CHARACTERS, len(text) - at), 0, -1):
        word = text[at : at + length]
        if word in index or word in CHINESE_STOP_WORDS:
            return word
    return ""


def _chinese_number(digits: str) -> int | None:
    if digits.isdigit():
        value = int(digits)
    else:
        value, current = 0, 0
        for char in digits:
            number = _ZH_NUMBERS.get(char, 0)
            if number >= 10:
                value += max(1, current) * number
                current = 0
            else:
                current = number
        value += current
    return value if 1 <= value <= 99 else None


def _read_english(text: str) -> _Read:
    index = _index("en")
    words = list(_EN_WORD.finditer(text))
    names = list(_english_names(text, words, index))
    taken = {at for mention in names for at in range(mention.at, mention.at + len(mention.word))}
    mentions: list[Mention] = []
    unknown: list[str] = []
    years: int | None = None
    for position, match in enumerate(words):
        if match.start() in taken:
            continue
        word = match[0].lower().replace("’", "'")
        following = words[position + 1][0].lower() if position + 1 < len(words) else ""
        if word in _EN_NUMBERS and following in ("year", "years"):
            years = _EN_NUMBERS[word]
        plain = next((form for form in _plain_forms(word) if form in index), "")
        if plain:
            mentions += [
                Mention(match.start(), match[0], kind, meaning) for kind, meaning in index[plain]
            ]
        elif not any(form in ENGLISH_STOP_WORDS for form in _plain_forms(word)):
            unknown.append(match[0])
    digits = re.search(r"\b(\d{1,2})\s+years?\b", text)
    if digits and 1 <= int(digits[1]) <= 99:
        years = int(digits[1])
    others = re.findall(r"[^\W\d_]+", _EN_WORD.sub(" ", text))
    return mentions, names, years, list(dict.fromkeys([*unknown, *others]))


def _plain_forms(word: str) -> Iterator[str]:
    """The word, then the word without its endings: promises → promise, betrayed → betray, pawning →
    pawn.
    """
    yield word
    word = re.sub(r"'s?$", "", word)
    yield word
    for ending, instead in (
        ("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
        ("ing", ""),
        ("ing", "e"), ("er", ""), ("ly", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)] + instead
            yield stem
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
    yield from {"met": ["meet"], "found": ["find"], "left": ["leave"], "gave": ["give"],
                "sold": ["sell"],
                "men": ["man"], "women": ["woman"], "wives": ["wife"], "died": ["die"],
                "dead": ["die"],
                "killed": ["murder"], "kill": ["murder"], "kills": ["murder"],
                "wept": ["weep"]}.get(word, [])  # fmt: skip


def _english_names(
    text: str, words: list[re.Match[str]], index: Mapping[str, object]
) -> Iterator[Mention]:
    seen = set()
    for match in _EN_NAMED.finditer(text):
        seen.add(match.start(1))
        yield Mention(match.start(1), match[1], "name", match[1])
    covered = -1
    for position, match in enumerate(words):
        word = match[0]
        if (
            not word[0].isupper()
            or match.start() in seen
            or match.start() <= covered
            or len(word) < 2
        ):
            continue
        plain = re.sub(r"['’]s$", "", word)
        forms = set(_plain_forms(plain.lower()))
        if forms & ENGLISH_STOP_WORDS or any(form in index for form in forms) or plain.isupper():
            continue
        before = text[: match.start()].rstrip()
        if re.search(
            r"\b(?:in|at|of|from|near|to|into)$", before
        ):  # a place, or a title: not a person
            continue
        opens = not before or before[-1] in '.!?:"“'
        following = words[position + 1] if position + 1 < len(words) else None
        if opens and not (
            word != plain
            or (
                following is not None
                and (following[0].lower() in _EN_VERBS or following[0][0].isupper())
            )
        ):
            continue
        if (
            following is not None
            and following[0][0].isupper()
            and text[match.end() : following.start()] == " "
            and not any(form in index for form in _plain_forms(following[0].lower()))
        ):
            surname = re.sub(r"['’]s$", "", following[0])
            plain = f"{plain} {surname}"
            covered = following.start()
        yield Mention(match.start(), plain, "name", plain)
