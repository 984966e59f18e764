"""Pages of the feed: what is shown, in what order, without repeats, whatever is missing."""

from __future__ import annotations

import uuid

import pytest

from huaben.catalog.services import clear_revision, replace_graph, update_series
from huaben.feed.models import Impression
from huaben.rights.services import block_series, lift_block
from tests.factories import CutFactory, EpisodeFactory, UserFactory
from tests.platform.watching.works import (
    clear_all_words,
    show_cut,
    show_series,
    skip,
    unshown_cut,
    watch,
)

pytestmark = pytest.mark.django_db


def feed(client, **params):
    answer = client.get("/api/v1/feed", params)
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(page):
    return [item["series"]["title"] for item in page["results"]]


def whole_visit(client, limit=4):
    pages, cursor = [], None
    while True:
        page = feed(client, limit=limit, **({"cursor": cursor} if cursor else {}))
        pages.append(titles(page))
        cursor = page["next_cursor"]
        if cursor is None:
            return pages


def some_series(count=12):
    return [
        show_series(f"第{number}部", ["ghost", "romance", "wuxia"][number % 3])
        for number in range(count)
    ]


def block(series):
    return block_series(
        series_id=series.pk,
        by=UserFactory(roles=["copyright_admin"]),
        reason="投诉",
        evidence="来信",
    )


def test_nothing_published_gives_an_empty_page(api):
    assert feed(api) == {
        "results": [],
        "next_cursor": None,
        "personalised": False,
        "simulated_audience": False,
    }


def test_a_place_holds_everything_that_the_player_needs(api):
    series = show_series("画皮", "ghost", synopsis="一张画出来的脸")
    (item,) = feed(api)["results"]
    assert item["series"]["title"] == "画皮"
    assert item["episode"]["series_id"] == str(series.pk)
    assert item["playback"]["manifest_url"]
    assert item["playback"]["ai_notice"]["label"] == "1"
    assert item["state"] == {"favourite": False, "following": False, "position_ms": 0}
    assert item["reasons"][0]["text"].keys() == {"zh", "en"}
    assert Impression.objects.filter(pk=item["impression_id"], series_id=series.pk).exists()


def test_a_visit_holds_every_series_once(api):
    some_series()
    pages = whole_visit(api)
    everything = [title for page in pages for title in page]
    assert sorted(everything) == sorted(f"第{number}部" for number in range(12))
    assert [len(page) for page in pages] == [4, 4, 4, 0]


def test_a_cursor_asked_again_gives_that_page_anew_and_still_nothing_twice(api):
    some_series()
    first = feed(api, limit=4)
    second = feed(api, limit=4, cursor=first["next_cursor"])
    again = feed(api, limit=4, cursor=first["next_cursor"])
    third = feed(api, limit=4, cursor=again["next_cursor"])
    assert titles(again) == titles(second)
    assert not set(titles(third)) & set(titles(first) + titles(second))


