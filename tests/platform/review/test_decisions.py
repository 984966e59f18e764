import pytest
from django.db import DatabaseError, connection, transaction
from django.dispatch import receiver
from django.utils import timezone

from huaben.catalog.facts import get_player_notices
from huaben.catalog.gate import list_reasons_against
from huaben.core.models import RoomEvent
from huaben.core.responses import as_json
from huaben.review.keepers import label_reasons, review_reasons
from huaben.review.models import Case, Decision
from huaben.review.presenters.decisions import present_cut_facts
from huaben.review.risk import RESERVATION_TIMEOUT
from huaben.review.signals import cut_decided
from tests.factories import CutFactory, SeriesFactory, UserFactory
from tests.platform.review.reading import words_read

pytestmark = pytest.mark.django_db
REASONS = [{"code": "violence", "start_ms": 1000, "end_ms": 2500, "note": "第三个镜头"}]


def act(client, case, verb, body=None, **headers):
    if verb == "approve":
        body = {"words_sha256": words_read(case), **(body or {})}
    return client.post(
        f"/api/v1/review/cases/{case.pk}/{verb}", body or {}, format="json", headers=headers
    )


def sources_against(cut):
    cut.refresh_from_db()
    return {source for source, _ in list_reasons_against(cut)}


def test_a_taken_case_is_approved_for_exactly_the_checked_bytes(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    assert "review" in sources_against(case.cut)
    assert act(moderator, case, "take").json()["reviewer"]["id"] == str(moderator.user.pk)
    answer = act(moderator, case, "approve", {"note": "好", "age_notice": "12+"})
    assert answer.status_code == 200 and answer.json()["state"] == "approved"
    decision = Decision.objects.get()
    assert (decision.sha256, decision.package_sha256) == (
        case.cut.asset.sha256,
        case.cut.asset.package_sha256,
    )
    assert (decision.by, decision.automatic, decision.versions) == (
        moderator.user,
        False,
        {"policy": "test"},
    )
    assert not {"review", "label"} & sources_against(case.cut)
    assert get_player_notices([case.cut_id])[case.cut_id].age_notice.code == "12+"


def test_a_case_must_be_taken_before_it_is_decided(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    assert act(moderator, case, "approve").json()["code"] == "case_not_taken"
    assert act(moderator, case, "reject", {"reasons": REASONS}).json()["code"] == "case_not_taken"
    assert not Decision.objects.exists()


def test_what_somebody_holds_nobody_else_takes_releases_or_decides(signed_in, checked_case):
    first, second, case = signed_in("moderator"), signed_in("moderator"), checked_case()
    act(first, case, "take")
    for verb, body in (
        ("take", {}),
        ("release", {}),
        ("approve", {}),
        ("reject", {"reasons": REASONS}),
    ):
        answer = act(second, case, verb, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "case_taken")
        assert first.user.name in answer.json()["title"]
    assert act(first, case, "take").status_code == 200
    assert act(first, case, "release").json()["reviewer"] is None
    assert act(second, case, "take").status_code == 200


def test_a_case_that_its_holder_left_lying_may_be_taken_over(signed_in, checked_case):
    first, second, case = signed_in("moderator"), signed_in("moderator"), checked_case()
    act(first, case, "take")
    Case.objects.filter(pk=case.pk).update(taken_at=timezone.now() - RESERVATION_TIMEOUT)
    assert act(second, case, "take").json()["reviewer"]["id"] == str(second.user.pk)
    assert act(first, case, "approve").json()["code"] == "case_taken"


def test_nobody_decides_about_a_work_of_their_own(signed_in, checked_case):
    moderator = signed_in("moderator", "creator")
    case = checked_case(CutFactory(episode__series=SeriesFactory(creator=moderator.user)))
    assert moderator.get(f"/api/v1/review/cases/{case.pk}").json()["may_decide"] is False
    for verb, body in (("take", {}), ("approve", {}), ("reject", {"reasons": REASONS})):
        answer = act(moderator, case, verb, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "own_series")
    case.refresh_from_db()
    assert case.state == "open"


def test_a_case_whose_bytes_changed_since_the_checks_is_not_approved(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    act(moderator, case, "take")
    case.cut.asset.package_sha256 = "0" * 64
    case.cut.asset.save()
    answer = act(moderator, case, "approve")
    assert (answer.status_code, answer.json()["code"]) == (409, "bytes_changed")


def test_bytes_that_change_after_the_approval_close_the_gate(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    act(moderator, case, "take")
    act(moderator, case, "approve")
    case.cut.asset.package_sha256 = "0" * 64
    case.cut.asset.save()
    case.cut.refresh_from_db()
    assert [reason.code for reason in review_reasons(case.cut)] == ["review_other_bytes"]


def test_an_ai_made_cut_without_its_label_is_not_approved(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    case_label = case.cut.pk
    with connection.cursor() as cursor:
        cursor.execute("update review_cutlabel set value = '' where cut_id = %s", [case_label])
    act(moderator, case, "take")
    answer = act(moderator, case, "approve")
    assert (answer.status_code, answer.json()["code"]) == (409, "label_missing")
    assert [reason.code for reason in label_reasons(case.cut)] == ["label_missing"]


def test_a_rejected_cut_stays_closed_and_its_creator_sees_why(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    act(moderator, case, "take")
    answer = act(moderator, case, "reject", {"reasons": REASONS, "note": "请改"})
    assert answer.json()["state"] == "rejected"
    facts = as_json(present_cut_facts([case.cut_id])[case.cut_id])
    assert facts["state"] == "rejected" and facts["review"]["verdict"] == "rejected"
    assert facts["review"]["note"] == "请改"
    assert facts["review"]["reasons"] == [
        {
            **REASONS[0],
            "text": {
                "zh": "暴力、血腥或恐怖表现过度",
                "en": "Violence, blood or horror goes too far",
            },
        }
    ]
    owner = signed_in(user=case.cut.episode.series.creator)
    seen = owner.get(f"/api/v1/cuts/{case.cut_id}").json()
    assert seen["state"] == "rejected" and seen["review"]["reasons"][0]["code"] == "violence"
    assert "by" not in seen["review"]
    for verb in ("take", "approve"):
        assert act(moderator, case, verb).status_code == 409


def test_reasons_must_be_known_and_lie_within_the_film(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    act(moderator, case, "take")
    for reasons, code in (
        ([], "reasons_needed"),
        ([{"code": "ugly"}], "unknown_reason"),
        ([{"code": "other"}], "note_needed"),
        ([{"code": "violence", "start_ms": 5000, "end_ms": 4000}], "bad_span"),
        ([{"code": "violence", "end_ms": 5000}], "bad_span"),
        ([{"code": "violence", "start_ms": -1}], "bad_span"),
        ([{"code": "violence", "start_ms": 61_001}], "bad_span"),
        ([{"code": "violence", "start_ms": 0, "end_ms": 61_001}], "bad_span"),
        ([{"code": "violence"}] * 51, "too_many_reasons"),
    ):
        answer = act(moderator, case, "reject", {"reasons": reasons})
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert (
        act(moderator, case, "reject", {"reasons": [{"code": "violence"}, {"code": "x"}]}).json()[
            "errors"
        ][0]["index"]
        == 1
    )
    assert (
        act(moderator, case, "approve", {"age_notice": "99+"}).json()["code"]
        == "unknown_age_notice"
    )
    case.refresh_from_db()
    assert case.state == "taken"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ((5000, None), (5000, None)),
        ((60_000, None), (60_000, None)),
        ((60_017, None), (60_000, None)),
        ((59_980, 60_017), (59_980, 60_000)),
        ((60_000, 60_040), (60_000, None)),
    ],
    ids=["a moment", "the end", "the last picture", "until the last picture", "within it"],
)
def test_a_moment_and_a_place_in_the_last_picture_are_taken(sent, kept, signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    assert case.cut.asset.duration_ms == 60_000
    act(moderator, case, "take")
    reason = {"code": "technical", "start_ms": sent[0], "end_ms": sent[1]}
    answer = act(moderator, case, "reject", {"reasons": [reason]})
    assert answer.status_code == 200
    decided = answer.json()["decision"]["reasons"][0]
    assert (decided["start_ms"], decided["end_ms"]) == kept


def test_taking_down_closes_the_gate_and_reopening_checks_anew(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case(verdict="pass")
    act(moderator, case, "take")
    act(moderator, case, "approve")
    assert act(moderator, case, "take-down", {"reasons": []}).json()["code"] == "reasons_needed"
    assert "review" not in sources_against(case.cut)
    assert (
        act(moderator, case, "take-down", {"reasons": [{"code": "likeness"}]}).json()["state"]
        == "taken_down"
    )
    assert "review" in sources_against(case.cut)
    assert present_cut_facts([case.cut_id])[case.cut_id].review.verdict == "taken_down"
    assert act(moderator, case, "reopen", {"note": "授权已补"}).json()["state"] == "checking"
    assert "review" in sources_against(case.cut)
    assert [d.outcome for d in case.decisions.order_by("created_at")] == [
        "approved",
        "taken_down",
        "reopened",
    ]


def test_the_same_key_decides_once(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    act(moderator, case, "take")
    key = {"Idempotency-Key": "k1"}
    first, second = (act(moderator, case, "approve", {"note": "好"}, **key) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json()["state"] == "approved" and Decision.objects.count() == 1
    assert act(moderator, case, "approve", {"note": "不同"}, **key).json()["code"] == "key_reused"


def test_a_decision_is_never_changed_or_deleted(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    act(moderator, case, "take")
    act(moderator, case, "approve")
    for statement in (
        "update review_decision set outcome = 'rejected'",
        "delete from review_decision",
    ):
        with (
            pytest.raises(DatabaseError, match="append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_change_by_raw_sql_is_in_the_audit_trail_too(checked_case):
    case = checked_case()
    with connection.cursor() as cursor:
        cursor.execute("update review_case set risk = 0.99 where id = %s", [case.pk])
        cursor.execute(
            "select risk, pgh_label from review_caseevent where id = %s order by pgh_id", [case.pk]
        )
        assert cursor.fetchall() == [(0.5, "insert"), (0.99, "update")]


def test_each_change_is_published_to_the_rooms(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    heard = []

    @receiver(cut_decided)
    def listen(cut, approved, **kwargs):
        heard.append((cut.pk, approved))

    try:
        act(moderator, case, "take")
        act(moderator, case, "reject", {"reasons": REASONS})
    finally:
        cut_decided.disconnect(listen)
    assert heard == [(case.cut_id, False)]
    desk = [
        event.payload["state"] for event in RoomEvent.objects.filter(room="review").order_by("id")
    ]
    assert desk == ["taken", "rejected"]
    cut_event, gate_event = [
        event.payload
        for event in RoomEvent.objects.filter(room=f"cut:{case.cut_id}").order_by("id")
    ][-2:]
    assert gate_event == {"kind": "gate"}, "the checklist of an open page is right at once"
    assert (
        cut_event["state"] == "rejected" and cut_event["review"]["reasons"][0]["code"] == "violence"
    )


def test_only_moderators_come_to_the_desk(api, signed_in, checked_case):
    case = checked_case()
    for client in (
        api,
        signed_in("viewer", "creator"),
        signed_in("filing_admin", "copyright_admin", "operator"),
    ):
        for path in ("cases", f"cases/{case.pk}", "reasons", "age-notices"):
            assert client.get(f"/api/v1/review/{path}").status_code in (401, 403)
        for verb in ("take", "release", "approve", "reject", "take-down", "reopen", "restart"):
            assert act(client, case, verb, {"reasons": REASONS, "note": "n"}).status_code in (
                401,
                403,
            )
    case.refresh_from_db()
    assert case.state == "open"


def test_a_case_that_does_not_exist_is_not_found(signed_in):
    somebody = UserFactory()
    moderator = signed_in("moderator")
    for verb in ("take", "release", "approve", "restart"):
        assert (
            moderator.post(
                f"/api/v1/review/cases/{somebody.pk}/{verb}",
                {"words_sha256": "0" * 64},
                format="json",
            ).status_code
            == 404
        )
