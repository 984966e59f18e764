"""The feed learns from one viewer at once, and says truthfully why it shows what it shows."""

from __future__ import annotations

import uuid

import pytest

from huaben.feed.models import Impression
from huaben.watching.models import WatchEvent
from tests.platform.feed.test_pages import feed, titles
from tests.platform.watching.works import show_series, skip, the_event, unshown_cut, watch

pytestmark = pytest.mark.django_db
GENRES = ("ghost", "romance", "wuxia", "comedy", "city", "mystery")


def show_catalogue(count):
    """Series of six genres in turn; no model was ever trained, and nobody has watched anything."""
    return [show_series(f"{GENRES[n % 6]}-{n // 6}", GENRES[n % 6]) for n in range(count)]


@pytest.fixture
def catalogue(db):
    return show_catalogue(12)


def genre_of(title):
    return title.split("-")[0]


@pytest.mark.parametrize("count", [18, 30])
def test_two_ghost_stories_watched_and_three_romances_skipped_change_the_next_page(api, count):
    catalogue = show_catalogue(count)
    before = [genre_of(title) for title in titles(feed(api, limit=8))]
    assert before.count("ghost") <= 2
    for entry in [entry for entry in catalogue if entry.title.startswith("ghost")][:2]:
        watch(api, entry)
    for entry in [entry for entry in catalogue if entry.title.startswith("romance")][:3]:
        skip(api, entry)

    page = feed(api, limit=8)
    after = [genre_of(title) for title in titles(page)]
    assert page["personalised"]
    assert after != before
    assert after[0] == "ghost"
    assert after[:4].count("ghost") >= min(2, count // 6 - 2)
    assert "romance" not in after


def test_when_all_was_passed_over_what_is_nearest_to_the_taste_comes_first(api, catalogue):
    ghosts = [entry for entry in catalogue if entry.title.startswith("ghost")]
    watch(api, ghosts[0])
    # Romances were passed over first, the other ghost story last.
    for entry in sorted(
        (entry for entry in catalogue if entry != ghosts[0]),
        key=lambda entry: (entry == ghosts[1], entry.title),
    ):
        skip(api, entry)
    page = feed(api, limit=8)
    assert {item["reasons"][0]["kind"] for item in page["results"]} == {"again"}
    assert titles(page)[0] == ghosts[1].title


def test_why_this_names_the_story_that_was_watched_to_its_end(api, catalogue):
    ghosts = [entry for entry in catalogue if entry.title.startswith("ghost")]
    watch(api, ghosts[0])
    item = next(i for i in feed(api)["results"] if genre_of(i["series"]["title"]) == "ghost")
    why = api.get(f"/api/v1/episodes/{item['episode']['id']}/why").json()
    assert why["reasons"] == item["reasons"]
    assert (why["personalised"], why["simulated_audience"]) == (True, False)
    first = why["reasons"][0]
    assert first["kind"] == "genre"
    assert first["text"]["zh"] == f"因为你看完了《{ghosts[0].title}》，这部也是志怪"
    assert (
        first["text"]["en"] == f"Because you finished “{ghosts[0].title}”: this is Ghost story too"
    )
    assert {(ref["kind"], ref["id"]) for ref in first["refs"]} == {
        ("genre", "ghost"),
        ("series", str(ghosts[0].pk)),
    }


def test_nothing_is_called_finished_that_was_only_begun(api, catalogue):
    ghosts = [entry for entry in catalogue if entry.title.startswith("ghost")]
    watch(api, ghosts[0], to_ms=40_000)
    reasons = [r for i in feed(api)["results"] for r in i["reasons"] if r["kind"] != "continue"]
    assert any(reason["kind"] == "genre" for reason in reasons)
    assert not any(
        "看完" in reason["text"]["zh"] or "finished" in reason["text"]["en"] for reason in reasons
    )


def texts_of(page, title, kind):
    (item,) = [item for item in page["results"] if item["series"]["title"] == title]
    return [reason["text"] for reason in item["reasons"] if reason["kind"] == kind]


def test_following_a_creator_is_not_called_watching_their_plays(api):
    story = "雨夜破庙，书生遇见提灯的女鬼，一盏红灯照出三生旧约"
    followed = show_series("红灯", "ghost", synopsis=story)
    show_series("旧约", "ghost", synopsis=story)
    for number in range(4):
        show_series(f"城{number}", "city", synopsis=f"高楼里的第{number}间办公室")
    api.put(f"/api/v1/creators/{followed.creator_id}/follow")
    page = feed(api)
    assert texts_of(page, "旧约", "similar_story") == [
        {
            "zh": "因为你关注了《红灯》的作者，故事相近",
            "en": "Because you follow the creator of “红灯”; the story is alike",
        }
    ]
    assert texts_of(page, "旧约", "genre") == [
        {
            "zh": "因为你关注的作者有志怪作品，这部也是",
            "en": "Because a creator whom you follow works in this genre: Ghost story",
        }
    ]
    words = [reason["text"] for item in page["results"] for reason in item["reasons"]]
    assert not any("你看" in text["zh"] or "watched" in text["en"] for text in words)

    watch(api, followed, to_ms=30_000)
    assert texts_of(feed(api), "旧约", "similar_story") == [
        {
            "zh": "因为你看了《红灯》，故事相近",
            "en": "Because you watched “红灯”; the story is alike",
        }
    ]


def test_a_series_that_was_only_kept_is_not_called_watched(api):
    story = "雨夜破庙，书生遇见提灯的女鬼，一盏红灯照出三生旧约"
    kept, followed = (show_series(title, "ghost", synopsis=story) for title in ("红灯", "白灯"))
    show_series("旧约", "ghost", synopsis=story)
    api.put(f"/api/v1/series/{kept.pk}/favourite")
    api.put(f"/api/v1/creators/{followed.creator_id}/follow")
    (text,) = texts_of(feed(api), "旧约", "similar_story")
    assert set(text["zh"].removeprefix("因为").removesuffix("，故事相近").split("、")) == {
        "你收藏了《红灯》",
        "你关注了《白灯》的作者",
    }
    assert "you keep “红灯”" in text["en"]
    assert "you follow the creator of “白灯”" in text["en"]


def test_a_newcomers_reasons_claim_nothing_of_them(api, catalogue):
    kinds = {reason["kind"] for item in feed(api)["results"] for reason in item["reasons"]}
    assert kinds <= {"new", "popular", "explore"}


def test_why_is_kept_as_it_was_when_it_was_decided(api, catalogue):
    item = feed(api)["results"][0]
    watch(api, next(entry for entry in catalogue if str(entry.pk) != item["series"]["id"]))
    assert (
        api.get(f"/api/v1/episodes/{item['episode']['id']}/why").json()["reasons"]
        == item["reasons"]
    )


def test_why_of_something_opened_by_hand_says_that_nobody_recommended_it(api):
    series = show_series("画皮")
    why = api.get(f"/api/v1/episodes/{series.episodes.get().pk}/why").json()
    assert [reason["kind"] for reason in why["reasons"]] == ["opened"]


def test_why_knows_nothing_of_what_is_not_shown(api):
    hidden = unshown_cut(show_series("画皮")).episode
    for episode_id in (hidden.pk, uuid.uuid4()):
        assert api.get(f"/api/v1/episodes/{episode_id}/why").status_code == 404


def test_another_viewers_reasons_are_theirs(api, signed_in, catalogue):
    client = signed_in("viewer")
    watch(client, catalogue[0])
    item = feed(client)["results"][0]
    why = api.get(f"/api/v1/episodes/{item['episode']['id']}/why").json()
    assert [reason["kind"] for reason in why["reasons"]] == ["opened"]


def test_tastes_are_what_was_watched_strongest_first(api, catalogue):
    assert api.get("/api/v1/feed/preferences").json() == {
        "personalised": True,
        "recommendations": True,
        "tastes": [],
        "muted_genres": [],
    }
    by = {
        genre: [entry for entry in catalogue if entry.title.startswith(genre)] for genre in GENRES
    }
    for entry in by["ghost"]:
        watch(api, entry)
    watch(api, by["wuxia"][0], to_ms=30_000)
    skip(api, by["romance"][0])
    tastes = api.get("/api/v1/feed/preferences").json()["tastes"]
    assert [(taste["slug"], taste["name"]["zh"]) for taste in tastes] == [
        ("ghost", "志怪"),
        ("wuxia", "武侠"),
    ]
    assert tastes[0]["weight"] == 1 > tastes[1]["weight"] > 0


def test_a_deleted_taste_counts_no_more_until_there_is_new_evidence(api):
    ghosts = [show_series(f"鬼{number}", "ghost") for number in range(6)]
    for number in range(6):
        show_series(f"侠{number}", "wuxia")
    watch(api, ghosts[0])
    watch(api, ghosts[1])
    assert titles(feed(api, limit=3))[0][0] == "鬼"
    assert api.delete("/api/v1/feed/preferences/tastes/ghost").status_code == 204
    assert api.get("/api/v1/feed/preferences").json()["tastes"] == []
    reasons = [r["kind"] for item in feed(api)["results"] for r in item["reasons"]]
    assert "genre" not in reasons
    watch(api, ghosts[2])
    assert [taste["slug"] for taste in api.get("/api/v1/feed/preferences").json()["tastes"]] == [
        "ghost"
    ]
    assert titles(feed(api, limit=3))[0][0] == "鬼"


def test_a_genre_that_does_not_exist_is_refused(api):
    for answer in (
        api.delete("/api/v1/feed/preferences/tastes/nonsense"),
        api.patch("/api/v1/feed/preferences", {"muted_genres": ["nonsense"]}, format="json"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_genre")


def test_deleting_the_history_deletes_the_taste_and_what_the_feed_remembered(api, catalogue):
    watch(api, catalogue[0])
    feed(api)
    api.delete("/api/v1/history")
    assert api.get("/api/v1/feed/preferences").json()["tastes"] == []
    assert not Impression.objects.exists()
    assert not feed(api)["personalised"]


def test_an_impression_joins_what_came_of_it(api, catalogue):
    item = feed(api)["results"][0]
    series = next(entry for entry in catalogue if str(entry.pk) == item["series"]["id"])
    event = the_event(series.episodes.get(), "complete", impression_id=item["impression_id"])
    api.post("/api/v1/events", {"events": [event]}, format="json")
    impression = Impression.objects.get(pk=WatchEvent.objects.get().impression_id)
    assert (impression.series_id, impression.page, impression.place) == (series.pk, 0, 0)
