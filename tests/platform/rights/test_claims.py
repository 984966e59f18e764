"""A complaint on its way: who does what, and what the gate does meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huaben.catalog.gate import list_reasons_against, published_cuts
from huaben.catalog.models import Cut
from huaben.feed.models import SeriesChange
from huaben.rights import services
from huaben.rights.claim_links import create_claim_secret
from huaben.rights.keepers import unblocked
from huaben.rights.models import Block, Claim
from tests.factories import AssetFactory, CutFactory
from tests.platform.rights.claims import (
    DESK,
    NOON,
    NOTICES,
    STUDIO,
    by_link,
    counter,
    desk,
    file_notice,
    made,
    people,
    shown,
)
from tests.platform.watching.works import show_cut, show_series

pytestmark = pytest.mark.django_db


def another_cut(cut):
    """The next version of the same episode, shown."""
    source = AssetFactory(owner=cut.episode.series.creator)
    return show_cut(CutFactory(episode=cut.episode, number=cut.number + 1, source=source))


def test_a_notice_is_confirmed_countered_and_restored_by_the_clock(api, signed_in):
    admin, creator, series = people(signed_in)
    filed = file_notice(api, series).json()
    assert shown(series), "a notice that nobody has read blocks nothing"
    assert creator.get(STUDIO).json()["results"] == []
    claim = Claim.objects.get(number=filed["number"])

    answer = desk(admin, claim, "complete").json()
    assert (answer["state"], answer["actions"]) == ("standing", ["uphold", "reject", "suit"])
    assert not shown(series)
    cut = Cut.objects.get(episode__series=series)
    assert [reason.code for source, reason in list_reasons_against(cut) if source == "rights"] == [
        "rights_claimed"
    ]
    assert [row["number"] for row in creator.get(STUDIO).json()["results"]] == [claim.number]
    assert api.get("/api/v1/feed").json()["results"] == []

    answered = counter(creator, claim).json()
    assert (answered["state"], answered["actions"]) == ("countered", [])
    assert not shown(series)
    claim.refresh_from_db()
    assert services.restore_due(now=claim.due_at - timedelta(seconds=1)) == 0 and not shown(series)
    assert services.restore_due(now=claim.due_at) == 1 and shown(series)
    assert services.restore_due(now=claim.due_at) == 0

    by_claimant = api.get(f"{NOTICES}/{filed['secret']}").json()
    assert by_claimant["state"] == "restored" and by_claimant["actions"] == []
    assert by_claimant["counter_notice"]["statement"] == "剧本是我自己写的"
    assert [step["action"] for step in by_claimant["history"]] == [
        "received",
        "confirmed",
        "countered",
        "restored",
    ]
    by = [step["by"] for step in admin.get(f"{DESK}/{claim.pk}").json()["history"]]
    assert by == [None, admin.user.name, None, None]


def test_what_was_shown_when_the_notice_came_is_kept_with_it():
    series = show_series("断桥", episodes=2)
    first = Cut.objects.get(episode__series=series, episode__number=1)
    case = first.review_case
    whole, one = made(series), made(series, episode_id=first.episode_id)
    assert [seen["episode_number"] for seen in whole.shown_cuts] == [1, 2]
    assert one.cut == first and one.shown_cuts == [
        {
            "cut_id": str(first.pk),
            "episode_number": 1,
            "number": 1,
            "sha256": first.asset.sha256,
            "package_sha256": first.asset.package_sha256,
            "label": "1",
            "decision_id": str(case.decision_id),
        }
    ]


def test_a_claim_of_one_episode_leaves_the_others(signed_in):
    admin, _, series = people(signed_in)
    more = show_series("长桥", episodes=2)
    first, second = Cut.objects.filter(episode__series=more).order_by("episode__number")
    desk(admin, made(more, episode_id=first.episode_id), "complete")
    through = Cut.objects.filter(unblocked())
    assert not through.filter(pk=first.pk).exists() and through.filter(pk=second.pk).exists()
    assert shown(series)


def test_an_incomplete_notice_is_completed_by_its_claimant(api, signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    assert desk(admin, claim, "incomplete", missing=" ").status_code == 400
    asked = desk(admin, claim, "incomplete", missing="请附授权书").json()
    assert (asked["state"], asked["due_at"], asked["actions"]) == (
        "incomplete",
        None,
        ["complete", "reject"],
    )
    view = api.get(f"{NOTICES}/{create_claim_secret(claim)}").json()
    assert view["history"][-1]["note"] == "请附授权书" and view["actions"] == [
        "supplement",
        "withdraw",
    ]
    more = {key: view[key] for key in ("phone", "address", "work_title", "work_place", "statement")}
    assert (
        by_link(api, claim, "supplement", **more, proofs=["javascript:alert(1)"]).json()["code"]
        == "bad_proof"
    )
    done = by_link(
        api, claim, "supplement", **more, proofs=["https://publisher.example/licence"]
    ).json()
    assert done["state"] == "received" and done["proofs"] == ["https://publisher.example/licence"]
    assert by_link(api, claim, "supplement", **more).json()["code"] == "claim_moved_on"
    assert desk(admin, claim, "complete").json()["state"] == "standing"
    # What was asked before it was forwarded is between the claimant and the desk.
    assert [step["action"] for step in creator.get(f"{STUDIO}/{claim.pk}").json()["history"]] == [
        "confirmed"
    ]


def test_a_claim_by_the_regulation_is_restored_by_the_counter_notice_itself(signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    assert desk(admin, claim, "complete", profile_kind="nowhere").json()["code"] == "no_profile"
    assert (
        desk(admin, claim, "complete", profile_kind="cn-networks").json()["terms"][
            "restores_at_once"
        ]
        is True
    )
    assert not shown(series)
    answer = counter(creator, claim).json()
    assert answer["state"] == "restored" and shown(series)
    assert [step["action"] for step in answer["history"]] == ["confirmed", "countered", "restored"]


@pytest.mark.parametrize("told_by", ["claimant", "desk"])
def test_a_suit_stops_the_clock_until_it_is_decided(api, signed_in, told_by):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    counter(creator, claim)
    words = {"note": "杭州互联网法院，已立案"}
    told = (
        by_link(api, claim, "suit", **words)
        if told_by == "claimant"
        else desk(admin, claim, "suit", **words)
    )
    assert told.status_code == 200 and told.json()["due_at"] is None
    assert services.restore_due(now=NOON + timedelta(days=4000)) == 0 and not shown(series)
    assert desk(admin, claim, "suit", **words).json()["code"] == "claim_moved_on"
    assert desk(admin, claim, "extend", note="x").json()["code"] == "claim_moved_on"
    assert desk(admin, claim, "uphold", reason="判决侵权").json()[
        "state"
    ] == "upheld" and not shown(series)
    cut = Cut.objects.get(episode__series=series)
    assert [reason.code for source, reason in list_reasons_against(cut) if source == "rights"] == [
        "rights_upheld"
    ]


def test_a_suit_told_before_the_counter_notice_starts_no_clock(api, signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    by_link(api, claim, "suit", note="已立案")
    assert counter(creator, claim).json()["due_at"] is None
    assert services.restore_due(now=NOON + timedelta(days=4000)) == 0 and not shown(series)


def test_a_suit_told_before_the_counter_notice_keeps_the_work_down_under_any_terms(api, signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete", profile_kind="cn-networks")
    by_link(api, claim, "suit", note="已立案")
    answer = counter(creator, claim).json()
    assert (answer["state"], answer["due_at"]) == ("countered", None) and not shown(series)
    assert desk(admin, claim, "reject", reason="法院驳回").json()["state"] == "rejected" and shown(
        series
    )


def test_a_claim_on_an_episode_does_not_bring_its_version_before_back_on_stage(api, signed_in):
    admin, _, series = people(signed_in)
    older = Cut.objects.get(episode__series=series)
    newer = another_cut(older)
    claim = Claim.objects.get(
        number=file_notice(api, series, episode_id=str(older.episode_id)).json()["number"]
    )
    assert claim.cut == newer
    desk(admin, claim, "complete")
    assert not shown(series)
    assert {reason.code for cut in (older, newer) for _, reason in list_reasons_against(cut)} == {
        "rights_claimed"
    }
    # What is made after the claim was seen goes the way of every Cut.
    assert published_cuts([older.episode_id]).first() is None
    corrected = another_cut(newer)
    assert [cut.pk for cut in published_cuts([older.episode_id])] == [corrected.pk]


def test_the_wait_is_extended_once_and_on_proof(signed_in):
    admin, _, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    countered = services.counter_claim(
        claim_id=claim.pk,
        by=series.creator,
        statement="x",
        signature="x",
        good_faith=True,
        now=NOON,
    )
    # Fifteen days after 20 November end on Saturday the 5th of December; so on Monday the 7th.
    assert countered.due_at.isoformat() == "2026-12-08T00:00:00+08:00"
    assert desk(admin, claim, "extend", note="").status_code == 400
    longer = desk(admin, claim, "extend", note="公证需要时间").json()
    # Twenty working days end on 18 December.
    assert longer["due_at"] == "2026-12-18T16:00:00Z" and longer["extended"] is True
    assert desk(admin, claim, "extend", note="再来").json()["code"] == "claim_moved_on"


def test_a_wait_that_was_counted_provisionally_is_counted_anew(signed_in):
    claim = made()
    services.confirm_claim(claim_id=claim.pk, by=signed_in("copyright_admin").user)
    services.counter_claim(
        claim_id=claim.pk,
        by=claim.series.creator,
        statement="x",
        signature="x",
        good_faith=True,
        now=NOON,
    )
    # As if the calendar had not known the year then.
    Claim.objects.filter(pk=claim.pk).update(due_at=NOON + timedelta(days=3), due_provisional=True)
    assert services.restore_due(now=NOON + timedelta(days=4)) == 0
    claim.refresh_from_db()
    assert (claim.action, claim.due_provisional) == ("recounted", False)
    assert claim.due_at.isoformat() == "2026-12-07T16:00:00+00:00"


def test_the_feed_is_told_when_a_claim_takes_a_work_and_when_it_gives_it_back(signed_in):
    claim = made()
    told = SeriesChange.objects.filter(series_id=claim.series_id)
    before = told.count()
    services.confirm_claim(claim_id=claim.pk, by=signed_in("copyright_admin").user)
    assert told.count() == before + 1
    services.withdraw_claim(claim_id=claim.pk)
    assert told.count() == before + 2


def test_a_claimant_withdraws_and_the_work_is_back(api, signed_in):
    admin, _, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    assert not shown(series)
    assert by_link(api, claim, "withdraw").json()["state"] == "withdrawn" and shown(series)
    assert by_link(api, claim, "withdraw").json()["code"] == "claim_moved_on"
    block = Block.objects.get(claim=claim)
    assert block.lifted_at is not None and block.lifted_by is None


def test_a_rejected_claim_gives_the_work_back_and_both_are_told_why(api, signed_in):
    admin, creator, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    assert desk(admin, claim, "reject", reason="").status_code == 400
    assert desk(admin, claim, "reject", reason="原作已入公有领域").json()[
        "state"
    ] == "rejected" and shown(series)
    for view in (
        api.get(f"{NOTICES}/{create_claim_secret(claim)}"),
        creator.get(f"{STUDIO}/{claim.pk}"),
    ):
        assert view.json()["history"][-1]["note"] == "原作已入公有领域"


def test_two_claims_against_one_series_each_hold_it(api, signed_in):
    admin, _, series = people(signed_in)
    one, two = made(series), made(series, work_title="雷峰旧事")
    for claim in (one, two):
        desk(admin, claim, "complete")
    by_link(api, one, "withdraw")
    assert not shown(series)
    assert [claim["number"] for claim in admin.get(f"{DESK}/{one.pk}").json()["related"]] == [
        two.number
    ]
    desk(admin, two, "reject", reason="不成立")
    assert shown(series)


def test_a_claims_block_ends_with_the_claim_and_not_by_hand(signed_in):
    admin, _, series = people(signed_in)
    claim = made(series)
    desk(admin, claim, "complete")
    listed = admin.get("/api/v1/rights/blocks").json()["results"][0]
    assert listed["claim_number"] == claim.number
    lifted = admin.post(
        f"/api/v1/rights/blocks/{listed['id']}/lift", {"reason": "手工"}, format="json"
    )
    assert lifted.json()["code"] == "block_of_a_claim" and not shown(series)
    # A block by hand stands beside it and outlasts it.
    body = {"series_id": str(series.pk), "reason": "判决", "evidence": "判决书"}
    assert admin.post("/api/v1/rights/blocks", body, format="json").status_code == 201
    desk(admin, claim, "reject", reason="x")
    assert not shown(series)
