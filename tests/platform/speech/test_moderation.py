"""People's words: every verdict's way, what moderators decide, what viewers doubt, and who is told
what.
"""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from huaben.core.jobs import cancel_job, run_job
from huaben.core.models import Job, RoomEvent
from huaben.speech.models import Speech, SpeechDecision, SpeechReport
from huaben.speech.reasons import SPEECH_REASONS
from huaben.speech.selectors import QUEUE_STATES, is_public
from huaben.speech.services.moderation import hold_unchecked
from huaben.speech.services.submission import submit_speech, withdraw_speech
from tests.factories import SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db
QUEUE = "/api/v1/review/speech"
FINE, DOUBTFUL, RUDE, WORST = (
    "女鬼好美，灯影绝了",
    "you stupid idiot",
    "傻逼作者，去死吧",
    "河南人都是骗子小偷",
)


@pytest.fixture(autouse=True)
def nobody_hurries(settings):
    settings.SPEECH_LIMITS = []


@pytest.fixture
def series(db):
    return SeriesFactory()


@pytest.fixture
def said(series):
    """``said(text)``: a remark whose check has run, as a worker runs it."""

    def speak(text, *, author=None, check=True):
        author = author or UserFactory()
        speech = submit_speech(
            speech_id=uuid.uuid4(),
            author=author,
            kind="comment",
            series=series,
            text=text,
            max_length=300,
        )
        if check:
            run_job(Job.objects.get(kind="speech.check_speech", key=str(speech.pk)).pk)
        speech.refresh_from_db()
        return speech

    return speak


def seen_by_all(speech):
    return Speech.objects.filter(is_public(""), pk=speech.pk).exists()


def decide(client, speech, verb, body=None, **headers):
    return client.post(f"{QUEUE}/{speech.pk}/{verb}", body or {}, format="json", headers=headers)


def report(client, speech, reason="abuse", note="", address=None):
    """Report from a network of one's own, or from ``address``."""
    number = getattr(client, "user", None) and client.user.pk.int
    address = address or f"198.{(number or 0) // 250 % 250}.{(number or 0) % 250}.7"
    return client.post(
        f"/api/v1/speech/{speech.pk}/report",
        {"reason": reason, "note": note},
        format="json",
        REMOTE_ADDR=address,
    )


def waiting(client, state="held", limit=20):
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(
            QUEUE, {"state": state, "limit": limit, **({"cursor": cursor} if cursor else {})}
        ).json()
        found += page["results"]
        cursor = page["next_cursor"]
    return found


@pytest.mark.parametrize(
    ("text", "state", "waits"),
    [
        (FINE, "shown", ""),
        ("I love this scene", "shown", ""),
        (DOUBTFUL, "held", "doubt"),
        (RUDE, "held", "doubt"),
        (WORST, "refused", ""),
    ],
)
def test_every_verdict_has_its_way(said, text, state, waits):
    speech = said(text)
    assert (speech.state, speech.facts.get("waits", "")) == (state, waits)
    assert seen_by_all(speech) is (state == "shown")
    assert (speech.reason is None) is (state == "shown")
    assert speech.facts["check"]["versions"].keys() == {
        "policy",
        "classifier",
        "lexicon",
        "never",
        "remarks",
    }


def test_a_held_remark_tells_its_author_why_it_waits_and_is_shown_by_a_moderator(said, signed_in):
    author = UserFactory()
    speech = said(RUDE, author=author)
    own = signed_in(user=author).get(f"/api/v1/speech/{speech.pk}").json()
    assert (own["state"], own["mine"]) == ("held", True)
    assert own["reason"]["en"] and own["reason"]["zh"]
    answer = decide(signed_in("moderator"), speech, "show")
    assert (answer.status_code, answer.json()["state"]) == (200, "shown")
    assert seen_by_all(speech)
    heard = [
        event.payload["state"]
        for event in RoomEvent.objects.filter(room=f"speech_author:{author.pk}").order_by("pk")
    ]
    assert heard == ["held", "shown"]


def test_a_check_that_is_started_twice_or_after_a_withdrawal_changes_nothing(said):
    speech = said(FINE, check=False)
    withdraw_speech(speech=speech, by=speech.author)
    job = Job.objects.get(key=str(speech.pk))
    run_job(job.pk)
    job.refresh_from_db()
    speech.refresh_from_db()
    assert (job.state, speech.state) == ("succeeded", "withdrawn")
    settled = said(FINE)
    hold_unchecked(speech_id=settled.pk)
    settled.refresh_from_db()
    assert settled.state == "shown"


def test_a_check_that_cannot_end_leaves_the_remark_to_a_person(said, signed_in):
    speech = said(FINE, check=False)
    cancel_job(Job.objects.get(key=str(speech.pk)).pk)
    speech.refresh_from_db()
    assert (speech.state, speech.facts["waits"]) == ("held", "unchecked")
    assert [row["id"] for row in waiting(signed_in("moderator"))] == [str(speech.pk)]


