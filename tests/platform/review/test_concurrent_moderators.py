"""Two moderators at once, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from huaben.core.problems import Problem
from huaben.review import services
from huaben.review.models import Case, Decision
from tests.factories import UserFactory
from tests.platform.review.reading import words_read

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts side by side; each ends with its result's state or its problem's code."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(10)
            return act().state
        except Problem as problem:
            return problem.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_two_moderators_who_take_a_case_at_once_one_gets_it(checked_case):
    moderators = [UserFactory(roles=["moderator"]) for _ in range(2)]
    for _ in range(5):
        case = checked_case()
        acts = [
            lambda by=by, case=case: services.take_case(case_id=case.pk, by=by) for by in moderators
        ]
        assert at_once(*acts) == ["case_taken", "taken"]
        case.refresh_from_db()
        assert case.reviewer in moderators


def test_two_moderators_who_ask_for_the_next_case_at_once_get_two_cases(checked_case):
    for _ in range(3):
        cases = {checked_case().pk for _ in range(2)}
        moderators = [UserFactory(roles=["moderator"]) for _ in range(2)]
        at_once(*(lambda by=by: services.take_next_case(by=by) for by in moderators))
        taken = Case.objects.filter(reviewer__in=moderators)
        assert set(taken.values_list("pk", flat=True)) == cases


def test_a_case_that_one_approves_twice_at_once_is_decided_once(checked_case):
    by = UserFactory(roles=["moderator"])
    case = checked_case()
    services.take_case(case_id=case.pk, by=by)
    reasons = [{"code": "technical"}]
    assert at_once(
        lambda: services.approve_case(case_id=case.pk, by=by, words_sha256=words_read(case)),
        lambda: services.reject_case(case_id=case.pk, by=by, reasons=reasons),
    ) in (["approved", "case_decided"], ["case_decided", "rejected"])
    assert Decision.objects.count() == 1 and Case.objects.get().decision == Decision.objects.get()
