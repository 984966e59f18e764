"""A refusal is appealed, and another moderator reviews it."""

import pytest

from huaben.accounts.exports import Owner, export_parts
from huaben.catalog.gate import may_show
from huaben.review.keepers import review_reasons
from huaben.review.models import Appeal, Case, Decision
from tests.platform.review.reading import words_read

pytestmark = pytest.mark.django_db
REASONS = [{"code": "violence", "start_ms": 1000, "end_ms": 2500, "note": ""}]


def act(client, case, verb, body=None):
    if verb == "approve":
        body = {"words_sha256": words_read(case), **(body or {})}
    return client.post(f"/api/v1/review/cases/{case.pk}/{verb}", body or {}, format="json")


def reject(client, case):
    act(client, case, "take")
    assert act(client, case, "reject", {"reasons": REASONS}).status_code == 200


def appeal(client, case, reason="影子戏里没有血，是红绸。"):
    return client.post(f"/api/v1/cuts/{case.cut_id}/appeal", {"reason": reason}, format="json")


@pytest.fixture
def rejected(signed_in, checked_case):
    """A rejected case, the client of its moderator and of its creator."""
    first, case = signed_in("moderator"), checked_case()
    reject(first, case)
    return case, first, signed_in(user=case.cut.episode.series.creator)


def test_an_appeal_waits_for_another_moderator_and_shows_nothing_meanwhile(rejected, signed_in):
    case, first, creator = rejected
    assert creator.get(f"/api/v1/cuts/{case.cut_id}").json()["may_appeal"] is True
    answer = appeal(creator, case)
    assert answer.status_code == 201
    seen = answer.json()
    assert (seen["state"], seen["may_appeal"]) == ("in_review", False)
    assert (seen["appeal"]["state"], seen["appeal"]["reason"]) == (
        "waiting",
        "影子戏里没有血，是红绸。",
    )
    assert seen["review"]["verdict"] == "rejected", "the reasons can still be read"
    assert [reason.code for reason in review_reasons(case.cut)] == ["review_appealed"]
    assert not may_show(case.cut_id)
    mine = first.get(f"/api/v1/review/cases/{case.pk}").json()
    assert (mine["is_appealed"], mine["may_decide"]) == (True, False)
    for verb, body in (("take", {}), ("approve", {}), ("reject", {"reasons": REASONS})):
        refused = act(first, case, verb, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "own_decision")
    assert first.post("/api/v1/review/cases/next").status_code == 204
    second = signed_in("moderator")
    theirs = second.post("/api/v1/review/cases/next").json()
    assert (theirs["id"], theirs["may_decide"]) == (str(case.pk), True)
    assert theirs["appeal"]["reason"] == "影子戏里没有血，是红绸。"


def test_another_moderator_overturns_by_approving_exactly_the_checked_bytes(rejected, signed_in):
    case, _, creator = rejected
    appeal(creator, case)
    second = signed_in("moderator")
    act(second, case, "take")
    assert act(second, case, "approve", {"note": "红绸，看清了"}).json()["state"] == "approved"
    decision = Case.objects.get(pk=case.pk).decision
    assert (decision.by, decision.sha256, decision.package_sha256) == (
        second.user,
        case.cut.asset.sha256,
        case.cut.asset.package_sha256,
    )
    seen = creator.get(f"/api/v1/cuts/{case.cut_id}").json()
    assert (seen["state"], seen["appeal"]["state"]) == ("approved", "overturned")
    assert seen["review"]["note"] == "红绸，看清了" and seen["appeal"]["decided_at"]
    assert "by" not in seen["appeal"]


def test_bytes_that_are_not_the_checked_ones_are_not_approved_on_appeal_either(rejected, signed_in):
    case, _, creator = rejected
    appeal(creator, case)
    second = signed_in("moderator")
    act(second, case, "take")
    case.cut.asset.package_sha256 = "0" * 64
    case.cut.asset.save()
    assert act(second, case, "approve").json()["code"] == "bytes_changed"
    assert Appeal.objects.get().answer is None and not may_show(case.cut_id)


def test_an_upheld_refusal_is_final_and_its_creator_sees_both(rejected, signed_in):
    case, _, creator = rejected
    appeal(creator, case)
    second = signed_in("moderator")
    reject(second, case)
    seen = creator.get(f"/api/v1/cuts/{case.cut_id}").json()
    assert (seen["state"], seen["appeal"]["state"]) == ("rejected", "upheld")
    assert seen["may_appeal"] is False
    again = appeal(creator, case)
    assert (again.status_code, again.json()["code"]) == (409, "appeal_decided")
    assert Appeal.objects.count() == 1


def test_a_decision_is_appealed_once_with_a_reason_and_by_its_creator(rejected, signed_in):
    case, first, creator = rejected
    assert appeal(signed_in(), case).status_code == 404
    assert appeal(first, case).status_code == 403
    assert appeal(creator, case, " ").status_code == 400
    assert appeal(creator, case).status_code == 201
    again = appeal(creator, case)
    assert (again.status_code, again.json()["code"]) == (409, "not_refused")
    assert Appeal.objects.count() == 1


def test_what_somebody_wrote_in_an_appeal_is_in_their_export(rejected):
    case, _, creator = rejected
    appeal(creator, case)
    rows = list(export_parts["appeals"](Owner(creator.user, None)))
    assert [(row["case__cut"], row["reason"]) for row in rows] == [
        (case.cut_id, "影子戏里没有血，是红绸。")
    ]


def test_what_was_not_refused_is_not_appealed(signed_in, checked_case):
    case = checked_case()
    creator = signed_in(user=case.cut.episode.series.creator)
    assert creator.get(f"/api/v1/cuts/{case.cut_id}").json()["may_appeal"] is False
    assert appeal(creator, case).json()["code"] == "not_refused"


def test_a_take_down_is_appealed_too(signed_in, checked_case):
    case, first, second = checked_case(), signed_in("moderator"), signed_in("moderator")
    act(first, case, "take")
    act(first, case, "approve")
    act(first, case, "take-down", {"reasons": REASONS})
    assert appeal(signed_in(user=case.cut.episode.series.creator), case).status_code == 201
    assert act(first, case, "take").json()["code"] == "own_decision"
    act(second, case, "take")
    act(second, case, "approve")
    assert [d.outcome for d in case.decisions.order_by("created_at")] == [
        "approved",
        "taken_down",
        "approved",
    ]


def test_a_moderator_takes_back_their_own_rejection_and_nobody_elses(rejected, signed_in):
    case, first, creator = rejected
    second = signed_in("moderator")
    assert second.get(f"/api/v1/review/cases/{case.pk}").json()["may_reopen"] is False
    refused = act(second, case, "reopen", {"note": "我看可以"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_rejection")
    assert first.get(f"/api/v1/review/cases/{case.pk}").json()["may_reopen"] is True
    assert act(first, case, "reopen", {"note": "我看错了"}).json()["state"] == "checking"
    assert not may_show(case.cut_id)
    assert creator.get(f"/api/v1/cuts/{case.cut_id}").json()["state"] == "checking"
    assert Decision.objects.filter(outcome="reopened", by=first.user).count() == 1


def test_what_is_appealed_is_no_longer_taken_back(rejected):
    case, first, creator = rejected
    appeal(creator, case)
    assert act(first, case, "reopen", {"note": "我看错了"}).json()["code"] == "own_decision"
