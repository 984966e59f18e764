"""The door for people's words: what is taken, what is refused, who may read it, and that nothing is
said twice.
"""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from huaben.core.localized import LocalizedText
from huaben.core.models import RoomEvent
from huaben.core.problems import Conflict, NotFound, Problem, TooSoon
from huaben.speech.models import Speech
from huaben.speech.presenters import ANONYMOUS, present_speech
from huaben.speech.selectors import is_public, is_readable_by
from huaben.speech.services.submission import set_speech_state, submit_speech, withdraw_speech
from huaben.speech.signals import speech_submitted
from tests.factories import SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = LocalizedText("因为", "because")


@pytest.fixture
def series(db):
    return SeriesFactory()


@pytest.fixture
def author(db):
    return UserFactory(display_name="听众甲")


@pytest.fixture
def slow(settings):
    settings.SPEECH_LIMITS = []


def _say(author, series, text="好一出断桥", *, pk=None, max_length=100, kind="comment"):
    return submit_speech(
        speech_id=pk or uuid.uuid4(),
        author=author,
        kind=kind,
        series=series,
        text=text,
        max_length=max_length,
    )


def _settle(speech, state, reason=None, **facts):
    return set_speech_state(speech_id=speech.pk, state=state, reason=reason, facts=facts)


def test_what_is_said_waits_and_is_told_of_once(author, series):
    heard = []

    def hear(speech, **kwargs):
        heard.append(speech.pk)

    speech_submitted.connect(hear)
    speech = _say(author, series)
    again = _say(author, series, "  好一出断桥 ", pk=speech.pk)
    assert (again.pk, speech.state, Speech.objects.count()) == (speech.pk, "checking", 1)
    assert heard == [speech.pk]


@pytest.mark.parametrize(
    ("other", "code"),
    [({"text": "另一句"}, "speech_id_used"), ({"kind": "danmaku"}, "speech_id_used")],
)
def test_one_id_is_for_one_remark(author, series, other, code):
    speech = _say(author, series)
    with pytest.raises(Conflict) as refused:
        _say(author, series, **{"pk": speech.pk, **other})
    assert refused.value.code == code


def test_another_persons_id_cannot_be_used_or_read(author, series):
    speech = _say(author, series)
    with pytest.raises(Conflict):
        _say(UserFactory(), series, pk=speech.pk)
    with pytest.raises(Conflict):
        _say(author, SeriesFactory(), pk=speech.pk)
    assert Speech.objects.get().author == author


@pytest.mark.parametrize(
    "text", ["", "  \n\t ", "\u200b\u200b", "\u3164", "\u202e", "\x00\x07", "\u2800"]
)
def test_words_that_show_nothing_are_no_words(author, series, text):
    with pytest.raises(Problem) as refused:
        _say(author, series, text)
    assert (refused.value.code, refused.value.errors[0]["field"]) == ("speech_empty", "text")
    assert not Speech.objects.exists()


def test_words_that_are_too_many_are_refused_and_the_last_that_fits_is_taken(author, series):
    assert _say(author, series, "字" * 20, max_length=20).text == "字" * 20
    with pytest.raises(Problem) as refused:
        _say(author, series, "字" * 21, max_length=20)
    assert (refused.value.code, refused.value.errors[0]["field"]) == ("speech_too_long", "text")


@pytest.mark.parametrize(
    ("way", "ends"),
    [
        (["shown"], "shown"),
        (["held", "shown", "held", "refused", "held", "shown"], "shown"),
        (["refused", "shown", "refused"], "refused"),
    ],
)
def test_allowed_ways_end_where_they_lead(author, series, way, ends):
    speech = _say(author, series)
    for state in way:
        _settle(speech, state, WHY)
    speech.refresh_from_db()
    assert (speech.state, speech.reason, speech.settled_at is not None) == (
        ends,
        WHY.as_dict(),
        True,
    )


@pytest.mark.parametrize(
    ("way", "then"),
    [
        ([], "checking"),
        ([], "withdrawn"),
        (["shown"], "shown"),
        (["held"], "checking"),
        (["held"], "held"),
    ],
)
def test_other_moves_change_nothing(author, series, way, then):
    speech = _say(author, series)
    for state in way:
        _settle(speech, state)
    with pytest.raises(Conflict):
        _settle(speech, then)
    speech.refresh_from_db()
    assert speech.state == (way[-1] if way else "checking")


