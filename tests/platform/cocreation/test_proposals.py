"""Proposals: checked before anybody reads them, supported, decided by the maker, credited once;
gone when the gate closes.
"""

from __future__ import annotations

import threading
import uuid

import pghistory.models
import pytest
from django.db import connection

from huaben.cocreation.models import Credit, Proposal, Support, Writer, WritingRoom
from huaben.cocreation.services import adopt_proposal, create_proposal
from huaben.core.jobs import run_job
from huaben.core.localized import LocalizedText
from huaben.core.models import Job
from huaben.rights.services import block_series
from huaben.speech.models import Speech
from huaben.speech.services.submission import set_speech_state
from huaben.studio.models import Project
from tests.factories import CutFactory, EpisodeFactory, UserFactory
from tests.platform.watching.works import show_cut, show_series

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_hurries(settings):
    settings.SPEECH_LIMITS = []


@pytest.fixture
def series():
    return show_series("第七盏灯", episodes=3)


@pytest.fixture
def maker(signed_in, series):
    return signed_in(user=series.creator)


@pytest.fixture
def fan(signed_in):
    return signed_in(user=UserFactory(roles=["viewer"], handle="fan", display_name="茶客"))


IDEA = {
    "kind": "idea",
    "title": "让女鬼回一次家",
    "text": "她的家就在桥那头，第三集可以让她走过去。",
}


def address(series):
    return f"/api/v1/series/{series.pk}/proposals"


