"""Why a file is refused."""

from __future__ import annotations

from typing import Any


class Unfit(Exception):
    """The file cannot be used. ``code`` is one of ``huaben.media.refusals``; ``facts`` fill in its words."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
