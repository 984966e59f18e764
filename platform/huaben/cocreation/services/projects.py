"""From words to an episode: a room's text, or a part of it, becomes an idea in the studio."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.studio.models import Project
from huaben.studio.services import create_project

from ..models import WritingRoom
from ..selectors.writing import book_of
from .credits import credit_writers

IDEA_MOST = 2000


def begin_episode(*, room: WritingRoom, by: Any, idea: str = "", seconds: int = 60) -> Project:
    """Begin an episode of the series with a room's text, or with ``idea``, a part of it; who wrote
    is credited.

    Raises Problem when there is nothing to begin with, or more than an idea may hold.
    """
    idea = (idea or book_of(room.pk).text).strip()
    if not idea:
        raise _unfit(
            "book_empty", LocalizedText("话本里还没有字", "There is nothing in the book yet")
        )
    if len(idea) > IDEA_MOST:
        raise _unfit(
            "idea_too_long",
            LocalizedText(
                f"太长了：一集最多用 {IDEA_MOST} 字。请选中其中一段再开。",
                f"Too long: an episode takes {IDEA_MOST} characters at most. Select a part of it "
                "first.",
            ),
        )
    with transaction.atomic():
        series = room.series
        project = create_project(
            owner=by, idea=idea, language=series.language, seconds=seconds, series=series
        )
        credit_writers(room=room)
    return project


def _unfit(code: str, words: LocalizedText) -> Problem:
    return Problem(code, words, errors=[{"field": "idea", "message": words.localized()}])
