"""Chinese clauses: where a text is cut by its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generation.story.facts.segmenting import Token
from generation.story.facts.types import Span

_BREAKS = frozenset("，。！？；：…—\n,.!?;:~～|/")
_STOPS = frozenset("。！？\n!?…")


@dataclass
class Clause:
    """Tokens ``first`` up to ``last`` (excluded) of one clause."""

    first: int
    last: int
    span: Span
    quotes: list[Span] = field(default_factory=list)
    ends_sentence: bool = False


def split_clauses(text: str, tokens: Sequence[Token]) -> list[Clause]:
    """Clauses at the marks of the text; a quotation stays within its own."""
    clauses: list[Clause] = []
    quotes: list[Span] = []
    first, at = 0, 0
    closing = [len(tokens)] * (len(tokens) + 1)
    for back in range(len(tokens) - 1, -1, -1):
        closing[back] = back if tokens[back].text == "”" else closing[back + 1]

    def close(last: int, stop: bool) -> None:
        if last > first:
            span = Span(tokens[first].start, tokens[last - 1].end)
            clauses.append(Clause(first, last, span, list(quotes), stop))

    while at < len(tokens):
        token = tokens[at]
        if token.text == "“":
            end = closing[at]
            if end < len(tokens):
                if end - at > 1:
                    quotes.append(Span(token.end, tokens[end].start))
                at = end + 1
                if tokens[end - 1].text in _STOPS:
                    close(at, True)
                    first, quotes = at, []
                continue
        newline = at > 0 and "\n" in text[tokens[at - 1].end : token.start]
        if newline:
            close(at, True)
            first, quotes = at, []
        if token.text in _BREAKS:
            following = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if not (token.text in ("：", ":", "，") and following == "“"):
                close(at, token.text in _STOPS)
                first, quotes = at + 1, []
        at += 1
    close(len(tokens), True)
    return clauses
