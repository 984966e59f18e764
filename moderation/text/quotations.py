"""Where a remark quotes, or tells what somebody in the drama says."""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "‘": "’", '"': '"'}
_PAIRED = re.compile("|".join(f"{a}[^{b}]*{b}" for a, b in _PAIRS.items()))
_SENTENCE_END = re.compile(r"[。！？!?;；\n]")
_SAYS = re.compile(r"说|喊|吼|念|唱|台词|那句|这句|骂|问|said|says|saying|yell|shout|line|quote")
_SPEAKERS = re.compile(r"我|老子|劳资|\bi\b|\bi'll\b|\bwe\b")
# Before a quotation mark these make the quoted word one's own: 你就是个“…”
_OWN = re.compile(r"(?:是|个|这|群|帮|你|you|a|an|such)\s*$")
_MIN_AROUND = 3  # letters outside the quotation, from which it is one and not the whole remark


class Quotations:
    """The quotations of a folded text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _PAIRED.finditer(text)]
        inside = sum(letter.isalnum() for start, end in self._spans for letter in text[start:end])
        self._around = sum(map(str.isalnum, text)) - inside if self._spans else 0

    def covers(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is quoted within other talk, or told as somebody's words."""
        for first, last in self._spans:
            if first <= start and end <= last:
                return self._around >= _MIN_AROUND and not _OWN.search(self._text[:first])
        sentence = _SENTENCE_END.split(self._text[:start])[-1]
        return _SAYS.search(sentence) is not None and _SPEAKERS.search(sentence) is None
