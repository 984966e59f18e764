"""Danmaku: at a moment of a film that is shown, heard at once by those who watch, and gone from
everywhere when gone.
"""

from __future__ import annotations

import json
import uuid

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from huaben.core.localized import LocalizedText
from huaben.core.models import RoomEvent
from huaben.review.models import Case
from huaben.speech.models import Speech
from huaben.speech.services.submission import set_speech_state
from huaben.watching.models import Danmaku
from huaben.watching.selectors.comments import MAX_DANMAKU_IN_WINDOW, MAX_STRETCH_MS
from tests.factories import UserFactory
from tests.platform.watching.works import show_series

WHY = LocalizedText("因为", "because")


@pytest.fixture(autouse=True)
def nobody_hurries(settings):
    settings.SPEECH_LIMITS = []


@pytest.fixture
def episode(db):
    return show_series("断桥").episodes.get()


def path_of(episode):
    return f"/api/v1/episodes/{episode.pk}/danmaku"


def write(client, episode, text="前方高能", position_ms=1000, *, pk=None, state="shown"):
    body = {"id": str(pk or uuid.uuid4()), "text": text, "position_ms": position_ms}
    answer = client.post(path_of(episode), body, format="json")
    assert answer.status_code == 201, answer.json()
    if state != "checking" and Speech.objects.get(pk=body["id"]).state == "checking":
        become(body["id"], state)
    return answer.json()["id"]


def become(pk, state):
    set_speech_state(
        speech_id=uuid.UUID(pk), state=state, reason=None if state == "shown" else WHY, facts={}
    )


def seen(client, episode, **params):
    return [
        (row["text"], row["state"])
        for row in client.get(path_of(episode), params).json()["results"]
    ]


def words_in_room(episode):
    return [
        event.payload
        for event in RoomEvent.objects.filter(room=f"danmaku:{episode.pk}").order_by("pk")
    ]


def many(episode, at_each):
    """Shown danmaku at the given moments, written straight into the tables."""
    author = UserFactory()
    remarks = [
        Speech(
            id=uuid.uuid4(), author=author, kind="danmaku", series=episode.series, text=f"第 {n} 条"
        )
        for n, _ in enumerate(at_each)
    ]
    Speech.objects.bulk_create(remarks)
    Speech.objects.filter(author=author).update(state="shown", settled_at="2026-11-20T00:00:00Z")
    Danmaku.objects.bulk_create(
        [
            Danmaku(speech=remark, episode=episode, position_ms=at)
            for remark, at in zip(remarks, at_each, strict=True)
        ]
    )


@pytest.mark.django_db
def test_a_danmaku_is_seen_by_others_once_it_was_checked_and_by_its_author_before(
    api, signed_in, episode
):
    author = signed_in("viewer")
    pk = write(author, episode, state="checking")
    assert seen(author, episode) == [("前方高能", "checking")]
    assert seen(api, episode) == []
    become(pk, "held")
    assert (seen(author, episode), seen(api, episode)) == ([("前方高能", "held")], [])
    become(pk, "shown")
    assert seen(api, episode) == [("前方高能", "shown")]


@pytest.mark.django_db
def test_a_refused_danmaku_is_over_nobodys_picture(api, signed_in, episode):
    author = signed_in("viewer")
    write(author, episode, state="refused")
    assert seen(author, episode) == seen(api, episode) == []
    assert words_in_room(episode) == []


@pytest.mark.django_db
def test_a_danmaku_is_one_line_at_a_moment_of_the_film(signed_in, episode):
    author = signed_in("viewer")
    write(author, episode, "一\n二 \t三", 60_000)
    assert Speech.objects.get().text == "一 二 三"
    for position, text, field in (
        (60_001, "好", "position_ms"),
        (-1, "好", "position_ms"),
        (5, "字" * 41, "text"),
    ):
        body = {"id": str(uuid.uuid4()), "text": text, "position_ms": position}
        answer = author.post(path_of(episode), body, format="json")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert Danmaku.objects.count() == Speech.objects.count() == 1


@pytest.mark.django_db
def test_the_same_danmaku_sent_again_is_one(signed_in, episode):
    author, pk = signed_in("viewer"), uuid.uuid4()
    for _ in range(3):
        write(author, episode, pk=pk)
    assert Danmaku.objects.count() == 1
    body = {"id": str(pk), "text": "前方高能", "position_ms": 2000}
    assert author.post(path_of(episode), body, format="json").json()["code"] == "speech_id_used"
    body = {"id": str(pk), "text": "前方高能"}
    comment = author.post(f"/api/v1/episodes/{episode.pk}/comments", body, format="json")
    assert comment.json()["code"] == "speech_id_used"


