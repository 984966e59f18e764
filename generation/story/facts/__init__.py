"""What a text says, and where it says it."""

from generation.story.facts.reading import MAX_TEXT_CHARACTERS, language_of, read_facts

__all__ = ["MAX_TEXT_CHARACTERS", "language_of", "read_facts"]
