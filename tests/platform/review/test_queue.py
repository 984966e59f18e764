from datetime import timedelta

import pytest
from django.utils import timezone

from huaben.catalog.services import create_cut
from huaben.core.models import Job
from huaben.core.rooms import may_listen
from huaben.review.models import Case, Finding
from huaben.review.policy_names import policy_name
from huaben.review.reasons import AGE_NOTICES, REASONS
from huaben.review.risk import RESERVATION_TIMEOUT, risk_score
from moderation.explanations import explanations
from moderation.policy import shipped_policy
from tests.factories import (
    AssetFactory,
    CutFactory,
    EpisodeFactory,
    SeriesFactory,
    UserFactory,
)
from tests.platform.review.reading import words_read

pytestmark = pytest.mark.django_db
CASES = "/api/v1/review/cases"


def all_pages(client, state, limit):
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(
            CASES, {"state": state, "limit": limit, **({"cursor": cursor} if cursor else {})}
        ).json()
        found += [row["id"] for row in page["results"]]
        cursor = page["next_cursor"]
    return found


def test_the_queue_shows_the_riskiest_first_then_what_is_due_soonest(signed_in, checked_case):
    now = timezone.now()
    low = checked_case(risk=0.1, due_at=now)
    late = checked_case(risk=0.9, due_at=now + timedelta(hours=5))
    soon = checked_case(risk=0.9, due_at=now + timedelta(hours=1))
    same = checked_case(risk=0.1, due_at=now)
    expected = [str(case.pk) for case in (soon, late, low, same)]
    moderator = signed_in("moderator")
    for limit in (1, 2, 3, 50):
        assert all_pages(moderator, "open", limit) == expected


def test_what_is_taken_stays_in_the_queue_with_its_holder_and_what_is_decided_leaves_it(
    signed_in, checked_case
):
    moderator, case, other = signed_in("moderator"), checked_case(risk=0.9), checked_case(risk=0.1)
    moderator.post(f"{CASES}/{case.pk}/take")
    rows = moderator.get(CASES).json()["results"]
    assert [row["reviewer"] and row["reviewer"]["handle"] for row in rows] == [
        moderator.user.handle,
        None,
    ]
    moderator.post(f"{CASES}/{case.pk}/approve", {"words_sha256": words_read(case)}, format="json")
    assert all_pages(moderator, "open", 20) == [str(other.pk)]
    moderator.post(f"{CASES}/{other.pk}/take")
    moderator.post(
        f"{CASES}/{other.pk}/reject", {"reasons": [{"code": "technical"}]}, format="json"
    )
    for limit in (1, 20):
        assert all_pages(moderator, "decided", limit) == [str(other.pk), str(case.pk)]


def test_a_decided_case_says_how_it_was_decided_by_whom_and_when(signed_in, checked_case):
    moderator, case = signed_in("moderator"), checked_case()
    moderator.post(f"{CASES}/{case.pk}/take")
    moderator.post(f"{CASES}/{case.pk}/reject", {"reasons": [{"code": "technical"}]}, format="json")
    row = moderator.get(CASES, {"state": "decided"}).json()["results"][0]
    assert (row["outcome"], row["automatic"]) == ("rejected", False)
    assert row["decided_by"]["id"] == str(moderator.user.pk) and row["decided_at"]


def test_next_reserves_the_first_case_that_waits_and_goes_on_with_ones_own(signed_in, checked_case):
    first, second = signed_in("moderator"), signed_in("moderator", "creator")
    assert first.post(f"{CASES}/next").status_code == 204
    own_series = SeriesFactory(creator=second.user)
    own = checked_case(CutFactory(episode__series=own_series), risk=0.95)
    high, low = checked_case(risk=0.9), checked_case(risk=0.1)
    assert second.post(f"{CASES}/next").json()["id"] == str(high.pk), "never a work of one's own"
    assert first.post(f"{CASES}/next").json()["id"] == str(own.pk)
    assert first.post(f"{CASES}/next").json()["id"] == str(own.pk), "it goes on with that"
    third = signed_in("moderator")
    assert third.post(f"{CASES}/next").json()["id"] == str(low.pk)
    assert signed_in("moderator").post(f"{CASES}/next").status_code == 204


def test_next_takes_over_what_was_reserved_and_left(signed_in, checked_case):
    first, second, case = signed_in("moderator"), signed_in("moderator"), checked_case()
    first.post(f"{CASES}/next")
    Case.objects.update(taken_at=timezone.now() - RESERVATION_TIMEOUT + timedelta(minutes=1))
    assert second.post(f"{CASES}/next").status_code == 204
    Case.objects.update(taken_at=timezone.now() - RESERVATION_TIMEOUT)
    taken = second.post(f"{CASES}/next").json()
    assert (taken["id"], taken["reviewer"]["id"]) == (str(case.pk), str(second.user.pk))


