"""Writing rooms over HTTP: who may come in, what is marked, and what becomes of the text."""

from __future__ import annotations

import uuid

import pytest

from huaben.cocreation.models import Credit, Version, WritingRoom
from huaben.cocreation.selectors.writing_rooms import load_book
from huaben.cocreation.services import (
    add_writer,
    get_or_create_writing_room,
    remove_writer,
    store_update,
)
from huaben.cocreation.services.writing_rooms import MAX_WRITERS
from huaben.studio.models import Project
from tests.factories import SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return SeriesFactory(title="第七盏灯")


@pytest.fixture
def maker(signed_in, series):
    return signed_in(user=series.creator)


@pytest.fixture
def guest(signed_in):
    return signed_in(user=UserFactory(roles=["viewer"], handle="tea-guest"))


def open_it(maker, series):
    answer = maker.post(f"/api/v1/series/{series.pk}/writing")
    assert answer.status_code == 200, answer.content
    return answer.json()


def write(room_id, user, text):
    book = load_book(room_id)
    store_update(room_id=room_id, user=user, book=load_book(room_id), update=book.replace(text))


def test_the_maker_opens_one_room_however_often_they_ask(maker, series):
    room = open_it(maker, series)
    assert open_it(maker, series) == room
    assert WritingRoom.objects.count() == 1
    assert (room["may_manage"], [writer["maker"] for writer in room["writers"]]) == (True, [True])


def test_a_room_is_there_only_for_those_who_write_in_it(maker, guest, series, api):
    room = open_it(maker, series)
    paths = [f"/api/v1/series/{series.pk}/writing", f"/api/v1/writing/{room['id']}/versions"]
    for path in paths:
        assert guest.get(path).status_code == 404
        assert api.get(path).status_code == 401
    assert guest.post(f"/api/v1/series/{series.pk}/writing").status_code == 404
    assert (
        guest.post(
            f"/api/v1/writing/{room['id']}/versions", {"name": "x"}, format="json"
        ).status_code
        == 404
    )
    assert guest.get("/api/v1/writing").json()["results"] == []


def test_whoever_is_let_in_by_handle_finds_the_room_and_may_leave_it(maker, guest, series):
    room = open_it(maker, series)
    path = f"/api/v1/writing/{room['id']}/writers"
    answer = maker.post(path, {"handle": " @Tea-Guest "}, format="json")
    assert [writer["person"]["handle"] for writer in answer.json()["writers"]][1:] == ["tea-guest"]
    assert maker.post(path, {"handle": "tea-guest"}, format="json").json() == answer.json()
    [card] = guest.get("/api/v1/writing").json()["results"]
    assert (card["series"]["title"], card["writers"]) == ("第七盏灯", 2)
    assert guest.get(f"/api/v1/series/{series.pk}/writing").json()["may_manage"] is False
    assert guest.delete(f"{path}/{guest.user.pk}").status_code == 204
    assert guest.get("/api/v1/writing").json()["results"] == []
    assert maker.post(path, {"handle": "tea-guest"}, format="json").status_code == 200


def test_only_the_maker_lets_in_and_shows_out_and_stays_themselves(maker, guest, series):
    room = open_it(maker, series)
    path = f"/api/v1/writing/{room['id']}/writers"
    maker.post(path, {"handle": "tea-guest"}, format="json")
    other = UserFactory()
    assert guest.post(path, {"handle": other.handle}, format="json").status_code == 404
    assert guest.delete(f"{path}/{series.creator_id}").status_code == 404
    assert maker.delete(f"{path}/{series.creator_id}").json()["code"] == "maker_stays"
    assert maker.delete(f"{path}/{guest.user.pk}").status_code == 204
    assert maker.delete(f"{path}/{guest.user.pk}").status_code == 404
    assert guest.get(f"/api/v1/series/{series.pk}/writing").status_code == 404


def test_a_handle_that_nobody_has_is_named_at_its_field(maker, series):
    room = open_it(maker, series)
    answer = maker.post(
        f"/api/v1/writing/{room['id']}/writers", {"handle": "no-such-one"}, format="json"
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "handle")


def test_a_full_room_lets_nobody_more_in(maker, series):
    room = open_it(maker, series)
    for user in UserFactory.create_batch(MAX_WRITERS - 1):
        add_writer(room=WritingRoom.objects.get(), user=user, by=series.creator)
    answer = maker.post(
        f"/api/v1/writing/{room['id']}/writers", {"handle": UserFactory().handle}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "room_full")


