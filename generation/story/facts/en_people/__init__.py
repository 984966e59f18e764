"""Who is in an English text, each step on top of the one before.

``state`` → ``names`` → ``coreference`` → ``roles`` → ``reader``.
"""

from generation.story.facts.en_people.reader import EnglishPeople
from generation.story.facts.en_people.words import DETERMINERS, POSSESSIVES

__all__ = ["DETERMINERS", "POSSESSIVES", "EnglishPeople"]
