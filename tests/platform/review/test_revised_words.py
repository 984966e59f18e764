"""Moderators read new words beside the old, and the words of a case beside its film."""

from __future__ import annotations

from typing import Any

import pytest

from huaben.catalog.models import ClearedWords, Series, WordsRevision
from huaben.core.jobs import cancel_job
from huaben.core.models import Job
from huaben.review.models import Decision
from tests.factories import CutFactory, EpisodeFactory, SeriesFactory
from tests.platform.catalog.writing import (
    FINE,
    RUDE,
    RUDE_ENGLISH,
    decide,
    draw,
    newest,
    rename,
    retitle,
    run_check,
)
from tests.platform.review.reading import words_read
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db
WORDS = "/api/v1/review/words"


@pytest.fixture
def creator(signed_in: Any) -> Any:
    return signed_in("viewer", "creator")


@pytest.fixture
def series(creator: Any) -> Series:
    return show_series("灯影录", episodes=2, creator=creator.user)


@pytest.fixture
def waiting(creator: Any, series: Series) -> WordsRevision:
    """A filed title that waits for a moderator."""
    retitle(creator, series, title=FINE)
    return run_check(newest())


def listed(client: Any, state: str = "waiting") -> list[dict[str, Any]]:
    return list(client.get(WORDS, {"state": state}).json()["results"])


@pytest.mark.parametrize(
    ("title", "state"),
    [
        (FINE, "cleared"),
        ("The seventh lamp", "cleared"),
        (RUDE, "waiting"),
        (RUDE_ENGLISH, "waiting"),
    ],
)
def test_what_the_check_lets_pass_is_cleared_and_all_else_waits(creator, series, title, state):
    rename(creator, series.episodes.first(), title)
    assert run_check(newest()).state == state


def test_an_insult_is_not_drowned_by_a_long_synopsis(creator, series):
    retitle(creator, series, title=RUDE, synopsis="从前有座山，山里有座庙。" * 20)
    assert run_check(newest()).state == "waiting"
    assert newest().facts["verdict"] != "pass"


def test_a_filed_title_always_waits_for_a_moderator(waiting):
    assert waiting.state == "waiting" and "备案" in waiting.reason["zh"]


def test_words_whose_check_does_not_end_wait_for_a_moderator(creator, series):
    rename(creator, series.episodes.first(), FINE)
    cancel_job(Job.objects.get(kind="review.check_words").pk)
    assert newest().state == "waiting" and newest().facts == {}


def test_a_moderator_reads_old_beside_new_and_approves(signed_in, waiting, series, api):
    moderator = signed_in("moderator")
    (row,) = listed(moderator)
    assert row["changes"][0] == {"field": "title", "before": "灯影录", "after": FINE}
    assert (row["series"]["title"], row["may_decide"]) == ("灯影录", True)
    assert row["filing"]["number"]
    answer = decide(moderator, waiting, "approve")
    assert (answer.status_code, answer.json()["state"]) == (200, "cleared")
    assert answer.json()["decided_by"]["id"] == str(moderator.user.pk)
    assert api.get(f"/api/v1/series/{series.pk}").json()["title"] == FINE
    assert api.get("/api/v1/series", {"q": FINE}).json()["results"]
    assert listed(moderator) == [] and len(listed(moderator, "decided")) == 1
    assert decide(moderator, waiting, "approve").json()["code"] == "words_settled"


def test_a_refusal_has_a_reason_that_the_author_reads(signed_in, creator, waiting, series):
    moderator = signed_in("moderator")
    for fields, code in (
        ({"reason": "ugly"}, "unknown_reason"),
        ({"reason": "other"}, "note_needed"),
    ):
        answer = decide(moderator, waiting, "refuse", **fields)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    answer = decide(moderator, waiting, "refuse", reason="words", note="与剧情不符")
    assert answer.json()["state"] == "refused"
    (told,) = creator.get(f"/api/v1/studio/series/{series.pk}").json()["words"]
    assert told["state"] == "refused" and "与剧情不符" in told["reason"]["zh"]
    assert "decided_by" not in told
    series.refresh_from_db()
    assert series.title == "灯影录"


