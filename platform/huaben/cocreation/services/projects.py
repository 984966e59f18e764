"""The text of a writing room, or a part of it, becomes a project in the studio."""

from __future__ import annotations

from django.db import transaction

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.studio.models import Project
from huaben.studio.services import create_project

from ..models import WritingRoom
from ..selectors.writing_rooms import load_book
from .credits import credit_writers

MAX_IDEA_LENGTH = 20_000


def start_project(*, room: WritingRoom, by: User, idea: str = "", seconds: int = 60) -> Project:
    """Start a project of the series with a room's text, or with ``idea``, a part of it; credit who
    wrote it.

    Raises Problem when the text is empty or longer than ``MAX_IDEA_LENGTH``.
    """
    idea = (idea or load_book(room.pk).text).strip()
    if not idea:
        raise _bad_idea(
            "book_empty", LocalizedText("话本里还没有字", "There is nothing in the book yet")
        )
    if len(idea) > MAX_IDEA_LENGTH:
        raise _bad_idea(
            "idea_too_long",
            LocalizedText(
                f"太长了：一集最多用 {MAX_IDEA_LENGTH} 字。请选中其中一段再开。",
                f"Too long: an episode takes {MAX_IDEA_LENGTH} characters at most. Select a part "
                "of it first.",
            ),
        )
    with transaction.atomic():
        series = room.series
        project = create_project(
            owner=by, idea=idea, language=series.language, seconds=seconds, series=series
        )
        credit_writers(room=room)
    return project


def _bad_idea(code: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": "idea", "message": title.localized()}])
