"""Nobody makes countless things in a moment, and one upload is one version."""

from __future__ import annotations

import uuid

import pytest

from huaben.catalog.models import Cut, Episode, Series
from huaben.media.models import Upload
from tests.factories import AssetFactory, EpisodeFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(signed_in):
    return signed_in()


def make_series(maker, title):
    body = {"title": title, "language": "zh"}
    return maker.post("/api/v1/series", body, format="json")


def test_series_in_a_row_end_at_the_limit_with_words_and_a_time(maker, settings):
    settings.MAKING_LIMITS = {**settings.MAKING_LIMITS, "series": [(3, 3600)]}
    assert [make_series(maker, f"剧{n}").status_code for n in range(4)] == [201, 201, 201, 429]
    answer = make_series(maker, "再来")
    assert answer.json()["code"] == "too_many_made"
    assert "新建的剧" in answer.json()["title"]
    assert 3000 < int(answer["Retry-After"]) <= 3600
    assert Series.objects.filter(creator=maker.user).count() == 3


def test_another_persons_series_count_for_them_alone(maker, signed_in, settings):
    settings.MAKING_LIMITS = {**settings.MAKING_LIMITS, "series": [(1, 3600)]}
    assert make_series(maker, "甲").status_code == 201
    assert make_series(signed_in(), "乙").status_code == 201


def test_episodes_end_at_the_limit_over_all_series_of_a_maker(maker, settings):
    settings.MAKING_LIMITS = {**settings.MAKING_LIMITS, "episode": [(2, 3600)]}
    shelves = [SeriesFactory(creator=maker.user) for _ in range(3)]
    answers = [
        maker.post(f"/api/v1/series/{series.pk}/episodes", {"title": "一"}, format="json")
        for series in shelves
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert Episode.objects.filter(series__in=shelves).count() == 2


def make_cut(maker, episode, upload, **headers):
    body = {"upload_id": str(upload.pk), "ai_declaration": "ai"}
    address = f"/api/v1/episodes/{episode.pk}/cuts"
    return maker.post(address, body, format="json", headers=headers)


def test_one_upload_is_one_version_under_whatever_key_and_episode(maker):
    series = SeriesFactory(creator=maker.user)
    episodes = [EpisodeFactory(series=series) for _ in range(2)]
    asset = AssetFactory(owner=maker.user)
    upload = Upload.objects.create(
        owner=maker.user, length=1, offset=1, asset=asset, expires_at="2030-01-01T00:00Z"
    )
    first = make_cut(maker, episodes[0], upload)
    assert first.status_code == 201
    for episode in episodes:
        answer = make_cut(maker, episode, upload, **{"Idempotency-Key": str(uuid.uuid4())})
        assert (answer.status_code, answer.json()["code"]) == (409, "upload_used")
    assert make_cut(maker, episodes[0], upload).json()["id"] == first.json()["id"], "said again"
    assert Cut.objects.count() == 1
