"""Who may act on a claim, and what each person sees of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection

from huaben.catalog.models import Cut
from huaben.rights.claim_links import create_claim_secret
from huaben.rights.models import Block, Claim
from tests.platform.rights.claims import (
    DESK,
    NOON,
    NOTICES,
    PERSONAL,
    STUDIO,
    by_link,
    counter,
    desk,
    made,
    people,
)
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db


def test_nobody_decides_about_a_work_of_their_own(signed_in):
    admin = signed_in("copyright_admin", "creator")
    claim = made(show_series("自家", creator=admin.user))
    assert admin.get(f"{DESK}/{claim.pk}").json()["may_decide"] is False
    for act, body in (
        ("complete", {}),
        ("incomplete", {"missing": "x"}),
        ("reject", {"reason": "x"}),
    ):
        assert desk(admin, claim, act, **body).json()["code"] == "own_series"
    assert Claim.objects.get().state == "received"


def test_another_creators_claim_and_one_that_was_not_forwarded_do_not_exist(signed_in):
    admin, creator, series = people(signed_in)
    claim, stranger = made(series), signed_in("creator")
    assert creator.get(f"{STUDIO}/{claim.pk}").status_code == 404
    assert counter(creator, claim).status_code == 404
    desk(admin, claim, "complete")
    assert stranger.get(f"{STUDIO}/{claim.pk}").status_code == 404
    assert counter(stranger, claim).status_code == 404
    assert stranger.get(STUDIO).json()["results"] == []
    assert creator.get(f"{STUDIO}?series_id={series.pk}").json()["results"]
    assert creator.get(f"{STUDIO}?series_id={show_series('别的').pk}").json()["results"] == []
    assert creator.get(f"{STUDIO}?on_their_way=true").json()["results"]
    desk(admin, claim, "reject", reason="x")
    assert creator.get(f"{STUDIO}?on_their_way=true").json()["results"] == []
    assert creator.get(STUDIO).json()["results"]


def test_a_secret_that_we_never_gave_out_opens_nothing(api, signed_in):
    claim = made()
    secret = create_claim_secret(claim)
    for wrong in (
        secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        claim.pk.hex,
        str(claim.pk),
        "x" * 90,
    ):
        assert api.get(f"{NOTICES}/{wrong}").status_code == 404
        assert api.post(f"{NOTICES}/{wrong}/withdraw", {}, format="json").status_code == 404
    assert api.get(f"{NOTICES}/{secret}").status_code == 200


def test_a_claimants_address_is_told_to_nobody_but_the_desk(api, signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series, email=PERSONAL[0])
    desk(admin, claim, "complete")
    counter(creator, claim)
    by_link(api, claim, "suit", note="已立案")
    whole = json.dumps(admin.get(f"{DESK}/{claim.pk}").json(), ensure_ascii=False)
    assert all(word in whole for word in PERSONAL)
    cut = Cut.objects.get(episode__series=series)
    told = [
        creator.get(STUDIO),
        creator.get(f"{STUDIO}/{claim.pk}"),
        creator.get(f"/api/v1/studio/series/{series.pk}"),
        creator.get(f"/api/v1/cuts/{cut.pk}/gate"),
        api.get(f"/api/v1/series/{series.pk}"),
        api.get("/api/v1/series"),
    ]
    for answer in told:
        text = json.dumps(answer.json(), ensure_ascii=False)
        assert not [word for word in PERSONAL if word in text], answer.request["PATH_INFO"]
    with connection.cursor() as cursor:
        cursor.execute("select * from rights_claimevent")
        audit = str(cursor.fetchall())
        cursor.execute("select * from core_idempotentresponse")
        kept = str(cursor.fetchall())
        cursor.execute("select * from pghistory_context")
        contexts = str(cursor.fetchall())
    assert PERSONAL[0] not in audit and PERSONAL[1] not in audit and PERSONAL[2] not in audit
    assert PERSONAL[0] not in kept and create_claim_secret(claim) not in kept + contexts
    assert "/api/v1/rights/notices/…/suit" in contexts


def test_what_creators_say_is_shown_to_the_claimant_and_who_of_us_decided_is_not(api, signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    counter(creator, claim)
    text = json.dumps(api.get(f"{NOTICES}/{create_claim_secret(claim)}").json(), ensure_ascii=False)
    assert "剧本是我自己写的" in text
    assert admin.user.name not in text and creator.user.email not in text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"statement": " "}, "invalid"),
        ({"good_faith": False}, "good_faith_needed"),
        ({"signature": ""}, "invalid"),
        ({"proofs": ["ftp://a.example/x"]}, "bad_proof"),
        ({"proofs": ["https://a.example"] * 11}, "invalid"),
    ],
)
def test_a_counter_notice_that_lacks_something_changes_nothing(signed_in, changes, code):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    assert counter(creator, claim, **changes).json()["code"] == code
    claim.refresh_from_db()
    assert claim.state == "standing" and not hasattr(claim, "counter_notice")


def test_the_same_key_counters_once(signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    body = {"statement": "我写的", "good_faith": True, "signature": "作者"}
    for _ in range(2):
        answer = creator.post(
            f"{STUDIO}/{claim.pk}/counter", body, format="json", headers={"Idempotency-Key": "same"}
        )
        assert answer.status_code == 200 and answer.json()["state"] == "countered"


def test_the_desks_list_has_what_is_due_first_at_the_top(signed_in, django_assert_max_num_queries):
    admin = signed_in("copyright_admin")
    later, sooner, asked = (
        made(now=NOON),
        made(now=NOON - timedelta(hours=3)),
        made(now=NOON - timedelta(days=2)),
    )
    desk(admin, asked, "incomplete", missing="x")
    with django_assert_max_num_queries(3):
        page = admin.get(DESK).json()
    assert [row["number"] for row in page["results"]] == [sooner.number, later.number, asked.number]
    first = admin.get(f"{DESK}?limit=2").json()
    rest = admin.get(f"{DESK}?limit=2&cursor={first['next_cursor']}").json()
    assert [row["number"] for row in rest["results"]] == [asked.number] and rest[
        "next_cursor"
    ] is None
    assert [row["number"] for row in admin.get(f"{DESK}?state=incomplete").json()["results"]] == [
        asked.number
    ]
    assert admin.get(f"{DESK}?state=odd").status_code == 400


def test_a_creators_list_costs_as_much_as_a_line(signed_in, django_assert_max_num_queries):
    admin, creator, series = people(signed_in)
    for place in range(4):
        desk(admin, made(series, episode_id=None, work_title=f"作品{place}"), "complete")
        Block.objects.all().delete()  # so that the next notice finds it shown
    with django_assert_max_num_queries(3):
        assert len(creator.get(STUDIO).json()["results"]) == 4
