"""Writing together over real sockets: merged, stored before it is told, bounded, and for those only
who belong.
"""

from __future__ import annotations

import json
import os
import threading

import pytest
import redis
from django.contrib.sessions.models import Session
from django.db import connection

from huaben.cocreation.models import Snapshot, Update, Version, Writer, WritingRoom
from huaben.cocreation.selectors.writing_rooms import load_book
from huaben.cocreation.services import (
    compact_updates,
    mark_version,
    remove_writer,
    restore_version,
    store_update,
)
from huaben.cocreation.services.prompt_books import UPDATES_PER_SNAPSHOT
from huaben.cocreation.yjs_protocol import (
    Awareness,
    awareness_message,
    read_awareness,
    read_message,
)
from huaben.cocreation.yjs_updates import ROOT
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def stored(room):
    return load_book(room.pk).text


def test_two_who_write_at_once_end_with_the_same_text_and_it_is_stored(room, join, friend):
    with join(room) as maker, join(room, friend) as guest:
        for number in range(12):
            maker.write(f"甲{number}", at=0)
            guest.write(f"乙{number}😀")
        maker.wait_saved()
        guest.wait_saved()
        maker.listen(lambda: all(f"乙{number}😀" in maker.text for number in range(12)))
        guest.listen(lambda: all(f"甲{number}" in guest.text for number in range(12)))
        assert maker.text == guest.text == stored(room)
    assert set(Writer.objects.filter(wrote_at__isnull=False).values_list("user", flat=True)) == {
        room.series.creator_id, friend.pk
    }  # fmt: skip


def test_an_edit_is_a_row_before_its_writer_is_told_that_it_is_saved(room, join):
    with join(room) as maker:
        maker.write("从前有座山")
        maker.wait_saved()
        assert [(row.number, row.author_id) for row in Update.objects.all()] == [
            (1, room.series.creator_id)
        ]
        assert stored(room) == "从前有座山"


def test_what_changes_nothing_is_not_stored(room, join):
    with join(room) as maker:
        maker.write("山")
        maker.wait_saved()
    with join(room) as again:
        again.send_edit(again.doc.get_update())
        again.wait_saved()
    assert Update.objects.count() == 1


def test_what_was_written_while_the_line_was_down_is_merged_both_ways(room, join, friend):
    maker, guest = join(room).open().settle(), join(room, friend).open().settle()
    maker.write("从前有座山。")
    guest.listen(lambda: guest.text == "从前有座山。")
    guest.close()
    guest.book.insert(0, "话说，")
    maker.write("山上有座庙。")
    maker.wait_saved()
    guest.open().settle()
    maker.listen(lambda: maker.text.startswith("话说，"))
    assert guest.text == maker.text == stored(room) == "话说，从前有座山。山上有座庙。"


def test_a_wiped_valkey_loses_nothing_and_a_lost_word_is_made_good(room, join, friend):
    valkey = redis.Redis.from_url(os.environ["REDIS_URL"])
    with join(room) as maker, join(room, friend) as guest:
        maker.write("一")
        guest.listen(lambda: guest.text == "一")
        valkey.flushall()
        maker.write("二")
        maker.wait_saved()
        # Stored by another server, whose word about it was lost.
        book = load_book(room.pk)
        store_update(
            room_id=room.pk,
            user=room.series.creator,
            book=load_book(room.pk),
            update=book.replace(book.text + "三"),
        )
        guest.listen(lambda: guest.text == "一二三")
        maker.listen(lambda: maker.text == "一二三")


def test_whoever_does_not_belong_is_turned_away_and_told_nothing(room, join):
    with_word = join(room)
    with with_word as maker:
        maker.write("秘密")
        maker.wait_saved()
    stranger = join(room, UserFactory(), invited=False)
    stranger.open()
    assert stranger.wait_closed() == 4404
    assert stranger.text == ""
    nobody = join(room, UserFactory(), invited=False)
    nobody.cookie = ""
    assert nobody.open().wait_closed() == 4404


def test_a_room_that_does_not_exist_is_no_different(room, join):
    lost = join(WritingRoom(series=room.series), room.series.creator, invited=False)
    assert lost.open().wait_closed() == 4404


