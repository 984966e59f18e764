"""Training from the platform's own tables, its model in force at once, and the demo's simulated
audience.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from huaben.accounts.models import Viewer
from huaben.accounts.services import get_or_create_viewer
from huaben.catalog.models import Series
from huaben.core.jobs import run_job
from huaben.core.models import Job
from huaben.core.problems import Refused
from huaben.feed.catalogue import feed_catalogue
from huaben.feed.jobs import GATES
from huaben.feed.models import Impression, SeriesChange
from huaben.feed.services import request_training, simulate_audience
from huaben.feed.tasks import train_nightly
from huaben.feed.training import export_events, put_in_force
from huaben.watching.models import Favourite, Progress, WatchEvent
from recsys import Gate, ModelCache, event_strength
from recsys.events import EVENT_SCHEMA
from recsys.types import WatchEvent as EngineEvent
from tests.platform.feed.test_pages import block, feed, titles
from tests.platform.watching.works import show_series, skip, the_event, watch

pytestmark = pytest.mark.django_db
GENRES = ("ghost", "romance", "wuxia")


def some_series(count=9):
    return [show_series(f"{GENRES[n % 3]}-{n // 3}", GENRES[n % 3]) for n in range(count)]


def train():
    job = request_training()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED, job.error
    return job


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_what_viewers_did_is_exported_once_each_with_its_strength(signed_in):
    client = signed_in("viewer")
    finished, skipped, begun, kept, unwanted = (show_series(name, "ghost") for name in "甲乙丙丁戊")
    watch(client, finished)
    client.post(
        "/api/v1/events", {"events": [the_event(finished.episodes.get(), "replay")]}, format="json"
    )
    skip(client, skipped)
    client.post(
        "/api/v1/events", {"events": [the_event(begun.episodes.get(), "start")]}, format="json"
    )
    client.put(f"/api/v1/series/{kept.pk}/favourite")
    client.put(f"/api/v1/series/{unwanted.pk}/not-interested")
    table, simulated = export_events(now=timezone.now())
    assert (table.schema, simulated) == (EVENT_SCHEMA, 0)
    strength = {row["group_id"]: event_strength(EngineEvent(**row)) for row in table.to_pylist()}
    assert strength == {
        str(finished.pk): 2.5,
        str(skipped.pk): -1.0,
        str(kept.pk): 2.0,
        str(unwanted.pk): -3.0,
    }
    assert {row["viewer_id"] for row in table.to_pylist()} == {
        str(get_or_create_viewer(user=client.user).pk)
    }


def test_who_wants_no_personal_feed_teaches_nobody_elses(signed_in):
    series = show_series("甲")
    for setting in ({"personalised": False}, {"recommendations": False}):
        client = signed_in("viewer")
        watch(client, series)
        client.put(f"/api/v1/series/{series.pk}/favourite")
        client.patch("/api/v1/feed/preferences", setting, format="json")
    assert len(export_events(now=timezone.now())[0]) == 0


def test_a_trained_model_is_in_force_with_the_next_request(api, signed_in, models):
    series = some_series()
    assert titles(feed(api))
    assert feed_catalogue().current_snapshot().model_version == ""
    watch(signed_in("viewer"), series[0])
    job = train()
    assert job.result["items"] == 9
    assert len(titles(feed(api, limit=20))) == 9
    assert (
        feed_catalogue().current_snapshot().model_version
        == job.result["version"]
        == ModelCache(models).current().version
    )


def test_the_feed_says_popular_once_there_is_a_model_and_does_not_call_it_simulated(api, signed_in):
    series = some_series()
    for _ in range(3):
        watch(signed_in("viewer"), series[4])
    train()
    page = feed(api)
    reasons = {r["kind"]: r["text"] for i in page["results"] for r in i["reasons"]}
    assert reasons["popular"] == {"zh": "近来看的人多", "en": "Many are watching it these days"}
    assert not page["simulated_audience"]


def test_a_series_that_came_after_the_training_is_there_at_once_and_one_that_went_is_not(api):
    series = some_series()
    train()
    feed(api)
    block(series[0])
    show_series("ghost-新", "ghost")
    watch(api, series[3])
    found = titles(feed(api, limit=20))
    assert "ghost-新" in found[:2]
    assert "ghost-0" not in found


def test_a_damaged_model_leaves_the_feed_as_it_was(api, models):
    some_series()
    train()
    before, version = (
        sorted(titles(feed(api, limit=20))),
        feed_catalogue().current_snapshot().model_version,
    )
    folder = models / (models / "current").read_text().strip()
    (folder / "items.jsonl").write_text("")
    (models / "current").write_text("nonsense\n")
    assert sorted(titles(feed(api, limit=20))) == before
    assert feed_catalogue().current_snapshot().model_version == version != ""


def test_a_model_that_fails_a_gate_is_not_put_in_force_and_the_result_says_which(models):
    some_series()
    train()
    in_force = (models / "current").read_text()
    model = ModelCache(models).current().model
    broken = replace(model, item_factors=np.full_like(model.item_factors, np.nan))
    result = put_in_force(models, broken)
    assert (result["version"], result["failed_gates"]) == ("", "numbers")
    worse = {"gain_over_popularity": -0.05, "gain_over_popularity_error": 0.01}
    assert put_in_force(models, replace(model, metrics=worse))["failed_gates"] == "popularity"
    assert (models / "current").read_text() == in_force
    assert set(GATES) == {gate.value for gate in Gate}


def test_nothing_shown_is_nothing_to_learn_and_no_failure(models):
    assert train().result == {"version": "", "items": 0, "events": 0}
    assert not (models / "current").exists()


def test_operators_have_it_trained_and_a_second_wish_is_the_same_job(signed_in):
    some_series(3)
    operator = signed_in("operator")
    first, second = operator.post("/api/v1/ops/train"), operator.post("/api/v1/ops/train")
    assert (first.status_code, first.json()["kind"]) == (202, "feed.train_model")
    assert first.json()["id"] == second.json()["id"]
    assert signed_in("creator").post("/api/v1/ops/train").status_code == 403


def test_the_night_deletes_what_is_too_old_to_be_read(api):
    (old, recent), now = some_series(2), timezone.now()
    feed(api)
    Impression.objects.filter(series_id=old.pk).update(created_at=now - timedelta(days=91))
    SeriesChange.objects.filter(series=old).update(created_at=now - timedelta(days=2))
    train_nightly()
    assert set(Impression.objects.values_list("series_id", flat=True)) == {recent.pk}
    assert set(SeriesChange.objects.values_list("series_id", flat=True)) == {recent.pk}


def test_the_night_has_it_trained():
    train_nightly()
    train_nightly()
    assert [(job.kind, job.queue) for job in Job.objects.all()] == [("feed.train_model", "train")]


def test_there_is_no_simulated_audience_outside_the_demo():
    show_series("甲")
    with pytest.raises(Refused):
        simulate_audience(viewers=10, seed=1, now=timezone.now())
    assert not Viewer.objects.exists()


def test_a_simulated_audience_is_marked_in_every_row_and_named_on_every_page(demo, api):
    some_series()
    count = simulate_audience(viewers=40, seed=1, now=timezone.now())
    assert count > 100
    assert WatchEvent.objects.filter(simulated=True).count() == WatchEvent.objects.count() == count
    assert set(Progress.objects.values_list("viewer__simulated", flat=True)) == {True}
    assert set(Favourite.objects.values_list("viewer__simulated", flat=True)) <= {True}
    training = Job.objects.get(kind="feed.train_model")
    run_job(training.pk)
    page = feed(api, limit=20)
    assert page["simulated_audience"]
    popular = [r["text"] for i in page["results"] for r in i["reasons"] if r["kind"] == "popular"]
    assert popular
    assert all("模拟观众" in text["zh"] and "simulated" in text["en"] for text in popular)
    why = api.get(f"/api/v1/episodes/{page['results'][0]['episode']['id']}/why").json()
    assert why["simulated_audience"]


def test_the_audience_is_the_same_again_and_comes_anew_when_there_is_more_to_watch(demo):
    some_series(6)
    first = simulate_audience(viewers=30, seed=1, now=timezone.now())
    rows = list(WatchEvent.objects.order_by("id").values())
    assert simulate_audience(viewers=30, seed=1, now=timezone.now()) == first
    assert list(WatchEvent.objects.order_by("id").values()) == rows
    show_series("新", "ghost")
    simulate_audience(viewers=30, seed=1, now=timezone.now())
    assert WatchEvent.objects.filter(series_id=Series.objects.get(title="新").pk).exists()
    assert Viewer.objects.count() == 30


def test_a_simulated_audience_never_touches_what_people_did(demo, api):
    series = some_series(3)
    watch(api, series[0])
    viewer_id = WatchEvent.objects.first().viewer_id
    simulate_audience(viewers=10, seed=1, now=timezone.now())
    show_series("新")
    simulate_audience(viewers=10, seed=1, now=timezone.now())
    assert WatchEvent.objects.filter(viewer_id=viewer_id, simulated=False).count() == 2
    assert Progress.objects.filter(viewer_id=viewer_id).count() == 1


def test_one_viewer_turns_a_feed_that_was_learned_from_many(demo, api):
    """The newcomer's two ghost stories count for more than what a simulated crowd likes."""
    series = [show_series(f"{genre}-{n}", genre) for n in range(5) for genre in GENRES]
    simulate_audience(viewers=200, seed=3, now=timezone.now())
    run_job(Job.objects.get(kind="feed.train_model").pk)
    feed(api)
    for entry in [entry for entry in series if entry.title.startswith("ghost")][:2]:
        watch(api, entry)
    for entry in [entry for entry in series if entry.title.startswith("romance")][:3]:
        skip(api, entry)
    after = [title.split("-")[0] for title in titles(feed(api, limit=6))]
    assert after[:3].count("ghost") >= 2
    assert "romance" not in after[:3]


