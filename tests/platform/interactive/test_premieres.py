"""The programme over HTTP: scheduling, calling off, the lists, and what a visitor gets to see."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from huaben.interactive.models import Premiere
from huaben.rights.services import block_series
from tests.factories import SeriesFactory
from tests.platform.interactive.stories import (
    EPISODE,
    admin,
    choice,
    episode,
    forked_tale,
    premiere_at_eight,
    turn,
)
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def creator(signed_in):
    return signed_in("viewer", "creator")


@pytest.fixture
def tale(creator):
    return forked_tale(creator.user)


def _schedule(client, series, *, minutes=30, key=None, **body):
    given = {"starts_at": (timezone.now() + timedelta(minutes=minutes)).isoformat()} | body
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return client.post(
        f"/api/v1/studio/series/{series.pk}/premieres", given, format="json", **headers
    )


def _running(series, **facts):
    """A premiere that began this moment by the wall clock, as far as the API can tell."""
    now = timezone.now()
    return turn(
        premiere_at_eight(series, starts_at=now, now=now - timedelta(minutes=1), **facts), now
    ), now


def test_a_creator_puts_a_premiere_on_the_programme_and_everybody_sees_it(creator, tale, api):
    made = _schedule(creator, tale, vote_seconds=15)
    assert made.status_code == 201, made.json()
    assert (made.json()["phase"], made.json()["vote_seconds"], made.json()["present"]) == (
        "scheduled",
        15,
        0,
    )
    (listed,) = api.get("/api/v1/premieres").json()["results"]
    assert (listed["id"], listed["series"]["title"]) == (made.json()["id"], "第七盏灯")
    visit = api.get(f"/api/v1/premieres/{listed['id']}").json()
    assert (visit["phase"], visit["series"]["id"], visit["my_vote"]) == (
        "scheduled",
        str(tale.pk),
        None,
    )
    assert visit["doors_open_at"] < visit["starts_at"] == visit["phase_ends_at"]
    (mine,) = creator.get(f"/api/v1/studio/series/{tale.pk}/premieres").json()["results"]
    assert mine["id"] == listed["id"]


def test_the_same_request_again_schedules_once(creator, tale):
    body = {"starts_at": (timezone.now() + timedelta(hours=1)).isoformat()}
    first = _schedule(creator, tale, key="once", **body)
    again = _schedule(creator, tale, key="once", **body)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Premiere.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"minutes": -1}, "starts_at"),
        ({"minutes": 61 * 24 * 60}, "starts_at"),
        ({"starts_at": "tonight"}, "starts_at"),
        ({"starts_at": None}, "starts_at"),
        ({"vote_seconds": 9}, "vote_seconds"),
        ({"vote_seconds": 61}, "vote_seconds"),
    ],
)
def test_what_is_wrong_with_a_premiere_is_told_by_field(creator, tale, body, field):
    answer = _schedule(creator, tale, **body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert Premiere.objects.count() == 0


def test_a_series_of_which_nothing_is_shown_has_no_premiere(creator):
    answer = _schedule(creator, SeriesFactory(creator=creator.user))
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_shown")


def test_a_series_has_one_premiere_at_a_time_and_another_after_it(creator, tale):
    first = _schedule(creator, tale).json()
    assert (_schedule(creator, tale).status_code, _schedule(creator, tale).json()["code"]) == (
        409,
        "premiere_already",
    )
    cancelled = creator.post(f"/api/v1/studio/premieres/{first['id']}/cancel")
    assert (cancelled.status_code, cancelled.json()["phase"]) == (200, "cancelled")
    assert cancelled.json()["ending"]["zh"] == "主人家取消了这场首映"
    assert _schedule(creator, tale).status_code == 201
    listed = creator.get(f"/api/v1/studio/series/{tale.pk}/premieres").json()["results"]
    assert [row["phase"] for row in listed] == ["scheduled", "cancelled"]


def test_calling_off_twice_does_no_harm_and_what_is_over_cannot_be_called_off(creator, tale):
    premiere, now = _running(tale)
    path = f"/api/v1/studio/premieres/{premiere.pk}/cancel"
    assert [creator.post(path).status_code, creator.post(path).status_code] == [200, 200]
    assert Premiere.objects.get().seq == premiere.seq + 1
    over = turn(_running(show_series("短戏", creator=creator.user))[0], now + EPISODE * 2)
    answer = creator.post(f"/api/v1/studio/premieres/{over.pk}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "premiere_over")


def test_another_creators_series_and_premiere_do_not_exist(signed_in, tale):
    other = signed_in("creator")
    premiere = premiere_at_eight(tale)
    assert _schedule(other, tale).status_code == 404
    assert other.get(f"/api/v1/studio/series/{tale.pk}/premieres").status_code == 404
    assert other.post(f"/api/v1/studio/premieres/{premiere.pk}/cancel").status_code == 404
    assert Premiere.objects.get().state == "scheduled"


def test_the_programme_is_paged_in_the_order_of_the_hours(api):
    now = timezone.now()
    hours = [3, 1, 2, 1, 5]
    for hour in hours:
        premiere_at_eight(show_series(f"戏 {hour}"), starts_at=now + timedelta(hours=hour), now=now)
    found, cursor = [], None
    while True:
        page = api.get(
            "/api/v1/premieres", {"limit": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        found += page["results"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [row["starts_at"] for row in found] == sorted(row["starts_at"] for row in found)
    assert len({row["id"] for row in found}) == 5
    for bad in ("x", "WzFd", "W251bGwsIDFd", "InRvbmlnaHQi"):
        answer = api.get("/api/v1/premieres", {"cursor": bad})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_the_programme_of_one_series(api, tale):
    premiere_at_eight(show_series("别的戏"))
    mine = premiere_at_eight(tale)
    results = api.get("/api/v1/premieres", {"series_id": str(tale.pk)}).json()["results"]
    assert [row["id"] for row in results] == [str(mine.pk)]
    assert (
        api.get("/api/v1/premieres", {"series_id": "x"}).json()["errors"][0]["field"] == "series_id"
    )


def test_a_series_that_is_taken_down_is_gone_from_the_programme(api, tale):
    premiere = premiere_at_eight(tale)
    block_series(series_id=tale.pk, by=admin(), reason="a complaint", evidence="a deposit")
    assert api.get("/api/v1/premieres").json()["results"] == []
    visit = api.get(f"/api/v1/premieres/{premiere.pk}").json()
    assert (visit["series"], visit["upcoming"]) == (None, [])


def test_a_page_of_the_programme_costs_as_much_as_a_line(api, django_assert_max_num_queries):
    for number in range(6):
        premiere_at_eight(show_series(f"戏 {number}"))
    with django_assert_max_num_queries(9):
        assert len(api.get("/api/v1/premieres").json()["results"]) == 6


def test_before_the_doors_open_no_film_is_promised_and_then_the_first_one_is(api, tale):
    now = timezone.now()
    premiere = premiere_at_eight(tale, starts_at=now + timedelta(hours=1), now=now)
    path = f"/api/v1/premieres/{premiere.pk}"
    assert api.get(path).json()["upcoming"] == []
    soon = premiere_at_eight(forked_tale(), starts_at=now + timedelta(minutes=14), now=now)
    visit = api.get(f"/api/v1/premieres/{soon.pk}").json()
    assert [row["episode"]["number"] for row in visit["upcoming"]] == [1]
    assert visit["upcoming"][0]["playback"]["manifest_url"]


def test_while_an_episode_plays_its_branches_stand_ready_and_are_not_yet_a_choice(api, tale):
    premiere, _ = _running(tale)
    visit = api.get(f"/api/v1/premieres/{premiere.pk}").json()
    assert (visit["phase"], visit["episode"]["number"], visit["choices"]) == ("playing", 1, [])
    assert visit["playback"]["ai_notice"]["label"] == "1"
    assert sorted(row["episode"]["number"] for row in visit["upcoming"]) == [2, 3]


def test_a_visitor_votes_over_http_and_sees_the_tally(api, tale):
    premiere, now = _running(tale)
    premiere.phase_ends_at = now
    premiere.save()
    premiere = turn(premiere, now)
    path = f"/api/v1/premieres/{premiere.pk}"
    visit = api.get(path).json()
    assert [(c["text"], c["seal"], c["votes"], c["percent"]) for c in visit["choices"]] == [
        ("收下玉佩", "收", 0, 0),
        ("转身走进雨里", "转", 0, 0),
    ]
    vote = {"key": str(uuid.uuid4()), "round": 1, "choice_id": visit["choices"][1]["id"]}
    for _ in range(2):
        answer = api.post(f"{path}/votes", vote, format="json")
        assert (answer.status_code, answer.json()) == (
            200,
            {"round": 1, "choice_id": vote["choice_id"]},
        )
    assert api.get(path).json()["my_vote"] == {"round": 1, "choice_id": vote["choice_id"]}
    refused = api.post(
        f"{path}/votes", vote | {"key": str(uuid.uuid4()), "round": 2}, format="json"
    )
    assert (refused.status_code, refused.json()["code"], refused.json()["title"]) == (
        409,
        "vote_closed",
        "这一轮已经收票",
    )
    assert api.post(f"{path}/votes", {"key": "x"}, format="json").status_code == 400
    assert (
        api.post(f"/api/v1/premieres/{uuid.uuid4()}/votes", vote, format="json").status_code == 404
    )


def test_the_way_that_was_taken_is_told_to_who_comes_later(api, tale):
    premiere, now = _running(tale)
    for wait in (EPISODE, timedelta(seconds=20)):
        now += wait
        premiere = turn(premiere, now)
    visit = api.get(f"/api/v1/premieres/{premiere.pk}").json()
    assert [(row["number"], row["choice_text"]) for row in visit["turns"]] == [(1, "收下玉佩")]
    assert visit["turns"][0]["tally"][0] == {
        "choice_id": str(choice(tale, "收下玉佩").pk),
        "text": "收下玉佩",
        "seal": "收",
        "votes": 0,
    }
    assert visit["episode"]["id"] == str(episode(tale, 2).pk)


def test_the_state_costs_the_same_however_many_ask(api, tale, django_assert_max_num_queries):
    premiere, _ = _running(tale)
    path = f"/api/v1/premieres/{premiere.pk}"
    with django_assert_max_num_queries(22):
        api.get(path)
    # The same scene within the second: the row, and one's own vote.
    with django_assert_max_num_queries(2):
        api.get(path)


def test_a_premiere_that_does_not_exist_is_not_found(api):
    assert api.get(f"/api/v1/premieres/{uuid.uuid4()}").status_code == 404
