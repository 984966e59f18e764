"""Two at once, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from huaben.catalog.models import Series, WordsRevision
from huaben.catalog.services import update_series
from huaben.core.problems import Problem
from huaben.review import services
from tests.factories import UserFactory
from tests.platform.catalog.writing import FINE, newest, run_check
from tests.platform.review.reading import words_read
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run the acts side by side; «done» or the code of each one's problem, in order."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            start.wait(10)
            act()
            return "done"
        except Problem as problem:
            return problem.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_edits_at_once_one_waits_and_one_is_superseded():
    series = show_series("灯影录")
    titles = ["甲版", "乙版"]
    acts = [lambda title=title: update_series(series=series, title=title) for title in titles]
    assert at_once(*acts) == ["done", "done"]
    states = sorted(WordsRevision.objects.values_list("state", flat=True))
    assert states == ["checking", "superseded"]
    assert Series.objects.get().title == "灯影录"


def test_what_is_approved_while_its_author_edits_is_what_was_read():
    for _ in range(4):
        series = show_series("灯影录")
        update_series(series=series, title=FINE)
        revision = run_check(newest())
        moderator = UserFactory(roles=["moderator"])
        approved, edited = at_once(
            lambda pk=revision.pk, by=moderator: services.approve_words(revision_id=pk, by=by),
            lambda series=series: update_series(series=series, title="另一个名字"),
        )
        assert edited == "done"
        on_stage = Series.objects.get(pk=series.pk).title
        assert (approved, on_stage) in [("done", FINE), ("words_settled", "灯影录")]
        assert newest().words[0] == "另一个名字" and newest().state == "checking"


def test_a_draft_that_is_edited_while_its_case_is_approved_is_never_shown_unread(checked_case):
    for _ in range(4):
        case = checked_case()
        series, by = case.cut.episode.series, UserFactory(roles=["moderator"])
        before = series.title
        services.take_case(case_id=case.pk, by=by)
        read = words_read(case)
        approved, edited = at_once(
            lambda case=case, by=by, read=read: services.approve_case(
                case_id=case.pk, by=by, words_sha256=read
            ),
            lambda series=series: update_series(series=series, title="没人读过"),
        )
        assert edited == "done"
        series.refresh_from_db()
        if approved == "done":
            assert series.title == before and newest().words[0] == "没人读过"
        else:
            assert (approved, series.title) == ("words_changed", "没人读过")
            case.refresh_from_db()
            assert case.state == "taken"
