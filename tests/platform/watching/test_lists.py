"""History, continue watching, favourites, follows: what a viewer gets back, always through the
gate.
"""

from __future__ import annotations

import uuid

import pytest

from huaben.accounts.models import User
from huaben.catalog.services import replace_graph
from huaben.rights.services import block_series
from huaben.watching.models import Progress, WatchEvent
from tests.factories import UserFactory
from tests.platform.watching.works import clear_all_words, show_series, skip, unshown_cut, watch

pytestmark = pytest.mark.django_db


def titles(answer, of="series"):
    assert answer.status_code == 200, answer.json()
    return [item[of]["title"] for item in answer.json()["results"]]


def block(series):
    block_series(
        series_id=series.pk,
        by=UserFactory(roles=["copyright_admin"]),
        reason="投诉",
        evidence="来信",
    )


def test_history_is_newest_first_with_position_and_end(api):
    first, second = show_series("画皮"), show_series("聂小倩")
    watch(api, first)
    watch(api, second, to_ms=20_000)
    items = api.get("/api/v1/history").json()["results"]
    assert [(i["series"]["title"], i["position_ms"], i["completed"]) for i in items] == [
        ("聂小倩", 20_000, False),
        ("画皮", 60_000, True),
    ]
    assert items[0]["episode"]["series_id"] == items[0]["series"]["id"]


