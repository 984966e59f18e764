"""Votes at a premiere: changed, repeated, late, merged; and none that was acknowledged is lost."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection

from huaben.accounts.services import ensure_viewer, get_or_create_viewer, merge_viewer
from huaben.core.problems import Conflict, NotFound
from huaben.interactive.models import Premiere, Turn, Vote
from huaben.interactive.services import advance_premiere, cast_vote
from huaben.interactive.services.votes import MAX_VOTE_CHANGES
from huaben.rights.services import block_series
from tests.factories import UserFactory
from tests.platform.interactive.stories import (
    EPISODE,
    VOTE,
    admin,
    at_the_first_vote,
    choice,
    episode,
    forked_tale,
    turn,
    vote,
)

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=1)


@pytest.fixture
def tale():
    return forked_tale()


def test_a_viewer_may_change_the_vote_until_it_closes(tale):
    premiere, now = at_the_first_vote(tale)
    viewer = uuid.uuid4()
    vote(premiere, "收下玉佩", now, viewer=viewer)
    vote(premiere, "转身走进雨里", now + SOON, viewer=viewer)
    assert Vote.objects.get().choice_id == choice(tale, "转身走进雨里").pk
    assert turn(premiere, now + VOTE).episode.number == 3


def test_the_same_key_again_is_the_same_vote_also_after_the_mind_was_changed(tale):
    premiere, now = at_the_first_vote(tale)
    viewer, first = uuid.uuid4(), uuid.uuid4()
    vote(premiere, "收下玉佩", now, viewer=viewer, key=first)
    vote(premiere, "转身走进雨里", now, viewer=viewer)
    # The first message comes once more: its line had dropped before the answer.
    again = vote(premiere, "收下玉佩", now, viewer=viewer, key=first)
    assert again.choice_id == choice(tale, "转身走进雨里").pk == Vote.objects.get().choice_id


def test_a_late_vote_is_refused_and_changes_nothing(tale):
    premiere, now = at_the_first_vote(tale)
    # Late by the clock though nobody has turned the page yet, and late because somebody has.
    for late in (now + VOTE, now + VOTE + SOON):
        with pytest.raises(Conflict) as refused:
            vote(premiere, "转身走进雨里", late)
        assert (refused.value.code, refused.value.title.zh) == ("vote_closed", "这一轮已经收票")
        turn(premiere, now + VOTE)
    assert Vote.objects.count() == 0
    assert Premiere.objects.get().episode.number == 2


def test_a_vote_that_was_taken_is_acknowledged_again_after_the_close(tale):
    premiere, now = at_the_first_vote(tale)
    viewer, key = uuid.uuid4(), uuid.uuid4()
    vote(premiere, "转身走进雨里", now, viewer=viewer, key=key)
    turn(premiere, now + VOTE)
    kept = vote(premiere, "转身走进雨里", now + VOTE + SOON, viewer=viewer, key=key, round_=1)
    assert kept.pk == Vote.objects.get().pk


def test_a_vote_for_another_round_is_refused(tale):
    premiere, now = at_the_first_vote(tale)
    vote(premiere, "收下玉佩", now)
    premiere = turn(premiere, now + VOTE)
    now += VOTE + EPISODE
    premiere = turn(premiere, now)
    assert premiere.round == 2
    with pytest.raises(Conflict, match="vote_closed"):
        vote(premiere, "还给她", now, round_=1)
    vote(premiere, "还给她", now)


def test_only_what_is_offered_can_be_voted_for(tale):
    premiere, now = at_the_first_vote(tale)
    with pytest.raises(Conflict, match="choice_not_here"):
        vote(premiere, "还给她", now)
    two = episode(tale, 2)
    block_series(
        series_id=tale.pk,
        cut_id=two.cuts.get().pk,
        by=admin(),
        reason="a complaint",
        evidence="a deposit",
    )
    with pytest.raises(Conflict, match="choice_not_here"):
        vote(premiere, "收下玉佩", now)
    assert Vote.objects.count() == 0


def test_there_is_no_voting_before_the_vote_and_none_without_a_premiere(tale):
    premiere, now = at_the_first_vote(tale)
    playing = turn(premiere, now + VOTE)
    with pytest.raises(Conflict, match="vote_closed"):
        vote(playing, "还给她", now + VOTE + SOON, round_=2)
    with pytest.raises(NotFound):
        cast_vote(
            premiere_id=uuid.uuid4(),
            viewer_id=uuid.uuid4(),
            key=uuid.uuid4(),
            round_=1,
            choice_id=choice(tale, "还给她").pk,
            now=now,
        )


def test_who_cannot_decide_keeps_the_last_vote(tale):
    premiere, now = at_the_first_vote(tale)
    viewer = uuid.uuid4()
    texts = ["收下玉佩", "转身走进雨里"]
    for change in range(MAX_VOTE_CHANGES + 1):
        vote(premiere, texts[change % 2], now, viewer=viewer)
    with pytest.raises(Conflict, match="too_many_changes"):
        vote(premiere, texts[1], now, viewer=viewer)
    assert Vote.objects.get().choice_id == choice(tale, texts[0]).pk


def test_votes_move_along_when_a_browser_signs_in_one_for_each_round(tale):
    premiere, now = at_the_first_vote(tale)
    user, browser = UserFactory(), uuid.uuid4()
    ensure_viewer(viewer_id=browser)
    vote(premiere, "收下玉佩", now, viewer=browser)
    premiere = turn(premiere, now + VOTE)
    premiere = turn(premiere, now + VOTE + EPISODE)
    now += VOTE + EPISODE
    vote(premiere, "还给她", now, viewer=browser)
    vote(premiere, "留下它", now, viewer=get_or_create_viewer(user=user).pk)
    merge_viewer(anonymous_id=browser, user=user)
    votes = Vote.objects.order_by("round").values_list("round", "viewer_id", "choice_id")
    assert list(votes) == [
        (1, get_or_create_viewer(user=user).pk, choice(tale, "收下玉佩").pk),
        (2, get_or_create_viewer(user=user).pk, choice(tale, "留下它").pk),
    ]


@pytest.mark.django_db(transaction=True)
def test_every_vote_that_is_acknowledged_while_the_vote_closes_is_counted(tale):
    premiere, now = at_the_first_vote(tale)
    together, taken, refused = threading.Barrier(9), [], []

    def say(viewer):
        try:
            together.wait()
            for _ in range(4):
                try:
                    vote(premiere, "转身走进雨里", now + SOON, viewer=uuid.uuid4())
                    taken.append(viewer)
                except Conflict as problem:
                    refused.append(problem.code)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=say, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    together.wait()
    # Their clocks say that the vote is open and this one's says that it is over: only the row
    # decides.
    advance_premiere(premiere_id=premiere.pk, now=now + VOTE)
    for thread in threads:
        thread.join()
    counted = Turn.objects.get().tally[1]["votes"]
    assert counted == len(taken) == Vote.objects.count()
    assert len(taken) + len(refused) == 32 and set(refused) <= {"vote_closed"}


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_viewer_that_vote_at_once_have_one_vote(tale):
    premiere, now = at_the_first_vote(tale)
    viewer, together, faults = uuid.uuid4(), threading.Barrier(2), []

    def say(text):
        try:
            together.wait()
            vote(premiere, text, now, viewer=viewer)
        except Exception as error:
            faults.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=say, args=[text]) for text in ("收下玉佩", "转身走进雨里")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [] and len(Vote.objects.get().keys) == 2
