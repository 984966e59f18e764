"""Traditional characters and the simplified ones for them; loads nothing else of the engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("text") / "data" / "traditional.txt"


@cache
def simplified_table() -> dict[int, int]:
    """The characters as ``str.translate`` takes them."""
    lines = _TABLE.read_text("utf-8").splitlines()
    return {ord(line[0]): ord(line[1]) for line in lines if line and not line.startswith("#")}
