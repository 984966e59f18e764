"""In a storm, remarks that wait are judged together with the one whose turn it is."""

from __future__ import annotations

from datetime import date

import pytest

from huaben.speech.engine import MAX_BATCH, BatchedChecks, check_text
from moderation.types import Report

DAY = date(2026, 5, 1)


@pytest.fixture
def batches():
    """The batches that were judged, and checks that judge into them."""
    judged = []

    def judge(texts):
        judged.append(list(texts))
        return [
            Report(
                verdict="pass", findings=[], label=None, required_notice=None, media=None,
                versions={"text": text},
            )
            for text in texts
        ]  # fmt: skip

    return judged, BatchedChecks(judge)


def test_those_that_wait_are_judged_in_one_call_and_each_gets_its_own_report(batches):
    judged, checks = batches
    texts = [f"话 {number}" for number in range(20)]
    for text in texts:
        assert checks.check(text, lambda: texts, day=DAY).versions == {"text": text}
    assert len(judged) == 1 and sorted(judged[0]) == sorted(texts)


def test_a_batch_has_a_bound_and_what_waits_beyond_comes_with_the_next(batches):
    judged, checks = batches
    texts = [f"话 {number}" for number in range(100)]
    for number, text in enumerate(texts):
        checks.check(text, lambda: texts[number:], day=DAY)  # noqa: B023  asked at once
    assert [len(batch) for batch in judged] == [MAX_BATCH] * 3 + [100 - 3 * MAX_BATCH]


def test_another_day_is_judged_anew(batches):
    judged, checks = batches
    checks.check("甲", lambda: ["乙"], day=DAY)
    checks.check("乙", lambda: [], day=date(2026, 5, 2))
    assert judged == [["甲", "乙"], ["乙"]]


@pytest.mark.django_db
def test_a_report_of_a_batch_is_that_of_the_text_alone():
    alone = check_text("今天的灯影真好看")
    texts = ["操你妈", "今天的灯影真好看", "great episode!"]
    together = [check_text(text, lambda: texts) for text in texts]
    assert together[1].verdict == alone.verdict
    assert together[0].verdict != "pass"