def test_what_is_withdrawn_is_never_shown_again(author, series):
    speech = _say(author, series)
    withdraw_speech(speech=speech, by=author)
    withdraw_speech(speech=speech, by=author)
    for state in ("shown", "held", "refused"):
        with pytest.raises(Conflict):
            _settle(speech, state)
    assert not Speech.objects.filter(is_readable_by(author, "")).exists()


def test_nobody_withdraws_what_another_said(author, series):
    speech = _say(author, series)
    with pytest.raises(NotFound):
        withdraw_speech(speech=speech, by=UserFactory(roles=["moderator"]))
    speech.refresh_from_db()
    assert speech.state == "checking"


def test_facts_are_added_up_and_every_state_is_in_the_history(author, series):
    speech = _say(author, series)
    _settle(speech, "held", score=0.7)
    speech = _settle(speech, "refused", WHY, by="somebody")
    assert speech.facts == {"score": 0.7, "by": "somebody"}
    history = Speech.objects.get().events.order_by("pgh_id").values_list("state", flat=True)
    assert list(history) == ["checking", "held", "refused"]


def test_others_read_what_is_shown_and_its_author_reads_all_that_stands(author, series, slow):
    made = {state: _say(author, series, state) for state in Speech.State.values}
    for state, speech in made.items():
        if state == "withdrawn":
            withdraw_speech(speech=speech, by=author)
        elif state != "checking":
            _settle(speech, state)

    def seen(user):
        return set(Speech.objects.filter(is_readable_by(user, "")).values_list("text", flat=True))

    assert seen(AnonymousUser()) == seen(UserFactory()) == {"shown"}
    assert seen(author) == {"checking", "shown", "held", "refused"}
    assert [speech.text for speech in Speech.objects.filter(is_public(""))] == ["shown"]


def test_the_reason_is_told_to_the_author_alone(author, series):
    speech = _settle(_say(author, series), "refused", WHY)
    assert present_speech(speech, author).reason == WHY
    assert present_speech(speech, UserFactory()).reason is None


def test_the_author_hears_what_became_of_it_without_the_words(author, series):
    speech = _settle(_say(author, series, "暗号"), "refused", WHY)
    event = RoomEvent.objects.get(room=f"speech_author:{author.pk}").payload
    assert (event["id"], event["state"], event["reason"]) == (
        str(speech.pk),
        "refused",
        WHY.as_dict(),
    )
    assert "暗号" not in str(event)


def test_a_closed_account_is_somebody_in_the_audience(author, series):
    speech = _say(author, series)
    assert present_speech(speech, AnonymousUser()).author.display_name == "听众甲"
    author.is_active = False
    author.save()
    speech.refresh_from_db()
    assert present_speech(speech, AnonymousUser()).author.display_name == ANONYMOUS.localized()


def test_who_speaks_too_fast_waits_and_a_repeat_is_no_speaking(author, series, settings):
    settings.SPEECH_LIMITS = [(2, 60)]
    first, _ = _say(author, series, "一"), _say(author, series, "二")
    with pytest.raises(TooSoon) as refused:
        _say(author, series, "三")
    assert refused.value.status == 429 and 55 < refused.value.wait <= 60
    assert _say(author, series, "一", pk=first.pk).pk == first.pk
    _say(UserFactory(), series, "别人")
    Speech.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(seconds=61))
    _say(author, series, "三")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_and_one_id_at_once_is_one_row(settings):
    settings.SPEECH_LIMITS = [(3, 60)]
    author, series, speech = UserFactory(), SeriesFactory(), uuid.uuid4()
    refused = []

    def speak(n):
        try:
            _say(author, series, "同一句" if n < 4 else f"第 {n} 句", pk=speech if n < 4 else None)
        except TooSoon:
            refused.append(n)
        finally:
            connection.close()

    threads = [threading.Thread(target=speak, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Speech.objects.count() == 3
    assert Speech.objects.filter(pk=speech).count() <= 1
    assert len(refused) >= 2
