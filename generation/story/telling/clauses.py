"""A text in stretches that are each said in one breath, with their places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.story.facts.types import Facts, Span

_SENTENCE = re.compile(
    r"(?:[。！？!?…]+|(?<![A-Z][a-z])(?<!\b[A-Z])\.(?=\s|$|[”\"’'）)]))[”\"’'」』）)]*|\n+"
)
_CLAUSE = re.compile(r"[，；,;：:]|——|--|\s—\s")
_MAX_STRETCH = {"zh": 13, "en": 52}  # characters said at once
_MIN_STRETCH = {"zh": 5, "en": 18}

_MAX_IDEA = 300  # characters; whoever writes more tells a tale
# What denies, and what may stand beside it in such a clause.
_DENYING = frozenset(
    {"没有", "没", "不要", "不要有", "不许", "不许有", "不能有", "不含", "不写", "别写", "别有"}
    | {"无", "也没有", "也不要", "和", "或", "no", "not", "without", "any", "and", "or", "nor"}
    | {"please", "a", "an", "the", "there", "is", "are"}
)


@dataclass(frozen=True)
class Stretch:
    """What one line says: characters ``start`` to ``end`` of the text, in sentence ``sentence``."""

    start: int
    end: int
    sentence: int


def sentences_of(text: str) -> tuple[Span, ...]:
    """The sentences of a text without the blanks around them. Marks within quotation marks that
    are closed right after them end the sentence with the quotation.
    """
    found: list[Span] = []
    start = 0
    for match in _SENTENCE.finditer(text):
        if _inside_quotation(text, start, match.end()):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def stretches_of(facts: Facts, sentences: Sequence[Span]) -> tuple[Stretch, ...]:
    """The sentences parted at their clauses into stretches short enough to be said at once.

    Speech in quotation marks that the facts know stays whole and ends its stretch. A clause that
    only says what must not be in the film (“没有鬼，”) is the maker's word to us and is not told.
    """
    quotes = [
        span for event in facts.events if event.quoted for span in _quotation(facts, event.span)
    ]
    found: list[Stretch] = []
    for number, sentence in enumerate(sentences):
        for start, end in _parts(facts, sentence, quotes):
            found.append(Stretch(start, end, number))
    return tuple(found)


def clause_at(text: str, span: Span, at: int) -> Span:
    """The clause of the sentence ``span`` in which the character ``at`` stands."""
    start, end = span.start, span.end
    for match in _CLAUSE.finditer(text, span.start, span.end):
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.end()
            break
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    stripped = raw.strip()
    if any(character.isalnum() for character in stripped):
        begin = start + raw.index(stripped)
        found.append(Span(begin, begin + len(stripped)))
    elif found and stripped and not raw.startswith("\n"):
        found[-1] = Span(found[-1].start, start + len(raw.rstrip()))


def _inside_quotation(text: str, start: int, end: int) -> bool:
    said = text[start:end]
    return any(said.count(left) > said.count(right) for left, right in ("“”", "「」", "『』"))


def _quotation(facts: Facts, span: Span) -> Iterator[Span]:
    for match in re.finditer(r"“[^”]*”|「[^」]*」|\"[^\"]*\"|『[^』]*』", facts.said(span)):
        yield Span(span.start + match.start(), span.start + match.end())


def _parts(facts: Facts, sentence: Span, quotes: Sequence[Span]) -> list[tuple[int, int]]:
    text = facts.text
    cuts = [sentence.start]
    for match in _CLAUSE.finditer(text, sentence.start, sentence.end):
        inside = any(quote.start < match.end() < quote.end for quote in quotes)
        if not inside and not _inside_number(text, match):
            cuts.append(match.end())
    for quote in quotes:
        if sentence.start <= quote.start and quote.end <= sentence.end:
            cuts.append(quote.end)
    cuts = [*sorted({cut for cut in cuts if cut < sentence.end}), sentence.end]
    limit, least = _MAX_STRETCH[facts.language], _MIN_STRETCH[facts.language]
    parts: list[tuple[int, int]] = []
    for start, end in itertools.pairwise(cuts):
        if _only_forbids(facts, start, end):
            continue
        ends_speech = any(quote.end == start for quote in quotes)
        if (
            parts
            and not ends_speech
            and (
                end - parts[-1][0] <= limit or min(end - start, parts[-1][1] - parts[-1][0]) < least
            )
        ):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return [_trimmed(text, start, end) for start, end in parts if text[start:end].strip()]


def _only_forbids(facts: Facts, start: int, end: int) -> bool:
    """Whether a clause of an idea says what must not be in the film, and nothing else. In a tale
    “没有风，” is the tale's own.
    """
    denied = {place for fact in facts.negations for place in range(fact.span.start, fact.span.end)}
    if len(facts.text) > _MAX_IDEA or denied.isdisjoint(range(start, end)):
        return False
    rest = "".join(
        " " if place in denied else facts.text[place].lower() for place in range(start, end)
    )
    words = re.findall(r"[a-z]+|[\u4e00-\u9fff]+", rest)
    return all(word in _DENYING for word in words)


def _inside_number(text: str, match: re.Match[str]) -> bool:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return match.group() in ",:：" and before.isdigit() and after.isdigit()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