def test_a_version_is_marked_once_for_each_key_listed_read_and_gone_back_to(maker, series):
    room = open_it(maker, series)
    write(room["id"], series.creator, "第一稿")
    path = f"/api/v1/writing/{room['id']}/versions"
    key = {"HTTP_IDEMPOTENCY_KEY": "one"}
    made = maker.post(path, {"name": "初稿"}, format="json", **key)
    assert maker.post(path, {"name": "初稿"}, format="json", **key).json() == made.json()
    write(room["id"], series.creator, "第二稿")
    [card] = maker.get(path).json()["results"]
    assert (made.status_code, card["name"], card["by"]["id"]) == (
        201,
        "初稿",
        str(series.creator_id),
    )
    assert maker.get(f"{path}/{card['id']}").json()["text"] == "第一稿"
    assert maker.post(f"{path}/{card['id']}/restore").status_code == 204
    assert load_book(room["id"]).text == "第一稿"
    assert [version["before"] for version in maker.get(path).json()["results"]] == ["初稿", None]
    assert maker.post(path, {"name": "  "}, format="json").status_code == 400
    assert maker.post(f"{path}/{uuid.uuid4()}/restore").status_code == 404
    assert Version.objects.count() == 2


def test_the_text_becomes_an_episode_of_the_series_once_for_each_key_and_who_wrote_is_credited(
    maker, guest, series
):
    room = open_it(maker, series)
    silent = UserFactory()
    for user in (guest.user, silent):
        add_writer(room=WritingRoom.objects.get(), user=user, by=series.creator)
    write(room["id"], series.creator, "雨夜破庙")
    write(room["id"], guest.user, "雨夜破庙，书生遇见提灯的女鬼")
    remove_writer(room=WritingRoom.objects.get(), user_id=guest.user.pk)
    path = f"/api/v1/writing/{room['id']}/project"
    key = {"HTTP_IDEMPOTENCY_KEY": "one"}
    begun = maker.post(path, {"seconds": 24}, format="json", **key)
    assert maker.post(path, {"seconds": 24}, format="json", **key).json() == begun.json()
    project = Project.objects.get()
    assert (begun.status_code, begun.json()["project_id"]) == (201, str(project.pk))
    assert (project.idea, project.owner, project.series, project.seconds) == (
        "雨夜破庙，书生遇见提灯的女鬼", series.creator, series, 24
    )  # fmt: skip
    assert {(credit.person_id, credit.part) for credit in Credit.objects.all()} == {
        (series.creator_id, "writing"), (guest.user.pk, "writing")
    }  # fmt: skip
    maker.post(path, {"idea": "只用这一句"}, format="json")
    assert Project.objects.get(idea="只用这一句") and Credit.objects.count() == 2


def test_a_maker_who_wrote_alone_wrote_with_nobody(maker, series):
    room = open_it(maker, series)
    write(room["id"], series.creator, "雨夜破庙")
    assert maker.post(f"/api/v1/writing/{room['id']}/project", {}, format="json").status_code == 201
    assert not Credit.objects.exists()


def test_nothing_and_too_much_are_no_idea_and_a_co_writer_makes_no_episode(maker, guest, series):
    room = open_it(maker, series)
    path = f"/api/v1/writing/{room['id']}/project"
    assert maker.post(path, {}, format="json").json()["code"] == "book_empty"
    write(room["id"], series.creator, "一" * 20_001)
    assert maker.post(path, {}, format="json").json()["code"] == "idea_too_long"
    maker.post(f"/api/v1/writing/{room['id']}/writers", {"handle": "tea-guest"}, format="json")
    assert guest.post(path, {"idea": "我来"}, format="json").status_code == 404
    assert not Project.objects.exists()


def test_a_credit_cannot_be_taken_back_not_even_in_the_database(series):
    credit = Credit.objects.create(series=series, person=UserFactory(), part="writing")
    with pytest.raises(Exception, match=r"[Cc]annot delete"):
        credit.delete()


def test_the_lists_cost_the_same_for_one_and_for_many(maker, series, django_assert_max_num_queries):
    for number in range(12):
        room = get_or_create_writing_room(series=SeriesFactory(creator=series.creator))
        Version.objects.create(room=room, name=str(number), by=series.creator)
        Version.objects.create(
            room=get_or_create_writing_room(series=series), name=str(number), by=UserFactory()
        )
    with django_assert_max_num_queries(4):
        assert len(maker.get("/api/v1/writing?limit=50").json()["results"]) == 13
    room_id = WritingRoom.objects.get(series=series).pk
    with django_assert_max_num_queries(5):
        assert (
            len(maker.get(f"/api/v1/writing/{room_id}/versions?limit=50").json()["results"]) == 12
        )
    for user in UserFactory.create_batch(8):
        add_writer(room=WritingRoom.objects.get(pk=room_id), user=user, by=series.creator)
    with django_assert_max_num_queries(5):
        assert len(maker.get(f"/api/v1/series/{series.pk}/writing").json()["writers"]) == 9