def test_what_waits_longest_comes_first_on_pages_of_any_length(said, signed_in):
    expected = [str(said(f"{DOUBTFUL} {n}").pk) for n in range(5)]
    moderator = signed_in("moderator")
    for limit in (1, 2, 5, 20):
        assert [row["id"] for row in waiting(moderator, limit=limit)] == expected
    shown_ones = [str(said(f"{FINE} {n}").pk) for n in range(3)]
    for limit in (1, 2, 20):
        assert [row["id"] for row in waiting(moderator, "shown", limit)] == shown_ones[::-1]


def test_a_cursor_of_another_list_is_refused(said, signed_in):
    for n in range(2):
        said(f"{DOUBTFUL} {n}")
    moderator = signed_in("moderator")
    cursor = moderator.get(QUEUE, {"limit": 1}).json()["next_cursor"]
    for params in ({"state": "shown", "cursor": cursor}, {"cursor": "WzFd"}, {"cursor": "~"}):
        assert moderator.get(QUEUE, params).json()["code"] == "bad_cursor"
    assert moderator.get(QUEUE, {"state": "lost"}).status_code == 400
    assert all(moderator.get(QUEUE, {"state": state}).status_code == 200 for state in QUEUE_STATES)


def test_a_page_costs_as_much_as_a_line(said, signed_in, django_assert_max_num_queries):
    moderator, reader = signed_in("moderator"), signed_in("viewer")
    for n in range(6):
        speech = said(f"{FINE} {n}")
        report(reader, speech)
        decide(moderator, speech, "refuse", {"reason": "abuse"})
    with django_assert_max_num_queries(6):
        assert len(waiting(moderator, "refused")) == 6


def test_a_moderator_sees_what_the_check_saw(said, signed_in):
    said(RUDE)
    row = waiting(signed_in("moderator"))[0]
    assert row["verdict"] == "review" and "never.insult" in {
        finding["policy"] for finding in row["findings"]
    }
    assert row["findings"][0]["explanation"]["zh"] and row["findings"][0]["policy_name"]["en"]
    assert row["may_decide"] and row["series"]["title"] and row["author"]["handle"]


def test_a_refusal_tells_its_author_the_reason_and_not_by_whom(said, signed_in):
    author, moderator = UserFactory(), signed_in("moderator")
    speech = said(RUDE, author=author)
    assert (
        decide(moderator, speech, "refuse", {"reason": "abuse", "note": "对事不对人"}).status_code
        == 200
    )
    own = signed_in(user=author).get(f"/api/v1/speech/{speech.pk}")
    assert own.json()["reason"]["zh"] == f"{SPEECH_REASONS['abuse'].zh}：对事不对人"
    assert own.json()["may_request_review"] is False
    assert moderator.user.handle not in own.content.decode()
    assert SpeechDecision.objects.get().by == moderator.user


@pytest.mark.parametrize(
    ("body", "field"),
    [({"reason": "nonsense"}, "reason"), ({"reason": "other"}, "note"), ({}, "reason")],
)
def test_a_refusal_without_a_reason_changes_nothing(said, signed_in, body, field):
    speech = said(RUDE)
    answer = decide(signed_in("moderator"), speech, "refuse", body)
    assert answer.status_code == 400 and answer.json()["errors"][0]["field"] == field
    speech.refresh_from_db()
    assert speech.state == "held" and not SpeechDecision.objects.exists()


def test_what_is_shown_can_be_taken_down_and_shown_again(said, signed_in):
    moderator, speech = signed_in("moderator"), said(FINE)
    decide(moderator, speech, "refuse", {"reason": "spoiler"})
    assert not seen_by_all(speech)
    assert decide(moderator, speech, "show").json()["state"] == "shown"
    assert decide(moderator, speech, "show").status_code == 409
    assert [
        decision["outcome"]
        for decision in decide(moderator, speech, "refuse", {"reason": "spam"}).json()["decisions"]
    ] == [
        "refused",
        "shown",
        "refused",
    ]


def test_an_act_with_a_key_happens_once(said, signed_in):
    moderator, speech = signed_in("moderator"), said(DOUBTFUL)
    for _ in range(2):
        assert decide(moderator, speech, "show", **{"Idempotency-Key": "k1"}).status_code == 200
    assert SpeechDecision.objects.count() == 1


def test_nobody_decides_about_their_own_words(said, signed_in):
    moderator = signed_in("moderator")
    speech = said(DOUBTFUL, author=moderator.user)
    for verb, body in (("show", {}), ("refuse", {"reason": "abuse"})):
        assert decide(moderator, speech, verb, body).json()["code"] == "own_speech"
    assert waiting(moderator)[0]["may_decide"] is False


@pytest.mark.parametrize("role", ["viewer", "creator", "filing_admin", "operator"])
def test_only_moderators_read_and_decide(said, signed_in, role):
    speech, client = said(DOUBTFUL), signed_in(role)
    assert client.get(QUEUE).status_code == 403
    assert client.get(f"{QUEUE}/{speech.pk}").status_code == 403
    assert decide(client, speech, "show").status_code == 403
    assert client.get(f"/api/v1/speech/{speech.pk}").status_code == 404
    assert client.delete(f"/api/v1/speech/{speech.pk}").status_code == 404


