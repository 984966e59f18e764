"""The books of invented films: genres, operators, secrets, phrases, names and measure words, as
files that a writer edits.

Everything is read once and strictly: what does not fit is refused by file and place. A phrase is
one line, ``who feeling >action: Chinese || English``; who is A (the lead), B (the other), C (the
third) or N (the storyteller), and a line marked "?" may go. ``[this/that]`` leaves a wording open.
``{slots}`` are filled from the film in one pass, and what is filled in is never read again, so a
name typed by a person cannot become a slot.
"""

from generation.story.books.data import (
    GENRES,
    MEASURES,
    NAMES,
    OPERATORS,
    GenreBook,
    OperatorRule,
    Place,
    PropName,
    denied_words,
    details_of,
    measure_of,
)
from generation.story.books.phrases import (
    BeatBook,
    Exchange,
    Phrase,
    Secret,
    beat_books,
    fill,
    secrets,
    spread,
    variants,
    word,
    wordings,
)

__all__ = [
    "GENRES",
    "MEASURES",
    "NAMES",
    "OPERATORS",
    "BeatBook",
    "Exchange",
    "GenreBook",
    "OperatorRule",
    "Phrase",
    "Place",
    "PropName",
    "Secret",
    "beat_books",
    "denied_words",
    "details_of",
    "fill",
    "measure_of",
    "secrets",
    "spread",
    "variants",
    "word",
    "wordings",
]
