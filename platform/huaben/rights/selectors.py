"""Reads about copyright blocks."""

from __future__ import annotations

from django.db.models import QuerySet

from huaben.core.pagination import page_newest
from huaben.core.problems import Problem
from huaben.core.words import Words

from .models import Block


def blocks() -> QuerySet[Block]:
    """Blocks with all that a line of the list shows. One query."""
    return Block.objects.select_related("series__creator", "cut__episode", "by", "lifted_by")


def page_of_blocks(*, state: str, cursor: str | None, limit: int) -> tuple[list[Block], str | None]:
    """A page of blocks, newest first; ``state`` is standing or lifted. Raises Problem for another."""
    if state not in ("standing", "lifted"):
        raise Problem("unknown_state", Words("没有这个列表", "There is no such list"))
    rows = blocks().filter(lifted_at__isnull=state == "standing")
    return page_newest(rows, cursor=cursor, limit=limit)
