"""Comments: only under what is shown, only what was checked, and nothing twice."""

from __future__ import annotations

import uuid

import pytest

from huaben.core.localized import LocalizedText
from huaben.review.models import Case
from huaben.speech.models import Speech
from huaben.speech.services.submission import set_speech_state
from huaben.watching.models import Comment
from huaben.watching.selectors.comments import MAX_FIRST_REPLIES, count_comments
from tests.factories import EpisodeFactory, UserFactory
from tests.platform.watching.works import show_series, unshown_cut

pytestmark = pytest.mark.django_db
WHY = LocalizedText("因为", "because")


@pytest.fixture(autouse=True)
def nobody_hurries(settings):
    settings.SPEECH_LIMITS = []


@pytest.fixture
def episode(db):
    return show_series("断桥").episodes.get()


def comments(episode):
    return f"/api/v1/episodes/{episode.pk}/comments"


def write(client, episode, text="好一出断桥", *, pk=None, reply_to=None, state="shown"):
    """Write a comment and let it be settled as the check would."""
    body = {
        "id": str(pk or uuid.uuid4()),
        "text": text,
        **({"reply_to": reply_to} if reply_to else {}),
    }
    answer = client.post(comments(episode), body, format="json")
    assert answer.status_code == 201, answer.json()
    if state != "checking" and Speech.objects.get(pk=body["id"]).state == "checking":
        set_speech_state(
            speech_id=uuid.UUID(body["id"]),
            state=state,
            reason=None if state == "shown" else WHY,
            facts={},
        )
    return answer.json()["id"]


def texts(client, episode, **params):
    return [row["text"] for row in client.get(comments(episode), params).json()["results"]]


def all_pages(client, path, limit):
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(path, {"limit": limit, **({"cursor": cursor} if cursor else {})}).json()
        found += [row["text"] for row in page["results"]]
        cursor = page["next_cursor"]
    return found


def close_gate(episode):
    Case.objects.filter(cut__episode=episode).update(state="taken_down")


def test_a_new_comment_is_read_by_its_author_alone_until_it_was_checked(api, signed_in, episode):
    author = signed_in("viewer")
    pk = write(author, episode, state="checking")
    own = author.get(comments(episode)).json()["results"][0]
    assert (own["state"], own["mine"], own["author"]["handle"]) == (
        "checking",
        True,
        author.user.handle,
    )
    assert texts(api, episode) == texts(signed_in("viewer"), episode) == []
    set_speech_state(speech_id=uuid.UUID(pk), state="shown", reason=None, facts={})
    page = api.get(comments(episode)).json()
    assert [row["text"] for row in page["results"]] == ["好一出断桥"]
    assert (page["count"], page["results"][0]["mine"]) == (1, False)


def test_a_refused_comment_never_appears_to_others_and_tells_its_author_why(
    api, signed_in, episode
):
    author = signed_in("viewer")
    write(author, episode, state="refused")
    assert texts(api, episode) == texts(signed_in("moderator"), episode) == []
    own = author.get(comments(episode)).json()["results"][0]
    assert (own["state"], own["reason"]) == ("refused", WHY.as_dict())
    assert author.get(comments(episode)).json()["count"] == 0


def test_whoever_is_not_signed_in_reads_and_does_not_write(api, episode):
    assert api.get(comments(episode)).status_code == 200
    assert (
        api.post(
            comments(episode), {"id": str(uuid.uuid4()), "text": "好"}, format="json"
        ).status_code
        == 401
    )


