"""What happens in an English text, each step on top of the one before.

``verbs`` → ``participants`` → ``clauses`` → ``reader``.
"""

from generation.story.facts.en_events.reader import EnglishEvents

__all__ = ["EnglishEvents"]