def test_the_open_page_of_somebody_who_was_shown_out_closes_and_writes_nothing_more(
    room, join, friend
):
    with join(room) as maker, join(room, friend) as guest:
        guest.write("我在")
        guest.wait_saved()
        maker.listen(lambda: maker.text == "我在")
        remove_writer(room=room, user_id=friend.pk)
        assert guest.wait_closed() == 4404
        maker.write("。")
        maker.wait_saved()
    again = join(room, friend, invited=False)
    assert again.open().wait_closed() == 4404
    assert stored(room) == "我在。"


def test_somebody_shown_out_cannot_write_even_before_the_word_arrives(room, join, friend):
    with join(room, friend) as guest:
        Writer.objects.filter(user=friend).update(left_at="2026-01-01T00:00Z")  # no word is sent
        guest.write("偷偷写")
        assert guest.wait_closed() == 4404
    assert stored(room) == ""


def test_signing_out_closes_the_page_and_leaves_the_same_persons_other_one(
    room, join, friend, signed_in
):
    with join(room, friend) as left, join(room, friend) as right:
        here = Session.objects.order_by("-expire_date")[0]
        assert here.get_decoded()["_auth_user_id"] == str(friend.pk)
        here.delete()
        assert right.wait_closed() == 4404
        left.write("还在")
        left.wait_saved()
    assert stored(room) == "还在"


def test_a_page_whose_session_ended_unheard_writes_nothing_more(room, join, friend, settings):
    settings.WRITING_CHECK_SECONDS = 60
    with join(room, friend) as guest:
        settings.ROOM_CHECK_SECONDS = 0
        Session.objects.all()._raw_delete("default")
        guest.write("偷偷写")
        assert guest.wait_closed() == 4404
    assert stored(room) == ""


def test_an_account_that_was_closed_writes_nothing_more(room, join, friend):
    with join(room, friend) as guest:
        friend.is_active = False
        friend.save()
        guest.write("还在")
        assert guest.wait_closed() == 4404
    assert stored(room) == ""


def test_too_much_at_once_is_refused_in_words_and_the_line_stays(room, join):
    with join(room) as maker:
        maker.write("一" * 100_000)  # 300 kB in one message
        refused = maker.wait_word("refused")
        assert refused["problem"]["code"] == "message_too_big" and refused["problem"]["title"]["zh"]
        assert refused["count"] == maker.sent
        maker.send('{"type": "ping"}')
        maker.wait_word("pong")
    assert stored(room) == ""


def test_a_book_that_grows_too_long_is_refused_until_it_is_shorter_and_then_all_is_saved(
    room, join
):
    with join(room) as maker:
        maker.write("一" * 50_000)
        maker.wait_saved()
        maker.write("二" * 20_000)
        assert maker.wait_word("refused")["problem"]["code"] == "book_too_long"
        assert len(stored(room)) == 50_000
        maker.erase(0, 30_000)  # ten thousand characters
        # It builds on what was refused, so the room asks for all that is missing.
        maker.wait_saved()
        assert stored(room) == maker.text == "一" * 40_000 + "二" * 20_000


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x07",
        b"\x00\x09\x00",
        b"\x00\x02\x05abc",
        b"\x00\x02\x02\x00\x00\x00",
        b"\x00\x02\x03\x01\x01\x01",
        b"\x00\x00\x01\xff",
        b"\x01\x00",
        "not json",
        '{"type": "dance"}',
        "[" * 100_000,
    ],
    ids=lambda message: repr(message[:12]),
)
def test_what_makes_no_sense_closes_the_line_and_stores_nothing(room, join, message):
    with join(room) as maker:
        maker.send(message)
        assert maker.wait_closed() == 4400
    assert not Update.objects.exists()


def test_values_nested_so_deep_that_they_would_end_the_process_are_never_decoded(room, join):
    deep = b"\x01\x01\x05\x00\x08\x01\x04" + ROOT.encode() + b"\x01" + b"\x75\x01" * 60_000
    with join(room) as maker:
        maker.send_edit(deep)
        assert maker.wait_closed() == 4400
    with join(room) as maker:
        maker.write("还在")
        maker.wait_saved()
    assert stored(room) == "还在"


def test_others_see_who_is_here_by_the_name_that_the_house_knows(room, join, friend):
    with join(room) as maker, join(room, friend) as guest:
        guest.send(
            awareness_message(
                Awareness(77, 1, {"user": {"name": "冒名"}, "cursor": {"anchor": None}, "x": 1})
            )
        )
        maker.listen(lambda: maker.presences)
        heard = read_awareness(read_message(maker.presences[-1]).body)
        assert (heard.client, heard.clock, heard.state["user"]["name"]) == (77, 1, "茶客")
        assert set(heard.state) == {"user", "cursor"}
        # Somebody who comes later learns who was there before.
        with join(room) as late:
            late.listen(lambda: late.presences)
            assert read_awareness(read_message(late.presences[-1]).body).client == 77
        guest.close()
        maker.listen(lambda: read_awareness(read_message(maker.presences[-1]).body).state is None)


