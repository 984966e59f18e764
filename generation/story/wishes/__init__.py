"""What a text asks of a film that is invented from it, as far as its facts say."""

from generation.story.wishes.reading import reading_of
from generation.story.wishes.wishes import PersonWish, Wishes, wishes_of

__all__ = ["PersonWish", "Wishes", "reading_of", "wishes_of"]
