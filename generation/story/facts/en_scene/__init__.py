"""What stands around the people of an English text, each step on top of the one before.

``state`` → ``denials`` → ``times`` → ``reader``.
"""

from generation.story.facts.en_scene.reader import EnglishScene, read_scene

__all__ = ["EnglishScene", "read_scene"]