def test_charts_split_each_figure_and_count_each_viewer_once(demo, api, signed_in):
    series = some_series(3)
    client = signed_in("viewer")
    for _ in range(3):
        watch(client, series[0])
    watch(api, series[0])
    watch(api, series[1])
    skip(client, series[2])
    chart = api.get("/api/v1/charts", {"window": "week"}).json()
    assert [(e["rank"], e["series"]["title"], e["views"]) for e in chart["results"]] == [
        (1, "ghost-0", {"total": 2, "of_simulated": 0, "simulated": False}),
        (2, "romance-0", {"total": 1, "of_simulated": 0, "simulated": False}),
    ]
    simulate_audience(viewers=40, seed=1, now=timezone.now())
    views = [entry["views"] for entry in api.get("/api/v1/charts").json()["results"]]
    assert all(
        entry["simulated"] and entry["total"] >= entry["of_simulated"] > 0 for entry in views
    )
    assert sum(entry["total"] - entry["of_simulated"] for entry in views) == 3
    assert api.get("/api/v1/charts", {"window": "year"}).json()["code"] == "unknown_window"


def test_charts_hold_only_what_is_shown_and_recent(api):
    series = some_series(3)
    watch(api, series[0])
    watch(api, series[1])
    WatchEvent.objects.filter(series_id=series[1].pk).update(at="2020-01-01T00:00:00Z")
    assert [e["series"]["title"] for e in api.get("/api/v1/charts").json()["results"]] == [
        "ghost-0"
    ]
    block(series[0])
    assert api.get("/api/v1/charts").json()["results"] == []


