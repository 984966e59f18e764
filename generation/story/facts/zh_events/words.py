"""Small words that several steps of reading events look at."""

from __future__ import annotations

from generation.story.facts.lexicon import grammar

PASSIVE = frozenset(["被", "遭", "遭到", "受到", "让人", "受"])
DISPOSAL = frozenset(["把", "将"])
COMPANY = grammar("zh", "company")
BECOMING = grammar("zh", "becoming")
FOR = frozenset(["为", "给", "对", "向", "替", "跟", "与", "和", "同"])
