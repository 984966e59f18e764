"""Small words that several steps of reading people look at."""

from __future__ import annotations

from generation.story.facts.lexicon import grammar

DETERMINERS = grammar("en", "determiners")
POSSESSIVES = {"his": "m", "her": "f", "their": "they", "my": "i", "its": "none", "our": "i"}
ADJECTIVES = grammar("en", "adjectives")
TITLES = grammar("en", "titles")
