"""What is on stage says what was cleared, wherever it is read, until its new words are cleared."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from huaben.catalog.gate import may_show
from huaben.catalog.models import Series
from huaben.catalog.services import replace_graph
from huaben.core.problems import Conflict
from huaben.interactive.models import Playthrough
from huaben.interactive.services import choose
from huaben.review.services import refuse_words
from tests.factories import UserFactory
from tests.platform.catalog.writing import (
    FINE,
    RUDE,
    RUDE_ENGLISH,
    draw,
    edge,
    newest,
    rename,
    retitle,
    run_check,
)
from tests.platform.interactive.stories import choice, forked_tale, premiere_at_eight
from tests.platform.watching.works import show_series, watch

pytestmark = pytest.mark.django_db
OLD = "灯影录"


@pytest.fixture
def creator(signed_in: Any) -> Any:
    return signed_in("viewer", "creator")


@pytest.fixture
def series(creator: Any) -> Series:
    return show_series(OLD, episodes=2, creator=creator.user, synopsis="一个书生。")


def everything_read(api: Any, series: Series) -> str:
    """Whatever a stranger reads of a series, as one text."""
    first, second = series.episodes.all()
    watch(api, series, to_ms=20_000)
    addresses = [
        "feed",
        "series",
        f"series/{series.pk}",
        f"episodes/{first.pk}",
        f"episodes/{second.pk}",
        f"episodes/{first.pk}/next",
        "continue-watching",
        "history",
        "charts",
        "premieres",
    ]
    answers = [api.get(f"/api/v1/{address}") for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    item = next(iter(answers[0].json()["results"]), None)
    if item is not None:
        answers.append(api.get(f"/api/v1/feed/{item['impression_id']}/why"))
    return "\n".join(json.dumps(answer.json(), ensure_ascii=False) for answer in answers)


def found(api: Any, query: str) -> list[str]:
    rows = api.get("/api/v1/series", {"q": query}).json()["results"]
    return [row["title"] for row in rows]


def test_new_words_are_read_by_nobody_before_they_are_cleared(api, creator, series):
    premiere_at_eight(series)
    assert retitle(creator, series, title=RUDE, synopsis="脏话连篇").status_code == 200
    assert rename(creator, series.episodes.first(), "骂人的一集").status_code == 204
    read = everything_read(api, series)
    assert OLD in read and "一个书生" in read
    assert not any(new in read for new in (RUDE, "脏话", "骂人"))
    assert found(api, OLD) == [OLD] and found(api, RUDE) == []
    for revision in series.words_revisions.all():
        run_check(revision)
    assert RUDE not in everything_read(api, series)


def test_words_that_the_check_lets_pass_are_on_stage_at_once(api, creator, series):
    rename(creator, series.episodes.first(), FINE)
    retitle(creator, series, synopsis="一盏灯。")
    for revision in series.words_revisions.all():
        assert run_check(revision).state == "cleared"
    read = everything_read(api, series)
    assert FINE in read and "一盏灯" in read and "一个书生" not in read


def test_the_author_sees_what_waits_and_what_is_on_stage(creator, series):
    answer = retitle(creator, series, title=RUDE).json()
    assert (answer["title"], len(answer["words"])) == (OLD, 1)
    (waiting,) = answer["words"]
    assert (waiting["kind"], waiting["state"], waiting["object_id"]) == (
        "series",
        "checking",
        str(series.pk),
    )
    assert waiting["changes"] == [
        {"field": "title", "before": OLD, "after": RUDE},
        {"field": "synopsis", "before": "一个书生。", "after": "一个书生。"},
    ]
    run_check(newest())
    (waiting,) = creator.get(f"/api/v1/studio/series/{series.pk}").json()["words"]
    assert waiting["state"] == "waiting" and waiting["reason"]["en"]


def test_a_later_edit_adds_to_what_waits_and_supersedes_it(creator, series):
    retitle(creator, series, title=RUDE)
    retitle(creator, series, synopsis="新的简介")
    old, new = series.words_revisions.order_by("pk")
    assert (old.state, new.state, new.words) == ("superseded", "checking", [RUDE, "新的简介"])
    retitle(creator, series, synopsis="新的简介")
    assert series.words_revisions.count() == 2
    retitle(creator, series, title=OLD, synopsis="一个书生。")
    new.refresh_from_db()
    assert new.state == "withdrawn" and series.words_revisions.count() == 2


def test_the_author_takes_words_back_and_nobody_else_does(creator, series, signed_in):
    retitle(creator, series, title=RUDE)
    path = f"/api/v1/studio/words/{newest().pk}/withdraw"
    assert signed_in("viewer", "creator").post(path).status_code == 404
    for _ in range(2):
        answer = creator.post(path)
        assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert creator.get(f"/api/v1/studio/series/{series.pk}").json()["words"] == []
    history = creator.get(f"/api/v1/studio/series/{series.pk}/words").json()["results"]
    assert [row["state"] for row in history] == ["withdrawn"]
    assert run_check(newest()).state == "withdrawn"


def test_a_draft_is_written_where_it_stands(creator):
    draft = creator.post("/api/v1/series", {"title": "初稿"}, format="json").json()
    series = Series.objects.get(pk=draft["id"])
    answer = retitle(creator, series, title="二稿").json()
    assert (answer["title"], answer["words"]) == ("二稿", [])


def test_words_that_came_into_the_table_by_another_way_shut_the_gate(api, creator, series):
    cut = series.episodes.first().cuts.get()
    assert may_show(cut.pk)
    with connection.cursor() as cursor:
        cursor.execute("update catalog_series set title = %s where id = %s", [RUDE, series.pk])
    assert not may_show(cut.pk)
    assert api.get(f"/api/v1/series/{series.pk}").status_code == 404
    checklist = creator.get(f"/api/v1/cuts/{cut.pk}/gate").json()
    assert [reason["code"] for reason in checklist["reasons"]] == ["words_of_series"]


@pytest.mark.parametrize("sent", ["", "  ", "\u200b", "\u2800\u3164", "\u202e"])
def test_words_that_show_nothing_are_refused(creator, series, sent):
    assert creator.post("/api/v1/series", {"title": sent}, format="json").status_code == 400
    assert retitle(creator, series, title=sent).status_code == 400
    assert rename(creator, series.episodes.first(), sent).status_code == 400
    first, second = series.episodes.all()
    way = {"from_episode_id": str(first.pk), "to_episode_id": str(second.pk), "text": sent}
    if sent.strip():
        answer = draw(creator, series, way)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_graph")
        assert [error["field"] for error in answer.json()["errors"]] == ["text"]


def test_words_are_cleaned(creator):
    sent = {"title": "灯\u202e影\n录\u200b", "synopsis": "一\r\n\r\n\r\n\r\n二\u2066"}
    made = creator.post("/api/v1/series", sent, format="json").json()
    assert (made["title"], made["synopsis"]) == ("灯影 录", "一\n\n二")


def test_a_choice_that_is_rewritten_is_offered_in_its_old_words(api, creator):
    tale = forked_tale(creator=creator.user)
    jade = choice(tale, "收下玉佩")
    edges = [edge(choice) for choice in tale.choices.all()]
    assert draw(creator, tale, *[edges[0] | {"text": RUDE}, *edges[1:]]).status_code == 200
    state = api.post("/api/v1/playthroughs", {"series_id": str(tale.pk)}, format="json").json()
    assert [choice["text"] for choice in state["choices"]] == ["收下玉佩", "转身走进雨里"]
    detail = json.dumps(api.get(f"/api/v1/series/{tale.pk}").json(), ensure_ascii=False)
    assert RUDE not in detail
    run_check(newest())
    jade.refresh_from_db()
    assert (jade.text, newest().state) == ("收下玉佩", "waiting")


def test_a_choice_that_nobody_has_cleared_is_not_offered(api, creator):
    tale = forked_tale(creator=creator.user)
    first, fourth = tale.episodes.get(number=1), tale.episodes.get(number=4)
    edges = [edge(choice) for choice in tale.choices.all()]
    fresh = {"from_episode_id": str(first.pk), "to_episode_id": str(fourth.pk)}
    assert draw(creator, tale, *edges, fresh | {"text": RUDE_ENGLISH}).status_code == 200
    state = api.post("/api/v1/playthroughs", {"series_id": str(tale.pk)}, format="json").json()
    assert RUDE_ENGLISH not in [choice["text"] for choice in state["choices"]]
    with pytest.raises(Conflict, match="choice_not_here"):
        choose(
            playthrough_id=UUID(state["id"]),
            viewer_id=Playthrough.objects.get().viewer_id,
            key=uuid4(),
            choice_id=choice(tale, RUDE_ENGLISH).pk,
        )
    assert RUDE_ENGLISH not in json.dumps(api.get(f"/api/v1/series/{tale.pk}").json())
    assert run_check(newest()).state == "waiting"
    refused = refuse_words(
        revision_id=newest().pk, by=UserFactory(roles=["moderator"]), reason="words"
    )
    # Saved again as it is, it is not sent again.
    draw(creator, tale, *[edge(choice) for choice in tale.choices.all()])
    assert newest() == refused


def test_a_choice_drawn_later_is_offered_once_the_check_lets_it_pass(api, creator, series):
    first, second = series.episodes.all()
    way = {"from_episode_id": str(first.pk), "to_episode_id": str(second.pk), "text": "开门"}
    draw(creator, series, way)
    assert api.get(f"/api/v1/series/{series.pk}").json()["choices"] == []
    assert api.get(f"/api/v1/episodes/{first.pk}").json()["has_choices"] is False
    assert api.get(f"/api/v1/episodes/{first.pk}/next").status_code == 204
    assert run_check(newest()).state == "cleared"
    (shown,) = api.get(f"/api/v1/series/{series.pk}").json()["choices"]
    assert shown["text"] == "开门"


def test_a_choice_that_is_removed_takes_its_waiting_words_along(creator):
    tale = forked_tale(creator=creator.user)
    edges = [edge(choice) for choice in tale.choices.all()]
    draw(creator, tale, *[edges[0] | {"text": RUDE}, *edges[1:]])
    draw(creator, tale, *edges[1:])
    assert newest().state == "withdrawn"


def test_a_choice_without_words_shows_no_seal(creator, series):
    first, second = series.episodes.all()
    replace_graph(
        series=series,
        choices=[{"from_episode_id": first.pk, "to_episode_id": second.pk, "seal": "脏"}],
    )
    assert series.choices.get().seal == ""
