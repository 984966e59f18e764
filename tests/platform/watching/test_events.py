"""The door of events: batches, at least once, durable, from beacons too."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from huaben.accounts.models import Viewer
from huaben.watching.batches import MAX_BATCH_EVENTS
from huaben.watching.limits import Buckets
from huaben.watching.models import Progress, WatchEvent
from tests.factories import CutFactory
from tests.platform.watching.works import show_cut

pytestmark = pytest.mark.django_db
URL = "/api/v1/events"


@pytest.fixture
def cut(db: None) -> Any:
    return show_cut(CutFactory())


def an_event(cut: Any, kind: str = "progress", **changes: Any) -> dict[str, Any]:
    event = {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "episode_id": str(cut.episode_id),
        "cut_id": str(cut.pk),
        "at": datetime.now(UTC).isoformat(),
        "position_ms": 1000,
        "watched_ms": 1000,
        "duration_ms": 60_000,
    }
    return event | changes


def send(api: APIClient, *events: Any, **headers: Any) -> Any:
    return api.post(URL, {"events": list(events)}, format="json", headers=headers)


def test_a_batch_is_stored_under_the_viewers_cookie(api, cut):
    impression = str(uuid.uuid4())
    answer = send(api, an_event(cut, "start"), an_event(cut, "complete", impression_id=impression))
    assert (answer.status_code, answer.json()) == (
        202,
        {"accepted": 2, "duplicates": 0, "ignored": 0},
    )
    viewer_id = uuid.UUID(api.get("/api/v1/me").json()["viewer_id"])
    rows = {row.kind: row for row in WatchEvent.objects.filter(viewer_id=viewer_id)}
    assert set(rows) == {"start", "complete"}
    assert rows["complete"].series_id == cut.episode.series_id
    assert str(rows["complete"].impression_id) == impression
    assert not rows["complete"].simulated
    assert Viewer.objects.get(pk=viewer_id).user is None


def test_a_repeated_batch_changes_nothing_and_says_so(api, cut):
    batch = [an_event(cut, "replay"), an_event(cut, "complete")]
    send(api, *batch)
    before = list(WatchEvent.objects.order_by("id").values()), list(Progress.objects.values())
    assert send(api, *batch).json() == {"accepted": 0, "duplicates": 2, "ignored": 0}
    assert (
        list(WatchEvent.objects.order_by("id").values()),
        list(Progress.objects.values()),
    ) == before


def test_an_id_twice_in_one_batch_counts_once(api, cut):
    event = an_event(cut, "replay")
    assert send(api, event, event).json() == {"accepted": 1, "duplicates": 1, "ignored": 0}
    assert Progress.objects.get().replays == 1


def test_another_viewer_who_reuses_an_id_neither_overwrites_nor_learns_anything(api, cut):
    event = an_event(cut, "complete")
    send(api, event)
    stored = WatchEvent.objects.values().get()
    stranger = APIClient()
    assert send(stranger, event | {"position_ms": 5}).json() == {
        "accepted": 0,
        "duplicates": 1,
        "ignored": 0,
    }
    assert WatchEvent.objects.values().get() == stored
    assert Progress.objects.get().viewer_id == stored["viewer_id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "nonsense"),
        ("id", None),
        ("kind", "liked"),
        ("kind", ["skip"]),
        ("episode_id", 7),
        ("cut_id", ""),
        ("impression_id", "x"),
        ("at", "yesterday"),
        ("at", "2026-01-01T00:00:00"),
        ("at", 1767225600),
        ("position_ms", -1),
        ("position_ms", 1.5),
        ("position_ms", True),
        ("watched_ms", "3"),
        ("watched_ms", 10**12),
        ("duration_ms", None),
    ],
)
def test_a_bad_item_is_named_and_nothing_is_stored(api, cut, field, value):
    answer = send(api, an_event(cut), an_event(cut) | {field: value}, an_event(cut))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "invalid_events")
    assert [(error["index"], error["field"]) for error in problem["errors"]] == [(1, field)]
    assert not WatchEvent.objects.exists()
    assert not Progress.objects.exists()


def test_every_bad_item_is_named_so_that_the_rest_of_the_queue_can_go(api, cut):
    batch = [an_event(cut), "text", an_event(cut), an_event(cut, kind="?"), an_event(cut)]
    errors = send(api, *batch).json()["errors"]
    bad = {error["index"] for error in errors}
    assert bad == {1, 3}
    rest = [item for index, item in enumerate(batch) if index not in bad]
    assert send(api, *rest).json()["accepted"] == 3


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"events": {}}', b'{"events": null}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_body_that_is_no_batch_is_refused(api, body):
    answer = api.generic("POST", URL, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_events")


def test_an_empty_batch_is_accepted(api):
    assert send(api).json() == {"accepted": 0, "duplicates": 0, "ignored": 0}


def test_two_hundred_events_fit_and_one_more_does_not(api, cut):
    batch = [an_event(cut, "impression") for _ in range(MAX_BATCH_EVENTS + 1)]
    assert send(api, *batch).json()["errors"][0]["field"] == "events"
    assert send(api, *batch[:MAX_BATCH_EVENTS]).json()["accepted"] == MAX_BATCH_EVENTS


def test_a_body_beyond_all_reason_is_413(api):
    answer = api.generic("POST", URL, b" " * 300_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "events_too_large")


def test_an_episode_or_cut_that_is_gone_is_passed_over_and_the_rest_is_kept(api, cut):
    other = CutFactory()
    gone = an_event(cut, episode_id=str(uuid.uuid4()))
    mixed_up = an_event(cut, cut_id=str(other.pk))
    assert send(api, gone, an_event(cut), mixed_up).json() == {
        "accepted": 1,
        "duplicates": 0,
        "ignored": 2,
    }


def test_a_beacon_as_plain_text_without_a_token_is_taken_from_a_signed_in_viewer(signed_in, cut):
    client = APIClient(enforce_csrf_checks=True)
    client.cookies = signed_in("viewer").cookies
    body = json.dumps({"events": [an_event(cut)]})
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    answer = client.generic(
        "POST", URL, body, content_type="text/plain;charset=UTF-8", headers=headers
    )
    assert answer.status_code == 202
    assert Viewer.objects.get(pk=WatchEvent.objects.get().viewer_id).user is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_another_sites_page_is_refused(api, signed_in, cut, headers, known):
    answer = send(signed_in("viewer") if known else api, an_event(cut), **headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_origin")
    assert not WatchEvent.objects.exists()


def test_a_page_of_this_house_is_known_by_its_origin(api, cut):
    assert send(api, an_event(cut), Origin="http://testserver").status_code == 202


def test_a_wrong_clock_is_kept_within_bounds(api, cut):
    now = datetime.now(UTC)
    early, late = now - timedelta(days=4000), now + timedelta(days=4000)
    send(api, an_event(cut, at=early.isoformat()), an_event(cut, at=late.isoformat()))
    first, last = WatchEvent.objects.order_by("at")
    assert now - timedelta(days=31) < first.at < now - timedelta(days=29)
    assert last.at == last.received_at


def test_a_moment_with_z_or_an_offset_is_the_same_moment(api, cut):
    at = (datetime.now(UTC) - timedelta(hours=1)).replace(microsecond=0)
    shanghai = (at + timedelta(hours=8)).replace(tzinfo=None).isoformat() + "+08:00"
    send(api, an_event(cut, at=at.strftime("%Y-%m-%dT%H:%M:%SZ")), an_event(cut, at=shanghai))
    assert set(WatchEvent.objects.values_list("at", flat=True)) == {at}


def test_a_viewer_may_send_a_thousand_at_once_but_not_for_ever():
    from rest_framework.exceptions import Throttled

    buckets, viewer = Buckets(rate=50, burst=1000), uuid.uuid4()
    for _ in range(5):
        buckets.take(viewer, 200, now=0)
    with pytest.raises(Throttled) as refused:
        buckets.take(viewer, 200, now=1)
    assert refused.value.wait == 3
    buckets.take(viewer, 200, now=4)
    buckets.take(uuid.uuid4(), 200, now=1)


def test_a_batch_too_many_is_429_with_the_time_to_wait(api, cut):
    for _ in range(5):
        send(api, *[an_event(cut, "impression") for _ in range(MAX_BATCH_EVENTS)])
    answer = send(api, *[an_event(cut, "impression") for _ in range(MAX_BATCH_EVENTS)])
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert int(answer["Retry-After"]) >= 1


def test_one_batch_is_one_statement(api, cut, django_assert_num_queries):
    send(api, an_event(cut))  # what the gate says of the Cut is remembered for a moment
    with django_assert_num_queries(1):
        send(api, *[an_event(cut, "progress") for _ in range(50)])


def test_events_of_a_cut_that_is_not_shown_count_for_nothing(api):
    hidden = CutFactory()
    answer = send(api, an_event(hidden, "start"), an_event(hidden, "complete"))
    assert answer.json() == {"accepted": 0, "duplicates": 0, "ignored": 2}
    assert not WatchEvent.objects.exists() and not Progress.objects.exists()
    show_cut(hidden)
    assert send(api, an_event(hidden, "complete")).json()["accepted"] == 1, "and at once when it is"