def test_a_cursor_of_another_list_or_of_nobodys_making_is_refused(signed_in, checked_case):
    for _ in range(2):
        checked_case()
    moderator = signed_in("moderator")
    cursor = moderator.get(CASES, {"limit": 1}).json()["next_cursor"]
    for params in ({"state": "decided", "cursor": cursor}, {"cursor": "WzFd"}, {"cursor": "~"}):
        assert moderator.get(CASES, params).json()["code"] == "bad_cursor"
    assert moderator.get(CASES, {"state": "lost"}).status_code == 400


def test_a_page_of_the_queue_costs_as_much_as_a_line(
    signed_in, checked_case, django_assert_max_num_queries
):
    moderator = signed_in("moderator")
    for _ in range(6):
        case = checked_case()
        finding(case, 0, "picture.black", 0.8)
    with django_assert_max_num_queries(4):
        assert len(moderator.get(CASES).json()["results"]) == 6


def finding(case, position, policy, score, **fields):
    return Finding.objects.create(
        case=case,
        position=position,
        policy=policy,
        score=score,
        channel="picture",
        explanation="picture_black",
        **fields,
    )


def test_a_case_shows_everything_that_a_moderator_decides_from(
    signed_in, checked_case, django_assert_max_num_queries
):
    moderator, episode = signed_in("moderator"), EpisodeFactory()
    script = [{"start_ms": 0, "end_ms": 900, "speaker": "画娘", "text": "你骗了我三年。"}]
    earlier = checked_case(CutFactory(episode=episode, number=1))
    moderator.post(f"{CASES}/{earlier.pk}/take")
    moderator.post(
        f"{CASES}/{earlier.pk}/reject", {"reasons": [{"code": "mark_missing"}]}, format="json"
    )
    case = checked_case(CutFactory(episode=episode, number=2, script=script))
    finding(case, 0, "picture.black", 0.7, start_ms=1000, end_ms=4000, evidence="3.0 s")
    finding(case, 1, "picture.frozen", 0.2)
    with django_assert_max_num_queries(26):
        seen = moderator.get(f"{CASES}/{case.pk}").json()
    assert [name["zh"] for name in seen["top_policies"]] == ["黑屏", "画面定格"]
    assert seen["findings"][0]["explanation"] == explanations()["picture_black"]
    assert (seen["findings"][0]["start_ms"], seen["findings"][0]["evidence"]) == (1000, "3.0 s")
    assert seen["transcript"] == script and seen["transcript_note"] is None
    assert seen["label"]["notice"] == {"label": "1", "text": {"zh": "AI生成", "en": "AI-generated"}}
    assert seen["playback"]["ai_notice"] == seen["label"]["notice"] and seen["poster_url"]
    assert [
        (decision["outcome"], decision["cut_number"], decision["reasons"][0]["code"])
        for decision in seen["earlier_decisions"]
    ] == [("rejected", 1, "mark_missing")]
    assert "review" in {reason["source"] for reason in seen["gate"]["reasons"]}
    assert moderator.get(f"{CASES}/{UserFactory().pk}").status_code == 404


def test_every_policy_of_the_engine_has_a_name_in_both_languages():
    unnamed = [policy for policy in shipped_policy().thresholds if policy_name(policy).zh == policy]
    assert unnamed == []


def test_reasons_and_age_notices_come_with_their_words(signed_in):
    moderator = signed_in("moderator")
    for path, table in (("reasons", REASONS), ("age-notices", AGE_NOTICES)):
        rows = moderator.get(f"/api/v1/review/{path}").json()
        assert {row["code"]: row["text"]["en"] for row in rows} == {
            code: text.en for code, text in table.items()
        }


def test_a_graver_verdict_always_ranks_higher():
    assert risk_score("block", []) > risk_score("review", [1.0]) and risk_score(
        "review", []
    ) > risk_score("pass", [1.0])
    assert risk_score("review", [0.2, 0.9]) > risk_score("review", [0.3])


def test_only_moderators_hear_the_desk_and_only_its_own_people_a_cut():
    cut = CutFactory()
    owner, other = cut.episode.series.creator, UserFactory()
    moderator = UserFactory(roles=["moderator"])
    assert may_listen("review", moderator, None) and not may_listen("review", owner, None)
    assert not may_listen("review:x", moderator, None)
    for person, hears in ((owner, True), (moderator, True), (other, False), (None, False)):
        assert may_listen(f"cut:{cut.pk}", person, None) is hears
    assert not may_listen("cut:nonsense", moderator, None)


def test_each_new_cut_gets_its_case_with_the_same_commit():
    cut = create_cut(
        episode=EpisodeFactory(), source=AssetFactory(), origin="upload", declaration="ai"
    )
    assert Case.objects.get(cut=cut).state == "processing"
    job = Job.objects.get(kind="review.label_cut")
    assert job.args == {"cut_id": str(cut.pk)} and job.queue == "moderate"