def test_history_comes_in_pages_without_repeats(api):
    for number in range(7):
        watch(api, show_series(f"第{number}部"))
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get("/api/v1/history", {"limit": 3, "cursor": cursor}).json()
        seen += [item["series"]["title"] for item in page["results"]]
        cursor = page["next_cursor"]
    assert seen == [f"第{number}部" for number in reversed(range(7))]


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U", "WyJhIiwgImIiXQ", "eyJhIjogMX0"])
@pytest.mark.parametrize("path", ["history", "continue-watching", "favourites", "following"])
def test_a_cursor_that_was_never_given_out_is_refused(api, path, cursor):
    answer = api.get(f"/api/v1/{path}", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_what_is_taken_down_is_gone_from_every_list(api):
    series = show_series("画皮")
    watch(api, series, to_ms=10_000)
    api.put(f"/api/v1/series/{series.pk}/favourite")
    lists = ["history", "continue-watching", "favourites"]
    assert all(len(api.get(f"/api/v1/{path}").json()["results"]) == 1 for path in lists)
    block(series)
    assert all(api.get(f"/api/v1/{path}").json()["results"] == [] for path in lists)


def test_another_viewers_history_is_not_there(api, signed_in):
    watch(signed_in("viewer"), show_series("画皮"))
    assert api.get("/api/v1/history").json()["results"] == []


def test_history_can_be_deleted_one_by_one_or_as_a_whole(api):
    first, second = show_series("画皮"), show_series("聂小倩")
    watch(api, first)
    watch(api, second)
    assert api.delete(f"/api/v1/history/{first.episodes.get().pk}").status_code == 204
    assert titles(api.get("/api/v1/history")) == ["聂小倩"]
    assert api.delete(f"/api/v1/history/{uuid.uuid4()}").status_code == 204
    assert api.delete("/api/v1/history").status_code == 204
    assert titles(api.get("/api/v1/history")) == []
    assert not Progress.objects.exists()
    assert set(WatchEvent.objects.values_list("viewer_id", "impression_id")) == {(None, None)}


def test_continue_watching_gives_the_unfinished_or_the_next_episode(api):
    unfinished, finished, over = (
        show_series("甲", episodes=3),
        show_series("乙", episodes=3),
        show_series("丙"),
    )
    watch(api, over)
    watch(api, finished)
    watch(api, unfinished, number=2, to_ms=20_000)
    items = api.get("/api/v1/continue-watching").json()["results"]
    assert [(i["series"]["title"], i["episode"]["number"], i["position_ms"]) for i in items] == [
        ("甲", 2, 20_000),
        ("乙", 2, 0),
    ]


def test_continue_watching_leaves_out_what_was_swiped_away_or_is_unwanted(api):
    swiped, unwanted = show_series("甲", episodes=2), show_series("乙", episodes=2)
    skip(api, swiped)
    watch(api, unwanted)
    api.put(f"/api/v1/series/{unwanted.pk}/not-interested")
    assert titles(api.get("/api/v1/continue-watching")) == []
    api.delete(f"/api/v1/series/{unwanted.pk}/not-interested")
    assert titles(api.get("/api/v1/continue-watching")) == ["乙"]


def test_continue_watching_passes_over_an_episode_that_is_not_shown_and_one_seen_already(api):
    series = show_series("甲", episodes=3)
    waiting = unshown_cut(series)
    watch(api, series, number=2)
    watch(api, series, number=1)
    (item,) = api.get("/api/v1/continue-watching").json()["results"]
    assert item["episode"]["number"] == 3
    watch(api, series, number=3)
    assert waiting.episode.number == 4
    assert titles(api.get("/api/v1/continue-watching")) == []


def test_a_finished_episode_that_ends_in_a_choice_waits_for_the_choice(api):
    series = show_series("甲", episodes=4)
    first, left, right, end = series.episodes.all()
    replace_graph(
        series=series,
        choices=[
            {"from_episode_id": first.pk, "to_episode_id": left.pk, "text": "开门"},
            {"from_episode_id": first.pk, "to_episode_id": right.pk, "text": "不开"},
            {"from_episode_id": left.pk, "to_episode_id": end.pk, "text": ""},
        ],
    )
    clear_all_words(series)
    watch(api, series, number=1)
    (item,) = api.get("/api/v1/continue-watching").json()["results"]
    assert (item["episode"]["number"], item["completed"], item["episode"]["has_choices"]) == (
        1,
        True,
        True,
    )
    watch(api, series, number=2)
    (item,) = api.get("/api/v1/continue-watching").json()["results"]
    assert item["episode"]["number"] == 4
    watch(api, series, number=4)
    assert api.get("/api/v1/continue-watching").json()["results"] == []


def test_favourites_are_kept_once_and_taken_back(api):
    series = show_series("画皮")
    for _ in range(2):
        assert api.put(f"/api/v1/series/{series.pk}/favourite").status_code == 204
    assert [card["title"] for card in api.get("/api/v1/favourites").json()["results"]] == ["画皮"]
    for _ in range(2):
        assert api.delete(f"/api/v1/series/{series.pk}/favourite").status_code == 204
    assert api.get("/api/v1/favourites").json()["results"] == []


def test_following_lists_creators_by_what_others_see_of_them(api):
    creator = UserFactory(display_name="南昌灯影社")
    show_series("画皮", creator=creator)
    assert api.put(f"/api/v1/creators/{creator.pk}/follow").status_code == 204
    (person,) = api.get("/api/v1/following").json()["results"]
    assert person == {"id": str(creator.pk), "handle": creator.handle, "display_name": "南昌灯影社"}
    assert api.delete(f"/api/v1/creators/{creator.pk}/follow").status_code == 204
    assert api.get("/api/v1/following").json()["results"] == []


def test_nothing_can_be_said_about_what_is_not_shown(api):
    hidden = unshown_cut(show_series("画皮")).episode.series
    block(hidden)
    nobody = UserFactory()
    for path in (
        f"series/{hidden.pk}/favourite",
        f"series/{hidden.pk}/not-interested",
        f"series/{uuid.uuid4()}/favourite",
        f"creators/{hidden.creator_id}/follow",
        f"creators/{nobody.pk}/follow",
        f"creators/{uuid.uuid4()}/follow",
    ):
        assert api.put(f"/api/v1/{path}").json()["code"] == "not_found", path
    assert User.objects.filter(pk=nobody.pk).exists()


def test_a_browsers_history_is_there_after_signing_in(api):
    user = UserFactory()
    series = show_series("画皮")
    watch(api, series)
    api.put(f"/api/v1/series/{series.pk}/favourite")
    token = api.get("/api/v1/me").cookies["csrftoken"].value
    answer = api.post(
        "/_allauth/browser/v1/auth/login",
        {"email": user.email, "password": "a long password"},
        format="json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 200, answer.content
    assert titles(api.get("/api/v1/history")) == ["画皮"]
    assert len(api.get("/api/v1/favourites").json()["results"]) == 1


@pytest.mark.parametrize("path", ["history", "continue-watching", "favourites", "following"])
def test_lists_keep_to_their_budget_of_queries_however_long(
    api, path, django_assert_max_num_queries
):
    for number in range(8):
        series = show_series(f"第{number}部", "ghost", episodes=2)
        watch(api, series)
        api.put(f"/api/v1/series/{series.pk}/favourite")
        api.put(f"/api/v1/creators/{series.creator_id}/follow")
    with django_assert_max_num_queries(13):
        assert len(api.get(f"/api/v1/{path}").json()["results"]) == 8


def test_the_marks_of_one_series_are_the_viewers_own(api, signed_in):
    series, other = show_series("画皮"), show_series("聂小倩")
    path = f"/api/v1/series/{series.pk}"
    assert api.get(f"{path}/marks").json() == {
        "favourite": False,
        "not_interested": False,
        "following": False,
    }
    api.put(f"{path}/favourite")
    api.put(f"/api/v1/creators/{series.creator_id}/follow")
    assert api.get(f"{path}/marks").json() == {
        "favourite": True,
        "not_interested": False,
        "following": True,
    }
    assert not api.get(f"/api/v1/series/{other.pk}/marks").json()["favourite"]
    assert not signed_in("viewer").get(f"{path}/marks").json()["favourite"]
    block(series)
    assert api.get(f"{path}/marks").status_code == 404