def test_one_page_cannot_speak_for_two(room, join):
    with join(room) as maker:
        maker.send(awareness_message(Awareness(1, 1, {})))
        maker.send(awareness_message(Awareness(2, 1, {})))
        assert maker.wait_closed() == 4400


def test_many_edits_become_a_snapshot_and_every_letter_stays(room, join):
    with join(room) as maker:
        for number in range(UPDATES_PER_SNAPSHOT + 30):
            maker.write(chr(0x4E00 + number))
        maker.wait_saved(30)
    expected = "".join(chr(0x4E00 + number) for number in range(UPDATES_PER_SNAPSHOT + 30))
    assert stored(room) == expected
    assert Snapshot.objects.get().number == UPDATES_PER_SNAPSHOT
    assert Update.objects.count() == 30
    with join(room) as again:
        assert again.text == expected


def test_folding_while_many_write_keeps_every_letter(room):
    """Six writers and two who fold, all at once, each on a connection of its own."""
    writers = [room.series.creator, *UserFactory.create_batch(5)]
    for user in writers[1:]:
        Writer.objects.create(room=room, user=user)
    faults, done = [], threading.Event()

    def write(user, first):
        try:
            book = load_book(room.pk)
            for number in range(40):
                draft = load_book(room.pk) if number % 7 == 0 else book
                at = len(draft.text) // 2
                update = draft.replace(draft.text[:at] + chr(first + number) + draft.text[at:])
                book = load_book(room.pk)
                store_update(room_id=room.pk, user=user, book=book, update=update)
        except Exception as exc:
            faults.append(exc)
        finally:
            connection.close()

    def fold():
        try:
            while not done.is_set():
                compact_updates(room_id=room.pk)
        except Exception as exc:
            faults.append(exc)
        finally:
            connection.close()

    folding = [threading.Thread(target=fold) for _ in range(2)]
    writing = [
        threading.Thread(target=write, args=[user, 0x4E00 + 100 * n])
        for n, user in enumerate(writers)
    ]
    for thread in folding + writing:
        thread.start()
    for thread in writing:
        thread.join()
    done.set()
    for thread in folding:
        thread.join()
    assert faults == []
    letters = sorted(chr(0x4E00 + 100 * n + number) for n in range(6) for number in range(40))
    assert sorted(stored(room)) == letters
    compact_updates(room_id=room.pk)
    assert sorted(stored(room)) == letters and not Update.objects.exists()


def test_a_page_that_slept_through_a_fold_catches_up(room, join):
    with join(room) as sleeper:
        book = load_book(room.pk)
        for letter in "从前有座山":
            store_update(
                room_id=room.pk,
                user=room.series.creator,
                book=load_book(room.pk),
                update=book.replace(book.text + letter),
            )
        compact_updates(room_id=room.pk)
        sleeper.listen(lambda: sleeper.text == "从前有座山")
        sleeper.write("。")
        sleeper.wait_saved()
    assert stored(room) == "从前有座山。"


def test_going_back_to_a_version_is_an_edit_that_everybody_sees_and_what_stood_there_is_kept(
    room, join, friend
):
    with join(room) as maker, join(room, friend) as guest:
        maker.write("第一稿")
        maker.wait_saved()
        version = mark_version(room=room, by=friend, name=" 初 稿 ")
        maker.write("，改坏了")
        maker.wait_saved()
        restore_version(version=version, by=friend)
        maker.listen(lambda: maker.text == "第一稿")
        guest.listen(lambda: guest.text == "第一稿")
        kept = Version.objects.order_by("-id").first()
        assert (kept.text, kept.before, kept.by) == ("第一稿，改坏了", version, friend)
        assert maker.wait_word("changed")
        numbers = Update.objects.count()
        restore_version(version=version, by=friend)
        assert Update.objects.count() == numbers, "it was the same already"


def test_words_of_the_socket_are_json_and_of_both_languages(room, join):
    with join(room) as maker:
        maker.write("一" * 70_000)
        refused = maker.wait_word("refused")
    assert set(refused["problem"]["detail"]) == {"zh", "en"}
    assert json.dumps(refused)