def test_nobody_decides_about_the_words_of_a_work_of_their_own(signed_in, series, waiting):
    series.creator.roles = ["creator", "moderator"]
    series.creator.save()
    own = signed_in(user=series.creator)
    assert listed(own)[0]["may_decide"] is False
    for verb, fields in (("approve", {}), ("refuse", {"reason": "words"})):
        answer = decide(own, waiting, verb, **fields)
        assert (answer.status_code, answer.json()["code"]) == (403, "own_series")


def test_only_moderators_come_to_this_list(api, signed_in, waiting):
    for client in (api, signed_in(), signed_in("filing_admin", "operator")):
        assert client.get(WORDS).status_code in (401, 403)
        assert client.get(f"{WORDS}/{waiting.pk}").status_code in (401, 403)
        assert decide(client, waiting, "approve").status_code in (401, 403)


def test_pages_of_the_list_hold_each_line_once(signed_in, creator, series):
    for episode in series.episodes.all():
        rename(creator, episode, RUDE_ENGLISH)
        run_check(newest())
    moderator = signed_in("moderator")
    first = moderator.get(WORDS, {"limit": 1}).json()
    second = moderator.get(WORDS, {"limit": 1, "cursor": first["next_cursor"]}).json()
    seen = [row["episode"]["number"] for row in (*first["results"], *second["results"])]
    assert seen == [1, 2] and second["next_cursor"] is None
    stale = {"state": "decided", "cursor": first["next_cursor"]}
    assert moderator.get(WORDS, stale).json()["code"] == "bad_cursor"


def a_case(checked_case: Any, creator: Any) -> Any:
    series = SeriesFactory(creator=creator.user, title="初稿", synopsis="一盏灯。")
    first = EpisodeFactory(series=series, number=1, title="开门")
    second = EpisodeFactory(series=series, number=2, title="关门")
    way = {"from_episode_id": str(first.pk), "to_episode_id": str(second.pk)}
    assert draw(creator, series, way | {"text": "进去", "seal": "进"}).status_code == 200
    return checked_case(CutFactory(episode=first))


def act(client: Any, case: Any, verb: str, **body: Any) -> Any:
    return client.post(f"/api/v1/review/cases/{case.pk}/{verb}", body, format="json")


def test_the_case_shows_all_words_and_its_approval_clears_them(signed_in, checked_case, creator):
    moderator, case = signed_in("moderator"), a_case(checked_case, creator)
    page = act(moderator, case, "take").json()
    said = [[text["text"] for text in part["texts"]] for part in page["words"]]
    assert said == [["初稿", "一盏灯。"], ["开门"], ["进去", "进"]]
    answer = act(moderator, case, "approve", words_sha256=page["words_sha256"])
    assert answer.status_code == 200, answer.json()
    assert sorted(row.words[0] for row in ClearedWords.objects.all()) == ["初稿", "开门", "进去"]
    assert [part["words"] for part in Decision.objects.get().words] == said


@pytest.mark.parametrize("edit", ["title", "episode", "choice"])
def test_words_that_change_while_one_reads_are_not_approved(signed_in, checked_case, creator, edit):
    moderator, case = signed_in("moderator"), a_case(checked_case, creator)
    series = case.cut.episode.series
    read = act(moderator, case, "take").json()["words_sha256"]
    if edit == "title":
        retitle(creator, series, title=RUDE)
    elif edit == "episode":
        rename(creator, case.cut.episode, RUDE)
    else:
        first, second = series.episodes.all()
        way = {"from_episode_id": str(first.pk), "to_episode_id": str(second.pk)}
        draw(creator, series, way | {"text": RUDE})
    answer = act(moderator, case, "approve", words_sha256=read)
    assert (answer.status_code, answer.json()["code"]) == (409, "words_changed")
    assert not ClearedWords.objects.exists() and not Decision.objects.exists()
    answer = act(moderator, case, "approve", words_sha256=words_read(case))
    assert answer.status_code == 200


def test_an_approval_says_which_words_were_read(signed_in, checked_case, creator):
    moderator, case = signed_in("moderator"), a_case(checked_case, creator)
    act(moderator, case, "take")
    assert act(moderator, case, "approve").status_code == 400
