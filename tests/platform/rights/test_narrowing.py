"""A notice against a whole series is narrowed to what it is about, and staff see the film."""

import pytest

from huaben.catalog.gate import list_reasons_against, published_cuts
from huaben.catalog.models import Cut
from huaben.rights.models import Claim
from tests.factories import AssetFactory, CutFactory
from tests.platform.rights.claims import DESK, STUDIO, desk, file_notice, made
from tests.platform.watching.works import show_cut, show_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing(signed_in):
    """A confirmed claim against three episodes, its admin and its series' Cuts in order."""
    admin, series = signed_in("copyright_admin"), show_series("断桥", episodes=3)
    claim = made(series)
    assert desk(admin, claim, "complete").json()["state"] == "standing"
    return (
        claim,
        admin,
        list(Cut.objects.filter(episode__series=series).order_by("episode__number")),
    )


def shown(cuts):
    through = set(published_cuts().values_list("pk", flat=True))
    return [cut.pk in through for cut in cuts]


def narrow(admin, claim, *cuts, reason="只涉及这几集"):
    ids = [str(cut.episode_id) for cut in cuts]
    return desk(admin, claim, "narrow", episode_ids=ids, reason=reason)


def test_narrowing_shows_the_other_episodes_again_at_once(standing, api, signed_in):
    claim, admin, cuts = standing
    assert shown(cuts) == [False, False, False]
    answer = narrow(admin, claim, cuts[0], cuts[2])
    assert answer.status_code == 200, answer.json()
    seen = answer.json()
    assert [episode["number"] for episode in seen["narrowed_to"]] == [1, 3]
    assert (seen["state"], seen["episode_count"]) == ("standing", 2)
    assert shown(cuts) == [False, True, False]
    for cut, blocked in zip(cuts, (True, False, True), strict=True):
        rights = [source for source, _ in list_reasons_against(cut) if source == "rights"]
        assert bool(rights) is blocked, "query and words agree"
    assert (seen["history"][-1]["action"], seen["history"][-1]["note"]) == (
        "narrowed",
        "1、3: 只涉及这几集",
    )
    assert seen["history"][-1]["by"] == admin.user.name
    creator = signed_in(user=cuts[0].episode.series.creator)
    told = creator.get(f"{STUDIO}/{claim.pk}").json()
    assert [episode["number"] for episode in told["narrowed_to"]] == [1, 3]


def test_a_newer_version_of_a_claimed_episode_stays_blocked(standing):
    claim, admin, cuts = standing
    narrow(admin, claim, cuts[0])
    source = AssetFactory(owner=cuts[0].episode.series.creator)
    newer = show_cut(CutFactory(episode=cuts[0].episode, number=2, source=source))
    assert shown([newer, cuts[1]]) == [False, True]


def test_it_is_narrowed_further_and_never_widened(standing):
    claim, admin, cuts = standing
    narrow(admin, claim, cuts[0], cuts[1])
    assert narrow(admin, claim, cuts[2]).json()["code"] == "bad_episodes"
    assert narrow(admin, claim, cuts[0], cuts[1]).json()["code"] == "bad_episodes"
    assert narrow(admin, claim, cuts[1]).status_code == 200
    assert shown(cuts) == [True, False, True]
    assert "narrow" not in desk(admin, claim, "suit", note="（2026）浙01民初1号").json()["actions"]


def test_what_fits_nothing_is_refused_and_changes_nothing(standing, signed_in):
    claim, admin, cuts = standing
    other = CutFactory()
    for chosen in ((), (other,), tuple(cuts)):
        answer = narrow(admin, claim, *chosen)
        assert answer.status_code == 400
    assert narrow(admin, claim, cuts[0], reason=" ").status_code == 400
    assert narrow(signed_in("moderator"), claim, cuts[0]).status_code == 403
    creator = cuts[0].episode.series.creator
    creator.roles = ["creator", "copyright_admin"]
    creator.save()
    assert narrow(signed_in(user=creator), claim, cuts[0]).json()["code"] == "own_series"
    assert Claim.objects.get(pk=claim.pk).narrowed_to == []
    assert shown(cuts) == [False, False, False]


def test_a_notice_is_narrowed_before_anything_is_taken_down(signed_in):
    admin, series = signed_in("copyright_admin"), show_series("断桥", episodes=2)
    cuts = list(Cut.objects.filter(episode__series=series).order_by("episode__number"))
    claim = made(series)
    assert narrow(admin, claim, cuts[1]).json()["state"] == "received"
    desk(admin, claim, "complete")
    assert shown(cuts) == [True, False]


def test_a_claim_of_one_episode_has_nothing_to_narrow(signed_in):
    admin, series = signed_in("copyright_admin"), show_series("断桥", episodes=2)
    cut = Cut.objects.filter(episode__series=series).order_by("episode__number")[0]
    claim = made(series, episode_id=cut.episode_id)
    assert narrow(admin, claim, cut).json()["code"] == "claim_moved_on"


def test_after_narrowing_the_same_claimant_may_complain_of_another_episode(api, signed_in):
    admin, series = signed_in("copyright_admin"), show_series("断桥", episodes=2)
    cuts = list(Cut.objects.filter(episode__series=series).order_by("episode__number"))
    number = file_notice(api, series).json()["number"]
    claim = Claim.objects.get(number=number)
    again = {"episode_id": str(cuts[1].episode_id)}
    assert file_notice(api, series, **again).json()["code"] == "notice_on_its_way"
    narrow(admin, claim, cuts[0])
    assert file_notice(api, series, **again).status_code == 201
    assert file_notice(api, series, episode_id=str(cuts[0].episode_id)).status_code == 409


def test_a_copyright_admin_sees_the_film_of_a_claim_that_nobody_is_shown(standing):
    claim, admin, _ = standing
    listed = admin.get(f"{DESK}/{claim.pk}").json()["shown_cuts"]
    film = admin.get(f"/api/v1/cuts/{listed[0]['cut_id']}").json()
    assert film["preview"]["manifest_url"] and film["gate"]["open"] is False
