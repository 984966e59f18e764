"""``read_facts``: what a text says, in either language."""

from __future__ import annotations

from generation.story.facts.chinese import read_chinese
from generation.story.facts.english import read_english
from generation.story.facts.types import Facts
from generation.story.types import Language, UnsuitableIdea

MAX_TEXT_CHARACTERS = 20_000


def language_of(text: str) -> Language:
    """Chinese when at least every eighth letter is Han; names in the other script are common."""
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    letters = sum(char.isalpha() for char in text)
    return "zh" if han and han * 8 >= letters else "en"


def check_text(text: str) -> None:
    """Raise ``UnsuitableIdea``: ``too_long``, or ``no_words`` when there is no letter in it, or
    half a character, which no file can hold.
    """
    if len(text) > MAX_TEXT_CHARACTERS:
        raise UnsuitableIdea(
            "too_long",
            f"the text has {len(text)} characters; at most {MAX_TEXT_CHARACTERS} are read",
        )
    halves = any("\ud800" <= char <= "\udfff" for char in text)
    if halves or not any(char.isalpha() for char in text):
        raise UnsuitableIdea(
            "no_words", "the text has no words: say in a sentence who wants what, and where"
        )


def read_facts(text: str, language: Language | None = None) -> Facts:
    """The facts of ``text``. ``language`` None: the one that it is written in, as ``language_of``
    tells; given, the text is read by that language's grammar.

    Spans are offsets into ``text`` as given. Raises ``UnsuitableIdea`` (``too_long``,
    ``no_words``).
    """
    check_text(text)
    return read_chinese(text) if (language or language_of(text)) == "zh" else read_english(text)
