"""The clock of a premiere: what plays, when a vote opens and closes, what wins, and bad days."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import ProgrammingError, close_old_connections, connection, transaction

from huaben.catalog.services import replace_graph
from huaben.interactive.models import Premiere, Turn
from huaben.interactive.services import advance_due_premieres, advance_premiere
from huaben.interactive.services.phases import MAX_OVERDUE, MAX_TURNS
from huaben.rights.services import block_series
from tests.platform.interactive.stories import (
    EIGHT,
    EPISODE,
    VOTE,
    admin,
    at_the_first_vote,
    choice,
    episode,
    forked_tale,
    premiere_at_eight,
    turn,
    vote,
)
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def tale():
    return forked_tale()


def test_a_premiere_plays_votes_and_plays_on_to_the_end_of_its_story(tale):
    premiere = premiere_at_eight(tale, vote_seconds=20)
    now = EIGHT
    premiere = turn(premiere, now)
    assert (premiere.state, premiere.episode.number, premiere.phase_ends_at) == (
        "playing",
        1,
        now + EPISODE,
    )
    now += EPISODE
    premiere = turn(premiere, now)
    assert (premiere.state, premiere.round, premiere.phase_ends_at) == ("voting", 1, now + VOTE)
    for text in ("收下玉佩", "收下玉佩", "转身走进雨里"):
        vote(premiere, text, now)
    now += VOTE
    premiere = turn(premiere, now)
    assert (premiere.state, premiere.episode.number) == ("playing", 2)
    assert premiere.variables == {"jade": True}
    now += EPISODE
    premiere = turn(premiere, now)
    assert (premiere.state, premiere.round) == ("voting", 2)
    vote(premiere, "留下它", now)
    now += VOTE
    premiere = turn(premiere, now)
    assert (premiere.state, premiere.episode.number) == ("playing", 5)
    now += EPISODE
    premiere = turn(premiere, now)
    assert (premiere.state, premiere.ending, premiere.phase_ends_at) == ("ended", "finished", now)
    assert [
        (t.episode.number, t.choice_text, [row["votes"] for row in t.tally])
        for t in premiere.turns.all()
    ] == [
        (1, "收下玉佩", [2, 1]),
        (2, "留下它", [0, 1]),
        (5, "", []),
    ]
    assert turn(premiere, now + timedelta(days=1)).seq == premiere.seq


def test_a_way_without_a_choice_goes_on_by_itself(tale):
    premiere, now = at_the_first_vote(tale)
    vote(premiere, "转身走进雨里", now)
    seen = []
    for wait in (VOTE, EPISODE, EPISODE):
        now += wait
        premiere = turn(premiere, now)
        seen.append((premiere.state, premiere.episode.number))
    assert seen == [("playing", 3), ("playing", 4), ("playing", 6)]
    assert turn(premiere, now + EPISODE).state == "ended"


def test_one_way_that_is_open_is_no_question(tale):
    three = episode(tale, 3)
    block_series(
        series_id=tale.pk,
        cut_id=three.cuts.get().pk,
        by=admin(),
        reason="a complaint",
        evidence="a deposit",
    )
    premiere = turn(premiere_at_eight(tale), EIGHT)
    premiere = turn(premiere, EIGHT + EPISODE)
    assert (premiere.state, premiere.episode.number, premiere.round) == ("playing", 2, 0)
    assert premiere.variables == {"jade": True}


def test_nothing_moves_before_it_is_due(tale):
    premiere = premiere_at_eight(tale)
    assert turn(premiere, EIGHT - MOMENT).seq == 0
    premiere = turn(premiere, EIGHT)
    assert turn(premiere, EIGHT + EPISODE - MOMENT).seq == premiere.seq == 1


def test_a_tie_goes_by_the_storys_own_order(tale):
    premiere, now = at_the_first_vote(tale)
    vote(premiere, "转身走进雨里", now)
    vote(premiere, "收下玉佩", now)
    assert turn(premiere, now + VOTE).episode.number == 2


def test_without_a_vote_the_first_open_choice_is_taken(tale):
    premiere, now = at_the_first_vote(tale)
    assert turn(premiere, now + VOTE).episode.number == 2
    assert [row["votes"] for row in premiere.turns.get().tally] == [0, 0]


def test_every_move_is_in_the_audit_trail(tale):
    premiere, now = at_the_first_vote(tale)
    turn(premiere, now + VOTE)
    states = Premiere.pgh_event_model.objects.order_by("pgh_id").values_list("state", flat=True)
    assert list(states) == ["scheduled", "playing", "voting", "playing"]


def test_a_turn_that_was_taken_is_never_changed(tale):
    premiere, now = at_the_first_vote(tale)
    turn(premiere, now + VOTE)
    for change in (
        lambda: Turn.objects.update(choice_text="别的"),
        lambda: Turn.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()
    # Not even by an author who rewrites the story afterwards.
    replace_graph(series=tale, choices=[])
    assert Turn.objects.get().choice_text == "收下玉佩"


def test_a_house_that_was_away_for_a_while_goes_on_where_it_stood_and_skips_nothing(tale):
    premiere = turn(premiere_at_eight(tale), EIGHT)
    back = (
        EIGHT + EPISODE + timedelta(minutes=5)
    )  # the vote would long be over, and two episodes more
    premiere = turn(premiere, back)
    assert (premiere.state, premiere.phase_started_at, premiere.phase_ends_at) == (
        "voting",
        back,
        back + VOTE,
    )
    assert advance_due_premieres(now=back) == 0


def test_a_house_that_was_away_for_too_long_ends_the_premiere(tale):
    premiere = turn(premiere_at_eight(tale), EIGHT)
    premiere = turn(premiere, EIGHT + EPISODE + MAX_OVERDUE + MOMENT)
    assert (premiere.state, premiere.ending) == ("ended", "overdue")


def test_a_premiere_whose_hour_passed_while_the_house_was_away_is_called_off(tale):
    premiere = turn(premiere_at_eight(tale), EIGHT + MAX_OVERDUE + MOMENT)
    assert (premiere.state, premiere.ending, premiere.episode) == ("cancelled", "overdue", None)


def test_a_gate_that_closes_ends_the_premiere_at_once(tale):
    premiere = turn(premiere_at_eight(tale), EIGHT)
    block_series(series_id=tale.pk, by=admin(), reason="a complaint", evidence="a deposit")
    premiere = turn(premiere, EIGHT + timedelta(seconds=5))
    assert (premiere.state, premiere.ending) == ("ended", "taken_down")


def test_a_series_that_is_taken_down_before_the_hour_is_not_begun(tale):
    premiere = premiere_at_eight(tale)
    block_series(series_id=tale.pk, by=admin(), reason="a complaint", evidence="a deposit")
    premiere = turn(premiere, EIGHT)
    assert (premiere.state, premiere.ending) == ("cancelled", "taken_down")


def test_votes_for_a_branch_that_is_taken_down_during_the_vote_count_for_nothing(tale):
    premiere, now = at_the_first_vote(tale)
    for _ in range(3):
        vote(premiere, "收下玉佩", now)
    vote(premiere, "转身走进雨里", now)
    two = episode(tale, 2)
    block_series(
        series_id=tale.pk,
        cut_id=two.cuts.get().pk,
        by=admin(),
        reason="a complaint",
        evidence="a deposit",
    )
    premiere = turn(premiere, now + VOTE)
    assert (premiere.state, premiere.episode.number) == ("playing", 3)
    assert [row["text"] for row in premiere.turns.get().tally] == ["转身走进雨里"]


def test_when_every_branch_is_taken_down_during_the_vote_the_premiere_ends_and_says_so(tale):
    premiere, now = at_the_first_vote(tale)
    for number in (2, 3):
        cut = episode(tale, number).cuts.get()
        block_series(
            series_id=tale.pk, cut_id=cut.pk, by=admin(), reason="a complaint", evidence="a deposit"
        )
    premiere = turn(premiere, now + VOTE)
    assert (premiere.state, premiere.ending) == ("ended", "no_way_on")


def test_the_version_that_began_is_shown_to_its_end_though_a_newer_one_is_approved(tale):
    from tests.factories import AssetFactory, CutFactory
    from tests.platform.watching.works import show_cut

    premiere = turn(premiere_at_eight(tale), EIGHT)
    began = premiere.cut_id
    show_cut(
        CutFactory(episode=episode(tale, 1), number=2, source=AssetFactory(owner=tale.creator))
    )
    assert turn(premiere, EIGHT + timedelta(seconds=30)).cut_id == began


def test_a_story_that_leads_back_into_itself_ends_all_the_same():
    series = show_series("鬼打墙", episodes=2)
    one, two = series.episodes.all()
    replace_graph(
        series=series,
        choices=[
            {"from_episode_id": one.pk, "to_episode_id": two.pk},
            {"from_episode_id": two.pk, "to_episode_id": one.pk},
        ],
    )
    now = EIGHT
    premiere = turn(premiere_at_eight(series), now)
    while premiere.state == "playing":
        now += EPISODE
        premiere = turn(premiere, now)
    assert (premiere.ending, premiere.turns.count()) == ("too_long", MAX_TURNS)


def test_beats_task_moves_what_is_due_and_nothing_else(tale):
    due, later = (
        premiere_at_eight(tale),
        premiere_at_eight(forked_tale(), starts_at=EIGHT + timedelta(hours=1)),
    )
    assert advance_due_premieres(now=EIGHT) == 1
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("playing", "scheduled")


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_advance_at_once_move_it_once(tale):
    premiere, now = at_the_first_vote(tale)
    vote(premiere, "转身走进雨里", now)
    together = threading.Barrier(6)

    def ask():
        try:
            together.wait()
            advance_premiere(premiere_id=premiere.pk, now=now + VOTE)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    moved = Premiere.objects.get()
    assert (moved.seq, moved.episode.number, moved.turns.count()) == (premiere.seq + 1, 3, 1)
    assert moved.turns.get().choice_id == choice(tale, "转身走进雨里").pk
