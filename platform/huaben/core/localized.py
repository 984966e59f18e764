"""Text for people, in 简体中文 and English at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class LocalizedText:
    """One text in 简体中文 and English. Goes to the page as ``{"zh", "en"}`` so that a language
    switch needs no reload.
    """

    zh: str
    en: str

    def localized(self) -> str:
        """The text in the language of the present request."""
        return self.en if (get_language() or "zh").startswith("en") else self.zh

    def as_dict(self) -> dict[str, str]:
        """As plain data."""
        return {"zh": self.zh, "en": self.en}