def test_another_viewers_cursor_hides_nothing_from_them(api, signed_in):
    some_series(4)
    cursor = feed(api, limit=4)["next_cursor"]
    assert len(titles(feed(signed_in("viewer"), limit=4, cursor=cursor))) == 4


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U", "WzEsIDJd", "W10", "eyJhIjogMX0"])
@pytest.mark.parametrize("path", ["feed", "feed/following"])
def test_a_cursor_that_was_never_given_out_is_refused(api, path, cursor):
    answer = api.get(f"/api/v1/{path}", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_a_new_series_is_there_with_the_next_request(api):
    show_series("旧")
    assert titles(feed(api)) == ["旧"]
    show_series("新")
    assert set(titles(feed(api))) == {"旧", "新"}


def test_what_is_taken_down_is_gone_with_the_next_request_and_comes_back_with_it(api):
    series, _ = show_series("画皮"), show_series("聂小倩")
    assert set(titles(feed(api))) == {"画皮", "聂小倩"}
    standing = block(series)
    assert titles(feed(api)) == ["聂小倩"]
    lift_block(block_id=standing.pk, by=UserFactory(roles=["copyright_admin"]), reason="撤诉")
    assert set(titles(feed(api))) == {"画皮", "聂小倩"}


def test_a_page_is_full_although_most_of_what_the_model_knows_is_gone(api):
    series = some_series(30)
    assert len(titles(feed(api, limit=8))) == 8
    for entry in series[:22]:
        block(entry)
    assert len(titles(feed(api, limit=8))) == 8


def test_a_series_that_says_something_else_of_itself_is_understood_anew(api):
    ghosts = [show_series(f"鬼{number}", "ghost") for number in range(3)]
    others = [show_series(f"情{number}", "romance") for number in range(4)]
    watch(api, ghosts[0])
    update_series(series=others[3], genres=["ghost"], title="其实也是鬼")
    clear_revision(revision_id=others[3].words_revisions.get().pk)
    assert "其实也是鬼" in titles(feed(api))[:3]


def test_an_episode_that_is_not_approved_is_not_played(api):
    series = show_series("画皮")
    unshown_cut(series)
    watch(api, series)
    assert {item["episode"]["number"] for item in feed(api)["results"]} == {1}


def test_the_next_unseen_episode_is_offered_to_who_is_in_the_middle(api):
    series, other = show_series("画皮", episodes=3), show_series("聂小倩")
    watch(api, series)
    first = feed(api)["results"][0]
    assert (first["series"]["title"], first["episode"]["number"]) == ("画皮", 2)
    assert first["reasons"][0]["kind"] == "continue"
    watch(api, series, number=2, to_ms=25_000)
    first = feed(api)["results"][0]
    assert (first["episode"]["number"], first["state"]["position_ms"]) == (2, 25_000)
    assert titles(feed(api)).count("画皮") == 1
    assert other.title in titles(feed(api))


def test_the_middle_of_a_story_with_choices_is_left_to_its_player(api):
    series = show_series("甲", episodes=3)
    first, left, right = series.episodes.all()
    replace_graph(
        series=series,
        choices=[
            {"from_episode_id": first.pk, "to_episode_id": left.pk, "text": "开门"},
            {"from_episode_id": first.pk, "to_episode_id": right.pk, "text": "不开"},
        ],
    )
    clear_all_words(series)
    others = some_series(3)
    watch(api, series)
    assert set(titles(feed(api))) == {entry.title for entry in others}


def test_a_finished_series_does_not_return_while_there_is_another(api):
    series = some_series(4)
    watch(api, series[0])
    assert "第0部" not in titles(feed(api))
    assert "第0部" not in [title for page in whole_visit(api, limit=2) for title in page]


def test_a_finished_series_returns_for_its_new_episode(api):
    series, _ = show_series("画皮"), show_series("聂小倩")
    watch(api, series)
    assert titles(feed(api)) == ["聂小倩"]
    show_cut(CutFactory(episode=EpisodeFactory(series=series, number=2)))
    first = feed(api)["results"][0]
    assert (first["series"]["title"], first["episode"]["number"]) == ("画皮", 2)


def test_when_everything_is_seen_the_page_is_not_empty_and_says_why(api):
    for series in some_series(3):
        watch(api, series)
    page = feed(api)
    assert len(page["results"]) == 3
    assert {item["reasons"][0]["kind"] for item in page["results"]} == {"again"}


def test_what_was_passed_over_comes_last_and_only_when_there_is_room(api):
    series = some_series(4)
    skip(api, series[1])
    assert titles(feed(api, limit=3)).count("第1部") == 0
    assert titles(feed(api, limit=8))[-1] == "第1部"


def test_what_is_not_wanted_never_returns_until_it_is_undone(api):
    series = some_series(4)
    api.put(f"/api/v1/series/{series[2].pk}/not-interested")
    assert "第2部" not in [title for page in whole_visit(api) for title in page]
    for entry in series:
        watch(api, entry)
    assert "第2部" not in titles(feed(api))
    api.delete(f"/api/v1/series/{series[2].pk}/not-interested")
    api.delete("/api/v1/history")
    assert "第2部" in titles(feed(api))


def test_a_muted_genre_is_nowhere(api):
    some_series(9)
    answer = api.patch("/api/v1/feed/preferences", {"muted_genres": ["romance"]}, format="json")
    assert answer.json()["muted_genres"] == ["romance"]
    genres = {
        genre["slug"]
        for item in feed(api, limit=20)["results"]
        for genre in item["series"]["genres"]
    }
    assert genres == {"ghost", "wuxia"}


def test_without_recommendations_it_is_kept_and_followed_first_then_newest(api):
    series = some_series(5)
    api.put(f"/api/v1/series/{series[1].pk}/favourite")
    api.put(f"/api/v1/creators/{series[2].creator_id}/follow")
    api.patch("/api/v1/feed/preferences", {"recommendations": False}, format="json")
    page = feed(api)
    assert titles(page) == ["第2部", "第1部", "第4部", "第3部", "第0部"]
    assert [item["reasons"][0]["kind"] for item in page["results"]] == [
        "following",
        "favourite",
        "newest",
        "newest",
        "newest",
    ]
    assert not page["personalised"]


def test_a_feed_that_is_not_personal_does_not_follow_what_was_watched(api, signed_in):
    series = [
        show_series(f"{genre}{number}", genre)
        for number in range(4)
        for genre in ("ghost", "romance")
    ]
    api.patch("/api/v1/feed/preferences", {"personalised": False}, format="json")
    watch(api, series[0])
    page = feed(api)
    assert not page["personalised"]
    assert {r["kind"] for i in page["results"] for r in i["reasons"]} <= {
        "new",
        "popular",
        "explore",
    }
    assert set(titles(page)) == {entry.title for entry in series[1:]}


def test_the_following_feed_holds_new_episodes_of_kept_series_and_followed_creators(api):
    kept, followed, other = (show_series(title, episodes=2) for title in ("收藏", "关注", "其他"))
    api.put(f"/api/v1/series/{kept.pk}/favourite")
    api.put(f"/api/v1/creators/{followed.creator_id}/follow")
    show_cut(CutFactory(episode=EpisodeFactory(series=kept, number=3)))
    unshown_cut(followed)
    pages, cursor = [], ""
    while cursor is not None:
        answer = api.get("/api/v1/feed/following", {"limit": 2, "cursor": cursor}).json()
        pages.append(
            [
                (i["series"]["title"], i["episode"]["number"], i["reasons"][0]["kind"])
                for i in answer["results"]
            ]
        )
        cursor = answer["next_cursor"]
    assert pages == [
        [("收藏", 3, "favourite"), ("关注", 2, "following")],
        [("关注", 1, "following"), ("收藏", 2, "favourite")],
        [("收藏", 1, "favourite")],
    ]
    assert other.title not in str(pages)


def test_nothing_is_offered_to_who_follows_nobody(api):
    show_series("画皮")
    assert api.get("/api/v1/feed/following").json()["results"] == []


def test_signing_in_takes_the_preferences_over_but_never_an_accounts_own(api, signed_in):
    from huaben.accounts.services import merge_viewer
    from huaben.feed.models import Preferences

    client = signed_in("viewer")
    api.patch("/api/v1/feed/preferences", {"muted_genres": ["romance"]}, format="json")
    anonymous = uuid.UUID(api.get("/api/v1/me").json()["viewer_id"])
    merge_viewer(anonymous_id=anonymous, user=client.user)
    assert client.get("/api/v1/feed/preferences").json()["muted_genres"] == ["romance"]
    assert Preferences.objects.count() == 1
    api.patch("/api/v1/feed/preferences", {"muted_genres": ["ghost"]}, format="json")
    merge_viewer(anonymous_id=anonymous, user=client.user)
    assert client.get("/api/v1/feed/preferences").json()["muted_genres"] == ["romance"]


def test_a_page_keeps_to_its_budget_of_queries_however_long(api, django_assert_max_num_queries):
    series = [show_series(f"第{number}部", "ghost", "romance", episodes=2) for number in range(14)]
    watch(api, series[0])
    watch(api, series[1], to_ms=20_000)
    api.put(f"/api/v1/series/{series[2].pk}/favourite")
    feed(api)
    for limit in (2, 10):
        with django_assert_max_num_queries(15):
            assert len(titles(feed(api, limit=limit))) == limit
