"""Anybody may file a notice; not twice, not without end, and not about what is not shown."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from huaben.rights import services
from huaben.rights.models import Claim
from tests.factories import UserFactory
from tests.platform.rights.claims import (
    NOON,
    NOTICES,
    WORDS,
    by_link,
    counter,
    desk,
    file_notice,
    made,
    people,
)
from tests.platform.watching.works import show_series, unshown_cut

pytestmark = pytest.mark.django_db


def test_a_notice_without_an_account_gets_a_number_and_a_secret_link(api):
    series = show_series("断桥")
    filed = file_notice(api, series)
    assert filed.status_code == 201, filed.json()
    view = api.get(f"{NOTICES}/{filed.json()['secret']}").json()
    assert view["number"] == filed.json()["number"] and view["state"] == "received"
    assert (
        view["email"] == WORDS["email"]
        and view["series"]["title"] == "断桥"
        and view["cut"] is None
    )
    assert view["actions"] == ["withdraw"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"claimant_name": " "}, 400, "invalid"),
        ({"email": "nobody"}, 400, "invalid"),
        ({"address": ""}, 400, "invalid"),
        ({"work_title": ""}, 400, "invalid"),
        ({"statement": "\u3000"}, 400, "invalid"),
        ({"signature": ""}, 400, "invalid"),
        ({"good_faith": False}, 400, "good_faith_needed"),
        ({"proofs": ["javascript:alert(1)"]}, 400, "bad_proof"),
        ({"proofs": ["data:text/html,x"]}, 400, "bad_proof"),
        ({"proofs": ["https://"]}, 400, "bad_proof"),
        ({"proofs": ["https://publisher.example@evil.example/"]}, 400, "bad_proof"),
        ({"proofs": ["https://a.example:99999/"]}, 400, "bad_proof"),
        ({"proofs": ["https://a.example/x y"]}, 400, "bad_proof"),
        ({"series_id": str(uuid4())}, 404, "not_found"),
        ({"episode_id": str(uuid4())}, 404, "not_found"),
    ],
)
def test_a_notice_that_lacks_something_is_refused_and_nothing_is_kept(api, changes, status, code):
    answer = file_notice(api, show_series("断桥"), **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Claim.objects.exists()


def test_what_is_not_shown_cannot_be_complained_of(api):
    series = show_series("断桥")
    hidden = unshown_cut(series)
    assert file_notice(api, series, episode_id=str(hidden.episode_id)).status_code == 404
    assert file_notice(api, unshown_cut(show_series("另")).episode.series).status_code == 201
    assert (
        file_notice(
            api, hidden.episode.series, episode_id=str(show_series("x").episodes.get().pk)
        ).status_code
        == 404
    )


def test_the_same_key_files_once_and_gives_the_same_link(api):
    api.get("/api/v1/me")
    series, key = show_series("断桥"), {"Idempotency-Key": "one"}
    first, second = (file_notice(api, series, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 201 and first.json() == second.json()
    assert file_notice(api, series, headers=key, work_title="别的").json()["code"] == "key_reused"
    assert Claim.objects.count() == 1


def test_another_viewers_key_is_another_key(api):
    filed = []
    for browser, title in ((api, "一"), (APIClient(), "二")):
        browser.get("/api/v1/me")
        filed.append(
            file_notice(browser, show_series(title), headers={"Idempotency-Key": "k"}).json()[
                "number"
            ]
        )
    assert filed[0] != filed[1] and Claim.objects.count() == 2


def test_the_same_notice_is_not_taken_in_twice_however_it_is_spelt(api):
    series = show_series("断桥", episodes=2)
    made(
        series,
        claimant_name="Yongjin Press",
        email="Rights@Publisher.example",
        work_title="Duan Qiao",
    )
    for changes in (
        {"email": "rights@publisher.example", "work_title": "duan  qiao!"},
        {
            "claimant_name": "ＹＯＮＧＪＩＮ　ＰＲＥＳＳ",
            "email": "other@publisher.example",
            "work_title": "《Duan Qiao》",
        },
        {
            "email": "rights@publisher.example",
            "work_title": "Duan Qiao",
            "episode_id": series.episodes.first().pk,
        },
    ):
        assert file_notice(api, series, **changes).json()["code"] == "notice_on_its_way"
    assert (
        file_notice(
            api, series, email="rights@publisher.example", work_title="别的作品"
        ).status_code
        == 201
    )
    assert (
        file_notice(api, series, work_title="Duan Qiao", email="somebody@else.example").status_code
        == 201
    )
    assert (
        file_notice(api, show_series("另一部"), email="rights@publisher.example").status_code == 201
    )


def test_a_restored_notice_cannot_come_again_and_a_withdrawn_or_rejected_one_can(api, signed_in):
    admin, creator, series = people(signed_in)
    same = {"claimant_name": "涌金书局", "email": "rights@publisher.example"}
    claim = made(series, **same)
    desk(admin, claim, "complete", profile_kind="cn-networks")
    assert counter(creator, claim).json()["state"] == "restored"
    again = file_notice(api, series, **same)
    assert (again.status_code, again.json()["code"]) == (409, "notice_repeated")

    other = made(series, **same, work_title="雷峰旧事")
    by_link(api, other, "withdraw")
    third = made(series, **same, work_title="雷峰旧事")
    desk(admin, third, "reject", reason="没有说明抄了哪里")
    assert file_notice(api, series, **same, work_title="雷峰旧事").status_code == 201


def test_one_viewer_files_only_so_many_notices_in_a_day(api, settings):
    settings.RIGHTS_NOTICES_PER_VIEWER = 2
    api.get("/api/v1/me")
    series = show_series("断桥")
    for title in ("一", "二"):
        assert file_notice(api, series, work_title=title).status_code == 201
    refused = file_notice(api, series, work_title="三")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert 0 < int(refused["Retry-After"]) <= 24 * 3600 + 1
    assert Claim.objects.count() == 2
    Claim.objects.update(received_at=NOON - timedelta(days=9))
    assert file_notice(api, series, work_title="三").status_code == 201


def test_one_address_files_only_so_many_notices_in_a_day_with_however_many_browsers(settings):
    settings.RIGHTS_NOTICES_PER_ADDRESS = 2
    series = show_series("断桥")
    for title, status in (("一", 201), ("二", 201), ("三", 429)):
        assert (
            file_notice(APIClient(REMOTE_ADDR="203.0.113.9"), series, work_title=title).status_code
            == status
        )
    elsewhere = APIClient(REMOTE_ADDR="203.0.113.10")
    assert file_notice(elsewhere, series, work_title="四").status_code == 201
    assert "203.0.113" not in str(list(Claim.objects.values_list("filed_from", flat=True)))


def test_how_long_until_somebody_looks_is_said_by_the_terms():
    claim = made(now=NOON)
    assert claim.due_at == NOON + timedelta(hours=24)
    services.mark_incomplete(
        claim_id=claim.pk, by=UserFactory(roles=["copyright_admin"]), missing="x"
    )
    later = services.supplement_claim(
        claim_id=claim.pk,
        address="x",
        work_title="x",
        work_place="x",
        statement="x",
        now=NOON + timedelta(days=3),
    )
    assert later.due_at == NOON + timedelta(days=3, hours=24)
