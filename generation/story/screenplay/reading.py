"""Which notation a screenplay is written in, and reading it by that."""

from __future__ import annotations

import re

from generation.story.screenplay import chinese, fountain
from generation.story.screenplay.types import Screenplay, lines_of
from generation.story.types import Language, Notation

_MIN_SPOKEN_SHARE = 0.6  # of the lines, for dialogue without any heading


def looks_like_screenplay(text: str) -> bool:
    """Whether the text is a screenplay rather than prose: it has scene headings or △ lines, or
    nearly all of its lines are "name: words".
    """
    return bool(notation_of(text))


def notation_of(text: str) -> Notation:
    """How the screenplay is written; "" when the text is none."""
    lines = [line.text for line in lines_of(text) if line.text]
    if not lines:
        return ""
    if any(fountain.HEADING.match(line) for line in lines):
        return "fountain"
    marked = sum(1 for line in lines if chinese.is_heading(line) or line[0] in chinese.TRIANGLES)
    if marked and len(lines) > 1:
        return "chinese"
    spoken = sum(1 for line in lines if chinese.SPEECH.match(line))
    if len(lines) >= 2 and spoken / len(lines) >= _MIN_SPOKEN_SHARE and spoken >= 2:
        return "plain"
    if fountain.count_cues(text) >= 2 and text.isascii():
        return "fountain"
    return ""


def language_of(text: str) -> Language:
    """Chinese when a tenth of the letters are Chinese characters."""
    letters = [character for character in text if character.isalpha()]
    chinese_count = sum("\u4e00" <= character <= "\u9fff" for character in letters)
    return "zh" if chinese_count * 10 >= max(1, len(letters)) else "en"


def read_screenplay(
    text: str, language: Language | None = None, notation: Notation = ""
) -> Screenplay:
    """The screenplay in ``text``, each line with its place there.

    ``language`` and ``notation`` are found from the text when they are not given; a text that is in
    none of the notations is read as the Chinese form, whose unmarked lines are action. Raises
    ``ValueError`` when nobody speaks and nothing happens in it.
    """
    written = notation or notation_of(text) or "chinese"
    spoken = language or language_of(text)
    text = re.sub(r"\r\n?", lambda match: "\n" + " " * (len(match.group()) - 1), text)
    read = fountain.read(text, spoken) if written == "fountain" else chinese.read(text, spoken)
    if not any(scene.elements for scene in read.scenes):
        raise ValueError("the screenplay has no line to speak and nothing to do")
    return Screenplay(read.title, written, spoken, read.scenes, read.notes, read.about)
