"""Small words that several steps of reading people look at."""

from __future__ import annotations

from generation.story.facts.lexicon import grammar

NAMING = grammar("zh", "naming")
PRONOUNS: dict[str, str] = {
    "他": "m", "她": "f", "它": "none", "他们": "they", "她们": "they", "它们": "they",
    "自己": "self", "其": "self", "我": "i", "我们": "i", "牠": "none", "祂": "none",
}  # fmt: skip
FAMILY_ENDS = grammar("zh", "family_ends")
_SYNONYMS = {
    word: words.split("=")[1]
    for words in grammar("zh", "synonyms")
    for word in words.split("=")[0].split("|")
}


def canonical(word: str) -> str:
    """One word for those that mean the same person: 妈妈 is 母亲."""
    return _SYNONYMS.get(word, word)
