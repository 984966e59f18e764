"""Reads of what people say: who may read it, and the moderators' lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, get_args

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.pagination import (
    bad_cursor,
    decode_cursor,
    encode_cursor,
    page_by_keys,
    page_by_time,
)
from huaben.core.problems import Problem
from huaben.core.types import Requester

from .models import NeverChange, Speech, SpeechDecision, SpeechReport

# «reported»: shown, and somebody has reported it. «checking»: what the check has not come to yet.
QueueState = Literal["held", "reported", "shown", "refused", "checking"]
QUEUE_STATES: tuple[QueueState, ...] = get_args(QueueState)
# What waits longest comes first; of the rest, what was said last.
_OLDEST_FIRST = frozenset({"held", "reported", "checking"})


def is_public(to: str = "speech") -> Q:
    """The condition that everybody may read it, for rows that point to a Speech by the field ``to``
    ("" for Speech).
    """
    return Q(**{_field(to, "state"): Speech.State.SHOWN})


def is_readable_by(user: Requester, to: str = "speech") -> Q:
    """The condition that this person may read it: it is public, or their own and not withdrawn."""
    if not user.is_authenticated:
        return is_public(to)
    withdrawn = Q(**{_field(to, "state"): Speech.State.WITHDRAWN})
    return is_public(to) | (Q(**{_field(to, "author"): user.pk}) & ~withdrawn)


def may_request_review(speech: Speech) -> bool:
    """Whether its author may ask for a person to read it: no person has refused it."""
    return speech.state == Speech.State.REFUSED and bool(speech.facts.get("automatic"))


def was_ever_public(speech: Speech) -> bool:
    """Whether others have ever been able to read it."""
    history = apps.get_model("speech", "SpeechEvent")
    rows = history._default_manager.filter(pgh_obj=speech.pk, state=Speech.State.SHOWN)
    return bool(rows.exists())


def is_new_account(user: User, *, now: datetime) -> bool:
    """Whether an account is too young for its reports to hide anything."""
    return user.date_joined > now - timedelta(hours=settings.SPEECH_REPORTER_MIN_AGE_HOURS)


def count_weighty_reports(speech: Speech) -> int:
    """By how many people a text is reported: accounts that were not made for it, and those of one
    network as one, since a dozen accounts are easily had and a dozen networks are not.
    """
    now = timezone.now()
    reports = speech.reports.filter(answered=False).select_related("by")
    weighty = [report for report in reports if not is_new_account(report.by, now=now)]
    return len({report.network or report.pk for report in weighty})


def moderated_speech() -> QuerySet[Speech]:
    """Texts with everything that a line of the moderators' list shows. Three queries."""
    return Speech.objects.select_related("author", "series").prefetch_related(
        Prefetch("reports", SpeechReport.objects.filter(answered=False).select_related("by")),
        Prefetch("decisions", SpeechDecision.objects.select_related("by")),
    )


def list_moderation_queue(
    *, state: QueueState, cursor: str | None, limit: int
) -> tuple[list[Speech], str | None]:
    """A page of one of ``QUEUE_STATES``, and the next page's cursor. Raises Problem for another
    state, or a cursor of another list.
    """
    if state not in QUEUE_STATES:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    rows = moderated_speech().filter(state="shown" if state == "reported" else state)
    if state == "reported":
        unanswered = SpeechReport.objects.filter(speech=OuterRef("pk"), answered=False)
        rows = rows.filter(Exists(unanswered))
    found, after = page_by_time(
        rows,
        cursor=_cursor_within(cursor, state),
        limit=limit,
        newest_first=state not in _OLDEST_FIRST,
    )
    return found, encode_cursor([state, after]) if after else None


def _cursor_within(cursor: str | None, state: str) -> str | None:
    """The cursor without the state that it was made for. Raises Problem for another state's."""
    if not cursor:
        return None
    decoded = decode_cursor(cursor)
    if not isinstance(decoded, list) or len(decoded) != 2 or decoded[0] != state:
        raise bad_cursor()
    return str(decoded[1])


def _field(to: str, name: str) -> str:
    return f"{to}__{name}" if to else name


def list_never_changes(*, cursor: str | None, limit: int) -> tuple[list[NeverChange], str | None]:
    """A page of what operators did with the list, newest first."""
    rows = NeverChange.objects.select_related("phrase", "by").order_by("-id")
    return page_by_keys(rows, order=("-id",), scope="never", cursor=cursor, limit=limit)
