"""Who is in a Chinese text, each step on top of the one before.

``state`` → ``roles`` → ``names`` → ``identity`` → ``pronouns`` → ``relations`` → ``reader``.
"""

from generation.story.facts.zh_people.identity import sex_of_given
from generation.story.facts.zh_people.reader import PeopleReader
from generation.story.facts.zh_people.words import canonical

__all__ = ["PeopleReader", "canonical", "sex_of_given"]