@pytest.mark.django_db
def test_only_who_is_signed_in_writes_and_only_over_what_is_shown(api, signed_in, episode):
    body = {"id": str(uuid.uuid4()), "text": "好", "position_ms": 0}
    assert api.post(path_of(episode), body, format="json").status_code == 401
    write(signed_in("viewer"), episode)
    Case.objects.filter(cut__episode=episode).update(state="taken_down")
    assert api.get(path_of(episode)).status_code == 404
    assert signed_in("viewer").post(path_of(episode), body, format="json").status_code == 404


@pytest.mark.django_db
def test_a_full_window_gives_as_many_as_there_is_room_for_spread_over_it(
    api, episode, django_assert_max_num_queries
):
    many(episode, [*range(0, 30_000, 25), *range(30_000, 60_000, 1000)])
    with django_assert_max_num_queries(5):
        rows = api.get(path_of(episode)).json()["results"]
    first = [row["position_ms"] for row in rows if row["position_ms"] < 30_000]
    assert len(first) == MAX_DANMAKU_IN_WINDOW
    assert [
        sum(start <= at < start + 3000 for at in first) for start in range(0, 30_000, 3000)
    ] == [20] * 10
    assert sum(row["position_ms"] >= 30_000 for row in rows) == 30
    assert [row["position_ms"] for row in rows] == sorted(row["position_ms"] for row in rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params", [{"from_ms": 10, "to_ms": 10}, {"from_ms": 0, "to_ms": MAX_STRETCH_MS + 1}]
)
def test_a_stretch_that_is_none_or_too_long_is_refused(api, episode, params):
    assert api.get(path_of(episode), params).json()["code"] == "bad_stretch"
    assert api.get(path_of(episode), {"from_ms": "x"}).status_code == 400


@pytest.mark.django_db
def test_a_stretch_holds_what_lies_in_it(api, signed_in, episode):
    author = signed_in("viewer")
    for at in (0, 999, 1000, 2000):
        write(author, episode, f"在 {at}", at)
    assert seen(api, episode, from_ms=999, to_ms=2000) == [
        ("在 999", "shown"),
        ("在 1000", "shown"),
    ]


@pytest.mark.django_db
def test_what_is_taken_down_or_taken_back_leaves_no_words_in_the_room(signed_in, episode):
    author = signed_in("viewer")
    reported, withdrawn, stays = (
        write(author, episode, text) for text in ("暗号一", "暗号二", "留着")
    )
    become(reported, "held")
    author.delete(f"/api/v1/speech/{withdrawn}")
    told = words_in_room(episode)
    assert [event["kind"] for event in told] == ["danmaku", "gone", "gone"]
    assert "暗号" not in str(told) and told[0]["danmaku"]["id"] == stays
    assert {event["id"] for event in told[1:]} == {reported, withdrawn}


@pytest.mark.django_db
def test_nothing_is_told_once_the_gate_is_shut(signed_in, episode):
    pk = write(signed_in("viewer"), episode, state="checking")
    Case.objects.filter(cut__episode=episode).update(state="taken_down")
    become(pk, "shown")
    assert words_in_room(episode) == []


def _join(server, episode, after=0, **more):
    address = f"{server.replace('http', 'ws')}/ws/rooms/danmaku:{episode.pk}/?after={after}"
    return connect(address, origin=server, **more)


def _next(socket):
    return json.loads(socket.recv(timeout=10))["events"][0]["event"]


def test_all_who_watch_hear_a_danmaku_at_once_and_see_it_go(server, signed_in, api):
    episode = show_series("断桥").episodes.get()
    author = signed_in("viewer")
    write(author, episode, "早先的")
    after = api.get(path_of(episode)).json()["after"]
    with _join(server, episode, after) as one, _join(server, episode, after) as other:
        pk = write(author, episode, "书生快跑", 12_000)
        for socket in (one, other):
            assert _next(socket)["danmaku"] == {"id": pk, "text": "书生快跑", "position_ms": 12_000}
        author.delete(f"/api/v1/speech/{pk}")
        for socket in (one, other):
            assert _next(socket) == {"kind": "gone", "id": pk}


def test_the_room_of_what_is_not_shown_is_shut(server):
    episode = show_series("断桥").episodes.get()
    Case.objects.filter(cut__episode=episode).update(state="taken_down")
    with pytest.raises(InvalidStatus):
        _join(server, episode)
