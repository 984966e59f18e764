"""What follows from events: how far a viewer is, in whatever order the events come."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huaben.accounts.models import Viewer
from huaben.accounts.services import get_or_create_viewer, merge_viewer
from huaben.watching.batches import ReportedEvent
from huaben.watching.models import Favourite, Follow, NotInterested, Progress, WatchEvent
from huaben.watching.services.viewing import (
    add_favourite,
    add_follow,
    add_not_interested,
    forget_history,
    record_events,
)
from tests.factories import CutFactory, UserFactory
from tests.platform.watching.works import show_cut

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def cut(db: None) -> Any:
    return show_cut(CutFactory())


def given_event(cut: Any, kind: str, second: int, position_ms: int = 0) -> ReportedEvent:
    at = NOW + timedelta(seconds=second)
    return ReportedEvent(
        uuid.uuid4(), kind, cut.episode_id, cut.pk, None, at, position_ms, position_ms, 60_000
    )


def watch(viewer_id: uuid.UUID, *events: ReportedEvent) -> None:
    record_events(viewer_id=viewer_id, events=events, now=NOW + timedelta(hours=1))


def summary(viewer_id: uuid.UUID) -> list[dict[str, Any]]:
    fields = (
        "episode_id",
        "position_ms",
        "watched_ms",
        "duration_ms",
        "replays",
        "completed",
        "skipped",
        "last_at",
    )
    return list(Progress.objects.filter(viewer_id=viewer_id).order_by("episode_id").values(*fields))


def test_the_order_of_arrival_and_the_cut_into_batches_do_not_matter(cut):
    events = [
        given_event(cut, "start", 0),
        given_event(cut, "progress", 10, 10_000),
        given_event(cut, "complete", 60, 60_000),
        given_event(cut, "replay", 70),
        given_event(cut, "skip", 90, 20_000),
    ]
    outcomes = []
    for order in itertools.permutations(events):
        for pieces in ([order[:2], order[2:]], [order]):
            viewer_id = uuid.uuid4()
            for piece in pieces:
                fresh = [
                    ReportedEvent(
                        uuid.uuid4(),
                        e.kind,
                        e.episode_id,
                        e.cut_id,
                        None,
                        e.at,
                        e.position_ms,
                        e.watched_ms,
                        60_000,
                    )
                    for e in piece
                ]
                watch(viewer_id, *fresh)
            outcomes.append(summary(viewer_id))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    (row,) = outcomes[0]
    assert row["position_ms"] == 20_000
    assert (row["watched_ms"], row["replays"], row["completed"], row["skipped"]) == (
        60_000,
        1,
        True,
        True,
    )
    assert row["last_at"] == NOW + timedelta(seconds=90)


def test_an_event_from_earlier_never_moves_the_position_back(cut):
    viewer_id = uuid.uuid4()
    watch(viewer_id, given_event(cut, "progress", 30, 30_000))
    watch(viewer_id, given_event(cut, "progress", 10, 10_000))
    assert summary(viewer_id)[0]["position_ms"] == 30_000


def test_seeking_back_does_move_it(cut):
    viewer_id = uuid.uuid4()
    watch(viewer_id, given_event(cut, "progress", 30, 30_000))
    watch(viewer_id, given_event(cut, "progress", 40, 5_000))
    assert summary(viewer_id)[0]["position_ms"] == 5_000


def test_an_impression_is_logged_but_is_no_history(cut):
    viewer_id = uuid.uuid4()
    watch(viewer_id, given_event(cut, "impression", 0))
    assert WatchEvent.objects.count() == 1
    assert not summary(viewer_id)


def test_forgetting_one_episode_takes_the_viewer_off_its_events_and_leaves_the_others(cut):
    viewer_id, other = uuid.uuid4(), show_cut(CutFactory())
    watch(viewer_id, given_event(cut, "complete", 0), given_event(other, "complete", 1))
    forget_history(viewer_id=viewer_id, episode_id=cut.episode_id)
    assert [row["episode_id"] for row in summary(viewer_id)] == [other.episode_id]
    assert WatchEvent.objects.get(episode_id=cut.episode_id).viewer_id is None
    assert WatchEvent.objects.get(episode_id=other.episode_id).viewer_id == viewer_id


def test_what_was_forgotten_does_not_come_back_when_a_client_repeats_its_batch(cut):
    viewer_id, events = uuid.uuid4(), [given_event(cut, "complete", 0)]
    watch(viewer_id, *events)
    forget_history(viewer_id=viewer_id)
    watch(viewer_id, *events)
    assert not summary(viewer_id)
    assert not WatchEvent.objects.filter(viewer_id=viewer_id).exists()


def test_signing_in_takes_over_what_the_browser_watched_and_kept(cut):
    user, anonymous = UserFactory(), uuid.uuid4()
    account = get_or_create_viewer(user=user).pk
    only_there, creator = show_cut(CutFactory()), UserFactory()
    watch(
        anonymous,
        given_event(cut, "progress", 50, 50_000),
        given_event(only_there, "complete", 5, 60_000),
    )
    watch(account, given_event(cut, "complete", 20, 60_000), given_event(cut, "replay", 30, 0))
    for viewer_id in (anonymous, account):
        add_favourite(viewer_id=viewer_id, series_id=cut.episode.series_id)
    add_not_interested(viewer_id=anonymous, series_id=only_there.episode.series_id)
    add_follow(viewer_id=anonymous, creator_id=creator.pk)

    merge_viewer(anonymous_id=anonymous, user=user)

    rows = {row["episode_id"]: row for row in summary(account)}
    assert (rows[cut.episode_id]["position_ms"], rows[cut.episode_id]["completed"]) == (
        50_000,
        True,
    )
    assert rows[cut.episode_id]["replays"] == 1
    assert rows[only_there.episode_id]["completed"]
    assert not summary(anonymous)
    assert not WatchEvent.objects.filter(viewer_id=anonymous).exists()
    assert Favourite.objects.get().viewer_id == account
    assert NotInterested.objects.get().viewer_id == account
    assert Follow.objects.get().viewer_id == account


def test_another_account_never_takes_over_an_accounts_history(cut):
    owner, thief = UserFactory(), UserFactory()
    viewer_id = get_or_create_viewer(user=owner).pk
    watch(viewer_id, given_event(cut, "complete", 0))
    merge_viewer(anonymous_id=viewer_id, user=thief)
    assert summary(viewer_id)
    assert Viewer.objects.get(pk=viewer_id).user == owner