def test_a_view_still_counts_after_its_viewer_had_it_forgotten(api):
    series = some_series(1)
    watch(api, series[0])
    api.delete("/api/v1/history")
    (entry,) = api.get("/api/v1/charts").json()["results"]
    assert entry["views"]["total"] == 1


def test_fifty_made_up_viewers_of_one_network_do_not_make_a_first_place(api, signed_in):
    wanted, honest = some_series(2)
    for number in range(3):
        watch(APIClient(REMOTE_ADDR=f"198.51.{number}.7"), honest)
    for _ in range(50):
        watch(APIClient(REMOTE_ADDR="203.0.113.5"), wanted)
    chart = api.get("/api/v1/charts").json()["results"]
    assert [(e["series"]["title"], e["views"]["total"]) for e in chart] == [
        (honest.title, 3),
        (wanted.title, 2),
    ]
    assert [entry["not_counted"] for entry in chart] == [None, None], "for staff alone"
    seen = signed_in("moderator").get("/api/v1/charts").json()["results"]
    assert [entry["not_counted"] for entry in seen] == [0, 48]


def test_where_no_network_is_known_every_viewer_counts(api):
    (series,) = some_series(1)
    for _ in range(4):
        watch(APIClient(REMOTE_ADDR=""), series)
    (entry,) = api.get("/api/v1/charts").json()["results"]
    assert entry["views"]["total"] == 4