def suggest(client, series, **changes):
    answer = client.post(
        address(series), {"id": str(uuid.uuid4()), **IDEA, **changes}, format="json"
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def show(proposal):
    set_speech_state(speech_id=proposal["id"], state="shown", reason=None, facts={})
    return proposal["id"]


def shown_idea(client, series, **changes):
    return show(suggest(client, series, **changes))


def listed(client, series, **query):
    return [proposal["title"] for proposal in client.get(address(series), query).json()["results"]]


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


def test_adopting_credits_the_author_once_however_often_and_tells_of_it(series, fan, maker, api):
    made = shown_idea(fan, series)
    path = f"/api/v1/proposals/{made}/adopt"
    first = maker.post(path, {"reply": "thanks"}, format="json")
    assert (first.status_code, first.json()["state"], first.json()["reply"]["en"]) == (
        200,
        "adopted",
        "Thank you, taken",
    )
    assert maker.post(path, {"reply": "later"}, format="json").json() == first.json()
    assert not Project.objects.exists()
    credit = Credit.objects.get()
    assert (credit.person, credit.part, credit.proposal_id) == (fan.user, "idea", uuid.UUID(made))
    [part] = api.get(f"/api/v1/series/{series.pk}/together").json()["credits"]
    assert (part["label"]["zh"], part["people"]) == (
        "主意",
        [{"handle": "fan", "display_name": "茶客"}],
    )
    [seen] = api.get(address(series)).json()["results"]
    assert (seen["state"], seen["project_id"]) == ("adopted", None)


def test_adopting_may_begin_an_episode_and_let_the_author_into_the_writing_room_each_once(
    series, fan, maker
):
    episode = series.episodes.get(number=2)
    made = shown_idea(
        fan, series, kind="branch", from_episode_id=str(episode.pk), choice_text="跟她走"
    )
    path = f"/api/v1/proposals/{made}/adopt"
    maker.post(path, {}, format="json")
    both = {"project": True, "co_writer": True}
    adopted = maker.post(path, both, format="json").json()
    assert maker.post(path, both, format="json").json() == adopted
    project = Project.objects.get()
    assert (adopted["project_id"], project.owner, project.series) == (
        str(project.pk),
        series.creator,
        series,
    )
    assert (
        project.idea.startswith("从第 2 集「第七盏灯 2」分出一支：选「跟她走」。")
        and IDEA["text"] in project.idea
    )
    room = WritingRoom.objects.get()
    assert set(Writer.objects.values_list("user", flat=True)) == {series.creator_id, fan.user.pk}
    assert fan.get(f"/api/v1/series/{series.pk}/together").json()["writes"] is True
    assert fan.get(f"/api/v1/series/{series.pk}/writing").json()["id"] == str(room.pk)
    assert Credit.objects.get().part == "branch"


def test_a_declined_proposal_is_told_to_its_author_and_seen_by_nobody_else(series, fan, maker, api):
    made = shown_idea(fan, series)
    path = f"/api/v1/proposals/{made}"
    assert (
        maker.post(f"{path}/decline", {"reply": "no_fit"}, format="json").json()["state"]
        == "declined"
    )
    assert listed(api, series) == []
    [own] = fan.get(address(series), {"mine": 1}).json()["results"]
    assert own["reply"]["zh"] == "和后面的故事接不上"
    assert maker.post(f"{path}/adopt", {}, format="json").json()["code"] == "decided_already"
    assert [
        proposal["id"]
        for proposal in maker.get(f"/api/v1/studio/series/{series.pk}/proposals?decided=1").json()[
            "results"
        ]
    ] == [made]
    assert not Credit.objects.exists()


def test_only_the_maker_decides(series, fan, signed_in):
    made = shown_idea(fan, series)
    for client in (fan, signed_in("viewer", "creator"), signed_in("moderator")):
        for verb in ("adopt", "decline"):
            answer = client.post(f"/api/v1/proposals/{made}/{verb}", {}, format="json")
            assert answer.status_code in (403, 404)
    assert (
        signed_in("creator").get(f"/api/v1/studio/series/{series.pk}/proposals").status_code == 404
    )
    assert Proposal.objects.get().state == "open"


def test_an_open_proposal_is_taken_back_by_its_author_alone_and_a_decided_one_is_not(
    series, fan, maker, api
):
    made, other = shown_idea(fan, series), shown_idea(fan, series, title="另一个")
    assert maker.delete(f"/api/v1/proposals/{made}").status_code == 404
    assert fan.delete(f"/api/v1/proposals/{made}").status_code == 204
    assert fan.delete(f"/api/v1/proposals/{made}").status_code == 204
    assert (Proposal.objects.get(pk=made).state, Speech.objects.get(pk=made).state) == (
        "withdrawn",
        "withdrawn",
    )
    assert listed(api, series) == listed(fan, series, mine=1) == ["另一个"]
    maker.post(f"/api/v1/proposals/{other}/adopt", {}, format="json")
    assert fan.delete(f"/api/v1/proposals/{other}").json()["code"] == "decided_already"


def test_words_taken_back_at_the_door_take_the_proposal_back_and_leave_the_credit(
    series, fan, maker, api
):
    made, other = shown_idea(fan, series), shown_idea(fan, series, title="另一个")
    maker.post(f"/api/v1/proposals/{other}/adopt", {}, format="json")
    for proposal in (made, other):
        assert fan.delete(f"/api/v1/speech/{proposal}").status_code == 204
    assert [Proposal.objects.get(pk=proposal).state for proposal in (made, other)] == [
        "withdrawn",
        "adopted",
    ]
    assert listed(api, series) == []
    assert Credit.objects.get().person == fan.user


def test_who_has_left_is_credited_as_nobody_in_particular(series, fan, maker, api):
    made = shown_idea(fan, series)
    maker.post(f"/api/v1/proposals/{made}/adopt", {}, format="json")
    fan.user.is_active = False
    fan.user.save()
    [part] = api.get(f"/api/v1/series/{series.pk}/together").json()["credits"]
    assert part["people"] == [{"handle": "", "display_name": "匿名看官"}]
    Credit.objects.update(person=None)  # as when the account's row is gone
    [part] = api.get(f"/api/v1/series/{series.pk}/together").json()["credits"]
    assert part["people"] == [{"handle": "", "display_name": "匿名看官"}]


def test_when_the_gate_closes_proposals_and_credit_are_gone_and_nothing_can_be_proposed(
    series, fan, maker, api
):
    made = shown_idea(fan, series)
    admin = UserFactory(roles=["copyright_admin"])
    block_series(series_id=series.pk, by=admin, reason="a complaint", evidence="a deposit")
    assert api.get(address(series)).status_code == 404
    assert api.get(f"/api/v1/series/{series.pk}/together").status_code == 404
    assert (
        fan.post(address(series), {"id": str(uuid.uuid4()), **IDEA}, format="json").status_code
        == 404
    )
    assert maker.put(f"/api/v1/proposals/{made}/support").status_code == 404
    # Its maker may still decide about what was said before.
    assert maker.post(f"/api/v1/proposals/{made}/adopt", {}, format="json").status_code == 200


def test_a_proposal_taken_down_after_it_was_shown_is_gone_at_once(series, fan, api, maker):
    made = shown_idea(fan, series)
    set_speech_state(
        speech_id=made, state="refused", reason=LocalizedText("不可以", "No"), facts={}
    )
    assert listed(api, series) == []
    assert maker.put(f"/api/v1/proposals/{made}/support").status_code == 404


def test_who_speaks_too_fast_is_told_to_wait(series, fan, settings):
    settings.SPEECH_LIMITS = [(2, 60)]
    suggest(fan, series)
    suggest(fan, series)
    answer = fan.post(address(series), {"id": str(uuid.uuid4()), **IDEA}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (429, "speaking_too_fast")
    assert int(answer["Retry-After"]) >= 1


def test_every_decision_is_in_the_history(series, fan, maker):
    made = shown_idea(fan, series)
    maker.post(f"/api/v1/proposals/{made}/adopt", {}, format="json")
    states = [
        event.pgh_data["state"]
        for event in pghistory.models.Events.objects.tracks(Proposal.objects.get())
    ]
    assert states[0] == "open" and states[-1] == "adopted"


@pytest.mark.django_db(transaction=True)
def test_adopted_by_two_windows_at_once_it_is_one_credit_and_one_project(settings):
    series = show_series("两扇窗")
    author = UserFactory()
    proposal = create_proposal(proposal_id=uuid.uuid4(), author=author, series=series, **IDEA)
    set_speech_state(speech_id=proposal.pk, state="shown", reason=None, facts={})
    faults = []

    def adopt():
        try:
            adopt_proposal(proposal_id=proposal.pk, by=series.creator, project=True, co_writer=True)
        except Exception as exc:
            faults.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=adopt) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (Credit.objects.count(), Project.objects.count(), Writer.objects.count()) == (1, 1, 2)


def test_a_series_that_is_shown_again_has_its_proposals_again(series, fan, api):
    shown_idea(fan, series)
    show_cut(CutFactory(episode=EpisodeFactory(series=series, number=8)))
    assert listed(api, series) == [IDEA["title"]]
