"""The sentences of the explanation codes of findings, in both languages."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("explanations.json")


@cache
def explanations() -> dict[str, dict[str, str]]:
    """Code → language (``zh``, ``en``) → sentence."""
    table: dict[str, dict[str, str]] = json.loads(_TABLE.read_text("utf-8"))
    return table
