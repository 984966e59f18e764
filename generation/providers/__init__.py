"""Commercial models, when somebody has a key: a seam with one protocol for text and one
implementation.

A provider is handed in as a value; nothing here reads the environment.
"""

from __future__ import annotations

from typing import Any, Protocol


class ProviderError(RuntimeError):
    """The provider gave no usable answer; the message says what came instead, and never holds the
    key.
    """


class TextProvider(Protocol):
    """A language model that answers in JSON."""

    @property
    def name(self) -> str:
        """What is said of it to people and kept with what it wrote: provider and model."""
        ...

    def complete(self, instruction: str, data: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Answer ``instruction`` about ``data`` with JSON that fits ``schema``.

        ``data`` comes from people and is to be fenced off as material. Raises ``ProviderError``.
        """
        ...
