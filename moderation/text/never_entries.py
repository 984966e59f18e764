"""An entry of what never appears, and what was found of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from moderation.text.folding import fold
from moderation.text.normalise import HAN

Form = Literal["word", "sound", "whole", "stem", "pattern"]
How = Literal["written", "disguised", "sound", "pattern"]
_FORMS: tuple[str, ...] = get_args(Form)
LANGUAGES = ("zh", "en", "any")


class NeverListError(ValueError):
    """A list, or an entry, in the wrong form; the message names it."""


@dataclass(frozen=True)
class NeverEntry:
    """One phrase of the list; the forms are described at the head of ``data/never.toml``.

    ``exceptions`` are longer phrases that mean no harm. ``quotable``: a quotation is no violation.
    Raises NeverListError for an unknown language or form, or an empty phrase.
    """

    phrase: str
    category: str
    language: str = "any"
    form: Form = "word"
    exceptions: tuple[str, ...] = ()
    quotable: bool = False
    note: str = ""
    effective: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise NeverListError(f"{self.phrase!r}: unknown language {self.language!r}")
        if self.form not in _FORMS:
            raise NeverListError(f"{self.phrase!r}: unknown form {self.form!r}")
        if not self.category or not any(map(str.isalnum, fold(self.phrase).text)):
            raise NeverListError(f"{self.phrase!r}: an entry needs a category and a phrase")

    def is_in_force(self, day: date) -> bool:
        """Whether the entry counts on a day."""
        return (self.effective is None or self.effective <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def is_chinese(self) -> bool:
        """Whether the phrase is matched character by character, as Chinese is written."""
        return self.language == "zh" if self.form == "pattern" else has_ideographs(self.phrase)


@dataclass(frozen=True)
class NeverHit:
    """An entry found in a text: ``text[start:end]`` of the text as written.

    ``how``: written so; disguised (signs, repetition, look-alikes, split characters); by sound; or
    as a pattern.
    """

    entry: NeverEntry
    start: int
    end: int
    how: How


def has_ideographs(text: str) -> bool:
    """Whether a text holds Chinese characters or kana, which are written without spaces."""
    return HAN.search(text) is not None or any("\u3041" <= letter <= "\u30ff" for letter in text)
