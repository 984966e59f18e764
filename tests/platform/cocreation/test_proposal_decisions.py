"""Proposals on their way after the check: decided by the maker, credited once, taken back, and gone
when the gate closes.
"""

from __future__ import annotations

import threading
import uuid

import pghistory.models
import pytest
from django.db import connection

from huaben.cocreation.models import Credit, Proposal, Writer, WritingRoom
from huaben.cocreation.services import adopt_proposal, create_proposal
from huaben.core.localized import LocalizedText
from huaben.rights.services import block_series
from huaben.speech.models import Speech
from huaben.speech.services.submission import set_speech_state
from huaben.studio.models import Project
from tests.factories import CutFactory, EpisodeFactory, UserFactory
from tests.platform.cocreation.proposals import IDEA, address, listed, shown_idea, suggest
from tests.platform.watching.works import show_cut, show_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_hurries")]


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
