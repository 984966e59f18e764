"""Small words that several steps of reading events look at."""

from __future__ import annotations

from generation.story.facts.lexicon import grammar

BE = grammar("en", "be")
AUX = grammar("en", "aux")
PREPOSITIONS = grammar("en", "prepositions")
CONJUNCTIONS = grammar("en", "conjunctions")
MARKS = frozenset(",;:.!?()—–…\n") | {"-"}
SAYING = frozenset(["says", "said", "asks", "asked", "whispers", "whispered", "cries", "cried",
                     "replies", "replied", "answers", "answered", "shouts", "shouted"])  # fmt: skip