def test_the_same_comment_sent_again_is_one_and_the_id_is_good_for_nothing_else(signed_in, episode):
    author, pk = signed_in("viewer"), uuid.uuid4()
    write(author, episode, pk=pk)
    write(author, episode, pk=pk)
    assert Comment.objects.count() == Speech.objects.count() == 1
    elsewhere = EpisodeFactory(series=episode.series, number=2)
    show = show_series("画皮").episodes.get()
    for place, text in ((episode, "别的话"), (show, "好一出断桥")):
        answer = author.post(comments(place), {"id": str(pk), "text": text}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "speech_id_used")
    assert (
        author.post(
            comments(elsewhere), {"id": str(pk), "text": "好一出断桥"}, format="json"
        ).status_code
        == 404
    )
    assert Comment.objects.get().episode == episode


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "字" * 301, "x" * 5000])
def test_a_comment_that_says_nothing_or_too_much_names_the_field(signed_in, episode, text):
    answer = signed_in("viewer").post(
        comments(episode), {"id": str(uuid.uuid4()), "text": text}, format="json"
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "text"
    assert not Speech.objects.exists()


def test_when_the_gate_closes_the_comments_are_gone_with_it(api, signed_in, episode):
    author = signed_in("viewer")
    pk = write(author, episode)
    write(author, episode, "同意", reply_to=pk)
    close_gate(episode)
    for client in (api, author, signed_in("moderator")):
        assert client.get(comments(episode)).status_code == 404
        assert client.get(f"/api/v1/comments/{pk}/replies").status_code == 404
    again = author.post(
        comments(episode), {"id": str(uuid.uuid4()), "text": "还在吗"}, format="json"
    )
    assert again.status_code == 404
    assert Speech.objects.count() == 2


def test_nothing_is_said_under_what_was_never_shown_or_does_not_exist(signed_in, episode):
    hidden = unshown_cut(episode.series).episode
    for pk in (hidden.pk, uuid.uuid4()):
        path = f"/api/v1/episodes/{pk}/comments"
        answer = signed_in("viewer").post(
            path, {"id": str(uuid.uuid4()), "text": "好"}, format="json"
        )
        assert answer.status_code == 404
    assert not Speech.objects.exists()


def test_pages_are_newest_first_and_whole_for_any_length(api, signed_in, episode):
    author = signed_in("viewer")
    for number in range(7):
        write(author, episode, f"第 {number} 句")
    expected = [f"第 {number} 句" for number in range(6, -1, -1)]
    for limit in (1, 3, 7, 20):
        assert all_pages(api, comments(episode), limit) == expected
    assert api.get(comments(episode), {"cursor": "~"}).json()["code"] == "bad_cursor"


def test_answers_stand_under_their_comment_a_few_at_once_and_the_rest_when_asked(
    api, signed_in, episode
):
    author = signed_in("viewer")
    top = write(author, episode, "谁是凶手")
    for number in range(5):
        write(author, episode, f"我猜 {number}", reply_to=top)
    write(author, episode, "还没查", reply_to=top, state="held")
    row = api.get(comments(episode)).json()["results"][0]
    assert [reply["text"] for reply in row["replies"]] == [
        f"我猜 {n}" for n in range(MAX_FIRST_REPLIES)
    ]
    assert row["reply_count"] == 5
    assert author.get(comments(episode)).json()["results"][0]["reply_count"] == 6
    for limit in (2, 20):
        assert all_pages(api, f"/api/v1/comments/{top}/replies", limit) == [
            f"我猜 {n}" for n in range(5)
        ]


def test_an_answer_to_an_answer_stands_beside_it(api, signed_in, episode):
    author = signed_in("viewer")
    top = write(author, episode, "一")
    answer = write(author, episode, "二", reply_to=top)
    write(author, episode, "三", reply_to=answer)
    row = api.get(comments(episode)).json()["results"][0]
    assert [(reply["text"], reply["reply_to"]) for reply in row["replies"]] == [
        ("二", top),
        ("三", top),
    ]


def test_nobody_answers_what_they_cannot_read_or_what_stands_elsewhere(signed_in, episode):
    author, other = signed_in("viewer"), signed_in("viewer")
    unseen = write(author, episode, state="held")
    elsewhere = write(author, show_series("画皮").episodes.get())
    for pk in (unseen, elsewhere, str(uuid.uuid4())):
        body = {"id": str(uuid.uuid4()), "text": "同意", "reply_to": pk}
        assert other.post(comments(episode), body, format="json").status_code == 404
    assert Speech.objects.count() == 2


def test_with_a_comment_its_answers_are_gone_and_nobody_counts_them(api, signed_in, episode):
    author = signed_in("viewer")
    top, alone = write(author, episode, "一"), write(author, episode, "另一")
    write(signed_in("viewer"), episode, "二", reply_to=top)
    assert count_comments([episode.pk]) == {episode.pk: 3}
    assert author.delete(f"/api/v1/speech/{top}").status_code == 204
    assert texts(api, episode) == texts(author, episode) == ["另一"]
    assert count_comments([episode.pk]) == {episode.pk: 1}
    assert api.get(f"/api/v1/comments/{top}/replies").status_code == 404
    assert api.get(comments(episode)).json()["results"][0]["id"] == alone


def test_nobody_takes_back_what_another_said(signed_in, episode, api):
    pk = write(signed_in("viewer"), episode)
    assert signed_in("moderator").delete(f"/api/v1/speech/{pk}").status_code == 404
    assert api.delete(f"/api/v1/speech/{pk}").status_code == 401
    assert texts(api, episode) == ["好一出断桥"]


def test_who_writes_too_fast_is_told_when_to_go_on(signed_in, episode, settings):
    settings.SPEECH_LIMITS = [(2, 60)]
    author = signed_in("viewer")
    for n in range(2):
        write(author, episode, f"第 {n} 句")
    answer = author.post(
        comments(episode), {"id": str(uuid.uuid4()), "text": "第三句"}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (429, "speaking_too_fast")
    assert 50 <= int(answer["Retry-After"]) <= 61
    assert Speech.objects.count() == 2


def test_a_page_costs_as_much_as_a_line(signed_in, episode, django_assert_max_num_queries):
    for number in range(8):
        author = signed_in("viewer")
        top = write(author, episode, f"第 {number} 句")
        write(author, episode, "自己答", reply_to=top)
    reader = signed_in("viewer")
    with django_assert_max_num_queries(8):
        page = reader.get(comments(episode)).json()
    assert len(page["results"]) == 8 and all(row["replies"] for row in page["results"])


def test_a_feeds_page_says_how_many_comments_there_are(api, signed_in, episode):
    write(signed_in("viewer"), episode)
    write(signed_in("viewer"), episode, "没过", state="held")
    items = api.get("/api/v1/feed").json()["results"]
    assert [
        item["comment_count"] for item in items if item["episode"]["id"] == str(episode.pk)
    ] == [1]


def test_a_moderator_sees_where_something_was_said(signed_in, episode):
    author = signed_in("viewer")
    top = write(author, episode, "谁是凶手")
    pk = write(author, episode, "是他", reply_to=top, state="held")
    rows = signed_in("moderator").get("/api/v1/review/speech").json()["results"]
    assert [(row["id"], row["episode"]["number"], row["in_reply_to"]) for row in rows] == [
        (pk, 1, "谁是凶手")
    ]
    assert rows[0]["series"]["title"] == "断桥"


def test_words_of_a_closed_account_stay_without_its_name(api, signed_in, episode):
    user = UserFactory(display_name="听众甲")
    write(signed_in(user=user), episode)
    user.is_active = False
    user.save()
    row = api.get(comments(episode)).json()["results"][0]
    assert "听众甲" not in str(row) and row["author"]["handle"] == ""
