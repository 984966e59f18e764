"""Proposals: checked before anybody reads them, listed, and supported."""

from __future__ import annotations

import uuid

import pytest

from huaben.cocreation.models import Proposal, Support
from huaben.cocreation.services import adopt_proposal
from huaben.core.jobs import run_job
from huaben.core.localized import LocalizedText
from huaben.core.models import Job
from huaben.speech.models import Speech
from huaben.speech.services.submission import set_speech_state
from tests.factories import EpisodeFactory, UserFactory
from tests.platform.cocreation.proposals import IDEA, address, listed, shown_idea, suggest
from tests.platform.watching.works import show_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_hurries")]


def test_nobody_but_its_author_sees_a_proposal_that_was_not_checked(series, fan, maker, api):
    made = suggest(fan, series)
    assert (made["speech_state"], made["state"], made["mine"]) == ("checking", "open", True)
    for client in (api, maker, fan):
        assert listed(client, series) == []
    assert listed(fan, series, mine=1) == [IDEA["title"]]
    assert listed(maker, series, mine=1) == []
    assert maker.get(f"/api/v1/studio/series/{series.pk}/proposals").json()["results"] == []
    assert maker.put(f"/api/v1/proposals/{made['id']}/support").status_code == 404
    assert maker.post(f"/api/v1/proposals/{made['id']}/adopt", {}, format="json").status_code == 404


def test_what_passes_the_check_is_shown_to_everybody_with_all_of_its_words_checked(
    series, fan, api
):
    episode = series.episodes.get(number=2)
    made = suggest(
        fan, series, kind="branch", from_episode_id=str(episode.pk), choice_text=" 跟她\n走 "
    )
    run_job(Job.objects.get(kind="speech.check_speech", key=made["id"]).pk)
    [seen] = api.get(address(series)).json()["results"]
    assert (
        seen["choice_text"],
        seen["from_episode"]["number"],
        seen["author"]["display_name"],
    ) == (
        "跟她 走",
        2,
        "茶客",
    )
    assert (seen["mine"], seen["supports"], seen["reason"]) == (False, 0, None)
    spoken = Speech.objects.get().text
    assert all(part in spoken for part in (seen["title"], seen["text"], seen["choice_text"]))


def test_what_is_refused_is_told_to_its_author_alone(series, fan, maker):
    made = suggest(fan, series)
    set_speech_state(
        speech_id=made["id"],
        state="refused",
        reason=LocalizedText("不可以", "No"),
        facts={"automatic": True},
    )
    [own] = fan.get(address(series), {"mine": 1}).json()["results"]
    assert (own["speech_state"], own["reason"]["zh"], own["may_request_review"]) == (
        "refused",
        "不可以",
        True,
    )
    assert listed(maker, series) == []


def test_the_same_id_with_the_same_words_is_one_proposal_and_with_others_a_conflict(
    series, fan, signed_in
):
    body = {"id": str(uuid.uuid4()), **IDEA}
    first = fan.post(address(series), body, format="json").json()
    assert fan.post(address(series), body, format="json").json() == first
    assert fan.post(address(series), {**body, "text": "别的"}, format="json").status_code == 409
    branch = {
        **body,
        "kind": "branch",
        "from_episode_id": str(series.episodes.first().pk),
        "choice_text": "走",
    }
    assert fan.post(address(series), branch, format="json").status_code == 409
    assert signed_in("viewer").post(address(series), body, format="json").status_code == 409
    assert Proposal.objects.count() == 1


