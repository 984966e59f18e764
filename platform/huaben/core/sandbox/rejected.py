"""Why a file is refused."""

from __future__ import annotations

from typing import Any


class RejectedMedia(Exception):
    """The file cannot be used. ``code`` is one that the caller knows words for; ``facts`` fill them
    in.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
