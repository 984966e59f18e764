"""What people say in public: submitted, given another state, withdrawn.

An app that lets people speak calls ``submit_speech`` and keeps where it was said in a row of its
own. Lists filter by ``selectors.is_public`` or ``is_readable_by``, so what is refused, withdrawn or
taken down is gone everywhere with the same commit.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict, NotFound, Problem, TooSoon
from huaben.core.rooms import publish_event
from huaben.core.text import clean_text
from huaben.core.types import JsonObject, Requester

from ..models import Speech
from ..signals import speech_state_changed, speech_submitted

State = Speech.State
# From which state a check, a moderator or a report may move it to which.
ALLOWED_TRANSITIONS: dict[str, frozenset[str]] = {
    State.CHECKING: frozenset({State.SHOWN, State.HELD, State.REFUSED}),
    State.HELD: frozenset({State.SHOWN, State.REFUSED}),
    State.SHOWN: frozenset({State.HELD, State.REFUSED}),
    State.REFUSED: frozenset({State.HELD, State.SHOWN}),
    State.WITHDRAWN: frozenset(),
}


def submit_speech(
    *, speech_id: UUID, author: User, kind: str, series: Series, text: str, max_length: int
) -> Speech:
    """Take what a person says in public; it is ``checking``, and shown to its author alone. In the
    caller's transaction.

    ``speech_id`` is the client's: the same text again gives the same row. ``text`` is cleaned by
    ``clean_text``; ``max_length`` is how many characters (code points) may be left, at most 1,000.
    Sends ``speech_submitted``. Raises Problem ``speech_empty`` or ``speech_too_long`` with the
    field ``text``, Conflict ``speech_id_used`` for an id under which something else was said,
    TooSoon ``speaking_too_fast``.
    """
    text = clean_text(text)
    _check_length(text, max_length)
    with transaction.atomic():
        lock_until_commit(LockSpace.SPEECH_AUTHOR, str(author.pk))
        stored = Speech.objects.filter(pk=speech_id).first()
        if stored is not None:
            same = (stored.author_id, stored.kind, stored.series_id, stored.text)
            if same != (author.pk, kind, series.pk, text):
                raise _id_used()
            return stored
        _ensure_rate_limit(author, now=timezone.now())
        # In a block of its own: another person's use of the same id at this very moment is a unique
        # violation.
        speech, created = Speech.objects.get_or_create(
            pk=speech_id, defaults={"author": author, "kind": kind, "series": series, "text": text}
        )
        if not created:
            raise _id_used()
        speech_submitted.send(sender=Speech, speech=speech)
    return speech


def set_speech_state(
    *, speech_id: UUID, state: str, reason: LocalizedText | None, facts: JsonObject
) -> Speech:
    """Move a text to ``shown``, ``held`` or ``refused``; ``reason`` is what its author reads.

    ``facts`` (plain data) are added to those that are stored; ``automatic`` among them says that no
    person decided, and then a refused author may ask for one. Sends ``speech_state_changed`` and
    publishes to the author's room. Raises NotFound, and Conflict ``speech_cannot_move`` for a move
    that is not in ``ALLOWED_TRANSITIONS``.
    """
    with transaction.atomic():
        speech = lock_speech(speech_id)
        if state not in ALLOWED_TRANSITIONS[speech.state]:
            raise Conflict(
                "speech_cannot_move",
                LocalizedText(
                    "这句话的状态已经变了，请刷新再看",
                    "What became of this remark has changed; please look again",
                ),
            )
        return _save_state(speech, state, reason=reason, facts={**speech.facts, **facts})


def withdraw_speech(*, speech: Speech, by: Requester) -> Speech:
    """Take back what one said: nobody sees it any more. Again changes nothing. Raises NotFound for
    another's.
    """
    with transaction.atomic():
        speech = lock_speech(speech.pk)
        if not may(by, "speech.withdraw_speech", speech):
            raise NotFound
        if speech.state == State.WITHDRAWN:
            return speech
        return _save_state(speech, State.WITHDRAWN, reason=None, facts=speech.facts)


def lock_speech(speech_id: UUID) -> Speech:
    """A text, locked until the transaction ends. Raises NotFound."""
    speech = Speech.objects.select_for_update().filter(pk=speech_id).first()
    if speech is None:
        raise NotFound
    return speech


def _save_state(
    speech: Speech, state: str, *, reason: LocalizedText | None, facts: JsonObject
) -> Speech:
    speech.state = state
    speech.reason = reason.as_dict() if reason else None
    speech.facts = dict(facts)
    speech.settled_at = timezone.now()
    speech.save(update_fields=["state", "reason", "facts", "settled_at"])
    publish_event(
        f"speech_author:{speech.author_id}",
        {
            "kind": "speech",
            "id": str(speech.pk),
            "of": speech.kind,
            "state": state,
            "reason": speech.reason,
        },
    )
    speech_state_changed.send(sender=Speech, speech=speech)
    return speech


def _check_length(text: str, max_length: int) -> None:
    if not text:
        raise _bad_text(
            "speech_empty", LocalizedText("请先写点什么", "Please write something first")
        )
    if len(text) > max_length:
        raise _bad_text(
            "speech_too_long",
            LocalizedText(f"最多 {max_length} 个字", f"At most {max_length} characters"),
        )


def _ensure_rate_limit(author: User, *, now: datetime) -> None:
    """Raise TooSoon when the author has used up any of ``SPEECH_LIMITS`` (count, seconds)."""
    for count, seconds in settings.SPEECH_LIMITS:
        since = now - timedelta(seconds=seconds)
        earlier = Speech.objects.filter(author=author, created_at__gt=since).order_by("-created_at")
        nth = list(earlier.values_list("created_at", flat=True)[count - 1 : count])
        if nth:
            raise TooSoon(
                "speaking_too_fast",
                LocalizedText("说得太快了，歇口气再说", "Not so fast; take a breath"),
                wait=(nth[0] - since).total_seconds(),
            )


def _id_used() -> Conflict:
    return Conflict(
        "speech_id_used",
        LocalizedText("这个标识已用于另一句话", "Something else was said under this id"),
    )


def _bad_text(code: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": "text", "message": title.localized()}])