def test_words_moved_between_title_and_text_are_another_proposal(series, fan):
    body = {"id": str(uuid.uuid4()), **IDEA, "title": "一", "text": "二\n三"}
    fan.post(address(series), body, format="json")
    moved = {**body, "kind": "idea", "title": "一 二", "text": "三"}
    assert fan.post(address(series), moved, format="json").json()["code"] in (
        "speech_id_used",
        "proposal_id_used",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "长" * 41}, "title"),
        ({"text": "长" * 501}, "text"),
        ({"kind": "branch"}, "choice_text"),
        ({"kind": "branch", "choice_text": "走"}, "from_episode_id"),
        ({"kind": "branch", "choice_text": "长" * 21}, "choice_text"),
        (
            {"kind": "branch", "choice_text": "走", "from_episode_id": str(uuid.uuid4())},
            "from_episode_id",
        ),
        ({"kind": "song"}, "kind"),
    ],
)
def test_a_proposal_that_is_not_sound_is_refused_at_its_field(series, fan, changes, field):
    answer = fan.post(address(series), {"id": str(uuid.uuid4()), **IDEA, **changes}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Speech.objects.exists()


def test_a_branch_leaves_an_episode_of_this_series_that_is_shown(series, fan):
    other = show_series("别的戏").episodes.get()
    hidden = EpisodeFactory(series=series, number=9)
    for episode in (other, hidden):
        branch = {"kind": "branch", "choice_text": "走", "from_episode_id": str(episode.pk)}
        answer = fan.post(
            address(series), {"id": str(uuid.uuid4()), **IDEA, **branch}, format="json"
        )
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "from_episode_id")


def test_to_propose_and_to_support_one_signs_in(series, fan, api):
    made = shown_idea(fan, series)
    assert (
        api.post(address(series), {"id": str(uuid.uuid4()), **IDEA}, format="json").status_code
        == 401
    )
    assert api.put(f"/api/v1/proposals/{made}/support").status_code == 401


def test_support_counts_each_person_once_and_can_be_taken_back(series, fan, maker, signed_in):
    made = shown_idea(fan, series)
    path = f"/api/v1/proposals/{made}/support"
    assert maker.put(path).json() == {"supports": 1, "supported": True}
    assert maker.put(path).json() == {"supports": 1, "supported": True}
    assert signed_in("viewer").put(path).json()["supports"] == 2
    assert maker.delete(path).json() == {"supports": 1, "supported": False}
    assert maker.delete(path).json()["supports"] == 1
    assert fan.put(path).json()["code"] == "own_proposal"
    assert Support.objects.count() == 1


def test_lists_come_in_pages_by_support_or_newest_each_proposal_once(series, fan, signed_in):
    ids = [shown_idea(fan, series, title=f"第{number}个") for number in range(7)]
    for number, times in ((2, 3), (5, 3), (6, 1)):
        for _ in range(times):
            signed_in("viewer").put(f"/api/v1/proposals/{ids[number]}/support")
    for order, expected in (("support", [5, 2, 6, 4, 3, 1, 0]), ("newest", [6, 5, 4, 3, 2, 1, 0])):
        found, cursor = [], ""
        while cursor is not None:
            page = fan.get(
                address(series),
                {"order": order, "limit": 3, **({"cursor": cursor} if cursor else {})},
            ).json()
            found += [proposal["title"] for proposal in page["results"]]
            cursor = page["next_cursor"]
        assert found == [f"第{number}个" for number in expected]
    for cursor in ("nonsense", "WzEsMl0", "WyJhIiwgImIiLCAiYyJd"):
        assert fan.get(address(series), {"cursor": cursor}).json()["code"] == "bad_cursor"


def test_lists_cost_the_same_for_one_and_for_many(
    series, fan, maker, signed_in, django_assert_max_num_queries
):
    for number in range(12):
        branch = {
            "kind": "branch",
            "choice_text": "走",
            "from_episode_id": series.episodes.first().pk,
        }
        client = signed_in(user=UserFactory())
        made = shown_idea(client, series, title=f"第{number}个", **(branch if number % 2 else {}))
        maker.put(f"/api/v1/proposals/{made}/support")
    with django_assert_max_num_queries(6):
        assert len(fan.get(address(series), {"limit": 50}).json()["results"]) == 12
    with django_assert_max_num_queries(5):
        assert (
            len(
                maker.get(f"/api/v1/studio/series/{series.pk}/proposals?limit=50").json()["results"]
            )
            == 12
        )
    for proposal in list(Proposal.objects.all()):
        adopt_proposal(proposal_id=proposal.pk, by=series.creator)
    with django_assert_max_num_queries(7):
        [idea, branch] = fan.get(f"/api/v1/series/{series.pk}/together").json()["credits"]
    assert (len(idea["people"]), len(branch["people"])) == (6, 6)