def test_the_first_report_hides_nothing_and_the_third_persons_does(said, signed_in, settings):
    settings.SPEECH_REPORTS_TO_HOLD, settings.SPEECH_REPORTER_MIN_AGE_HOURS = 3, 0
    speech, moderator = said(FINE), signed_in("moderator")
    first = signed_in("viewer")
    for _ in range(4):
        assert report(first, speech, "spam").status_code == 204
    assert seen_by_all(speech) and SpeechReport.objects.count() == 1
    assert [row["id"] for row in waiting(moderator, "reported")] == [str(speech.pk)]
    report(signed_in("viewer"), speech)
    assert seen_by_all(speech)
    report(signed_in("viewer"), speech, "other", "刷了十遍")
    assert not seen_by_all(speech)
    row = waiting(moderator)[0]
    assert (row["waits"], len(row["reports"])) == ("reports", 3)
    assert report(first, speech).status_code == 204, (
        "who reported before is not told what became of it"
    )
    assert report(signed_in("viewer"), speech).status_code == 404


def test_fresh_accounts_hide_nothing_however_many_and_a_moderator_sees_that_they_are(
    said, signed_in
):
    speech, moderator = said(FINE), signed_in("moderator")
    for number in range(5):
        answer = report(signed_in("viewer"), speech, address=f"198.51.{number}.1")
        assert answer.status_code == 204
    assert seen_by_all(speech)
    (row,) = waiting(moderator, "reported")
    assert [told["is_new_account"] for told in row["reports"]] == [True] * 5


def test_accounts_of_one_network_count_as_one(said, signed_in, settings):
    settings.SPEECH_REPORTER_MIN_AGE_HOURS = 0
    speech = said(FINE)
    for number in range(5):
        report(signed_in("viewer"), speech, address=f"203.0.113.{number}")
    assert seen_by_all(speech)
    for number in range(2):
        report(signed_in("viewer"), speech, address=f"198.51.{number}.1")
    assert not seen_by_all(speech)


def test_reports_that_a_moderator_has_answered_weigh_no_more(said, signed_in, settings):
    settings.SPEECH_REPORTS_TO_HOLD, settings.SPEECH_REPORTER_MIN_AGE_HOURS = 2, 0
    speech, moderator = said(FINE), signed_in("moderator")
    readers = [signed_in("viewer") for _ in range(2)]
    for reader in readers:
        report(reader, speech)
    decide(moderator, speech, "show")
    for reader in [*readers, signed_in("viewer")]:
        assert report(reader, speech).status_code == 204
    assert seen_by_all(speech)
    assert decide(moderator, speech, "show").json()["reports"] == [], (
        "shown and doubted: the reports are answered"
    )
    assert waiting(moderator, "reported") == []


def test_a_report_needs_an_account_a_reason_and_another_persons_words(said, signed_in, api):
    speech = said(FINE)
    assert report(api, speech).status_code == 401
    assert report(signed_in("viewer"), speech, "nonsense").json()["code"] == "unknown_reason"
    assert report(signed_in("viewer"), speech, "other").json()["code"] == "note_needed"
    assert report(signed_in(user=speech.author), speech).json()["code"] == "own_speech"
    assert report(signed_in("viewer"), said(DOUBTFUL)).status_code == 404
    assert not SpeechReport.objects.exists()


def test_who_was_refused_by_the_check_alone_may_ask_for_a_person_once(said, signed_in):
    author, moderator = UserFactory(), signed_in("moderator")
    speech, mine = said(WORST, author=author), signed_in(user=author)
    ask = f"/api/v1/speech/{speech.pk}/request-review"
    assert mine.get(f"/api/v1/speech/{speech.pk}").json()["may_request_review"] is True
    assert signed_in("viewer").post(ask).status_code == 404
    for _ in range(2):
        assert mine.post(ask).json()["state"] == "held"
    assert waiting(moderator)[0]["waits"] == "asked"
    decide(moderator, speech, "refuse", {"reason": "abuse"})
    assert mine.post(ask).json()["code"] == "cannot_ask"


def test_what_its_author_withdrew_nobody_can_show(said, signed_in):
    author, moderator = UserFactory(), signed_in("moderator")
    speech = said(DOUBTFUL, author=author)
    assert signed_in(user=author).delete(f"/api/v1/speech/{speech.pk}").status_code == 204
    assert signed_in(user=author).delete(f"/api/v1/speech/{speech.pk}").status_code == 204
    assert decide(moderator, speech, "show").status_code == 409
    assert waiting(moderator) == []


def test_a_decision_cannot_be_rewritten(said, signed_in):
    decide(signed_in("moderator"), said(DOUBTFUL), "show")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update speech_speechdecision set outcome = 'refused'")
