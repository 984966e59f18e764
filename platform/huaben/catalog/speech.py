"""The one door for people's words: whatever is shown was checked first.

An app that lets people speak calls ``say`` and keeps where it was said in a row of its own;
``catalog.spoken`` is told, and whoever checks (review) answers with ``settle``. Lists ask ``shown``
or ``visible_to``, so what is refused, withdrawn or taken down is gone everywhere with the same
commit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict, NotFound, Problem, TooSoon
from huaben.core.registries import Registry
from huaben.core.rooms import publish_event

from .models import Episode, Series, Speech
from .signals import speech_said, speech_settled

State = Speech.State
# From where to where a check, a moderator or a report may move it.
MOVES: dict[str, frozenset[str]] = {
    State.CHECKING: frozenset({State.SHOWN, State.HELD, State.REFUSED}),
    State.HELD: frozenset({State.SHOWN, State.REFUSED}),
    State.SHOWN: frozenset({State.HELD, State.REFUSED}),
    State.REFUSED: frozenset({State.HELD, State.SHOWN}),
    State.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class Place:
    """Where something was said, for whoever checks it. ``answers``: the words to which it is an
    answer.
    """

    episode: Episode | None = None
    position_ms: int | None = None
    answers: str = ""


ReadPlaces = Callable[[Sequence[UUID]], dict[UUID, Place]]
# Where each remark of a kind was said, by its id.
speech_places: Registry[ReadPlaces] = Registry("places of speech")
NOBODY = LocalizedText("匿名看官", "Someone in the audience")


def say(*, speech_id: UUID, author: Any, kind: str, series: Series, text: str, most: int) -> Speech:
    """Take what a person says in public; it is ``checking``, and shown to its author alone. In the
    caller's transaction.

    ``speech_id`` is the client's: the same words again give the same row. ``text`` is cleaned by ``clean_text``; ``most`` is
    how many characters (code points) may be left, at most 1,000. Raises Problem ``speech_empty`` or
    ``speech_too_long`` with the field ``text``, Conflict ``speech_id_used`` for an id under which
    something else was said, TooSoon
    ``speaking_too_fast``.
    """
    text = clean_text(text)
    if not text:
        raise _bad("speech_empty", LocalizedText("请先写点什么", "Please write something first"))
    if len(text) > most:
        raise _bad(
            "speech_too_long", LocalizedText(f"最多 {most} 个字", f"At most {most} characters")
        )
    with transaction.atomic():
        lock_until_commit(LockSpace.SPEECH_AUTHOR, str(author.pk))
        known = Speech.objects.filter(pk=speech_id).first()
        if known is not None:
            if (known.author_id, known.kind, known.series_id, known.text) != (
                author.pk,
                kind,
                series.pk,
                text,
            ):
                raise Conflict(
                    "speech_id_used",
                    LocalizedText(
                        "这个标识已用于另一句话", "Something else was said under this id"
                    ),
                )
            return known
        _ensure_slow_enough(author)
        # In a block of its own: another person's use of the same id at this very moment is a unique
        # violation.
        speech, made = Speech.objects.get_or_create(
            pk=speech_id, defaults={"author": author, "kind": kind, "series": series, "text": text}
        )
        if not made:
            raise Conflict(
                "speech_id_used",
                LocalizedText("这个标识已用于另一句话", "Something else was said under this id"),
            )
        speech_said.send(sender=Speech, speech=speech)
    return speech


def settle(
    *, speech_id: UUID, state: str, reason: LocalizedText | None, facts: Mapping[str, Any]
) -> Speech:
    """Say what becomes of a remark: ``shown``, ``held`` or ``refused``; ``reason`` is told to its
    author.

    ``facts`` (plain data) are added to those that are kept; ``automatic`` among them says that no person decided, and then a
    refused author may ask for one. Tells ``catalog.speech_settled`` and the author's room. Raises
    NotFound, and Conflict ``speech_cannot_move`` for a move that is not in ``MOVES``.
    """
    with transaction.atomic():
        speech = lock(speech_id)
        if state not in MOVES[speech.state]:
            raise Conflict(
                "speech_cannot_move",
                LocalizedText(
                    "这句话的状态已经变了，请刷新再看",
                    "What became of this remark has changed; please look again",
                ),
            )
        return _move(
            speech,
            state,
            reason=reason.as_dict() if reason else None,
            facts={**speech.facts, **facts},
        )


def withdraw(*, speech: Speech, by: Any) -> Speech:
    """Take back what one said: nobody sees it any more. Again changes nothing. Raises NotFound for
    another's.
    """
    with transaction.atomic():
        speech = lock(speech.pk)
        if not may(by, "catalog.withdraw_speech", speech):
            raise NotFound
        if speech.state == State.WITHDRAWN:
            return speech
        return _move(speech, State.WITHDRAWN, reason=None, facts=speech.facts)


def lock(speech_id: UUID) -> Speech:
    """A remark, locked until the transaction ends. Raises NotFound."""
    speech = Speech.objects.select_for_update().filter(pk=speech_id).first()
    if speech is None:
        raise NotFound
    return speech


def shown(to: str = "speech") -> Q:
    """The condition that everybody may read it, for rows that point to a Speech by the field ``to``
    ("" for Speech).
    """
    return Q(**{_field(to, "state"): State.SHOWN})


def visible_to(user: Any, to: str = "speech") -> Q:
    """The condition that this person may read it: it is shown, or their own and not withdrawn."""
    if not user.is_authenticated:
        return shown(to)
    own = Q(**{_field(to, "author"): user.pk}) & ~Q(**{_field(to, "state"): State.WITHDRAWN})
    return shown(to) | own


def places_of(remarks: Sequence[Speech]) -> dict[UUID, Place]:
    """Where each remark was said, as far as the app that took it says so. One call for each kind
    among them.
    """
    found: dict[UUID, Place] = {}
    for kind in {one.kind for one in remarks} & set(speech_places):
        found |= speech_places[kind]([one.pk for one in remarks if one.kind == kind])
    return found


def speech_view(speech: Speech, user: Any) -> dict[str, Any]:
    """A remark as pages show it (``SpeechSerializer``). Its author must be loaded. The reason is
    told to the author alone.
    """
    mine = bool(user.is_authenticated and speech.author_id == user.pk)
    return {
        "id": speech.pk,
        "author": speaker(speech.author),
        "text": speech.text,
        "state": speech.state,
        "reason": speech.reason if mine else None,
        "mine": mine,
        "may_ask": mine and may_ask(speech),
        "created_at": speech.created_at,
    }


def may_ask(speech: Speech) -> bool:
    """Whether its author may ask for a person's look: no person has refused it."""
    return speech.state == State.REFUSED and bool(speech.facts.get("automatic"))


def was_shown(speech: Speech) -> bool:
    """Whether others have ever been able to read it."""
    history: Any = apps.get_model("catalog", "SpeechEvent")
    return bool(history.objects.filter(pgh_obj=speech.pk, state=State.SHOWN).exists())


def speaker(user: Any) -> dict[str, Any]:
    """Who spoke, as others see them; a closed account is nobody in particular."""
    if not user.is_active:
        return {"id": user.pk, "handle": "", "display_name": NOBODY.localized()}
    return {"id": user.pk, "handle": user.handle, "display_name": user.name}


# Characters that are seen as nothing, or that turn the direction of what follows.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*\n ?")
# A letter with more marks than this is drawn over its neighbours' lines.
MOST_MARKS = 3


def clean_text(text: str) -> str:
    """Plain words: no control, private or unseen characters, no towers of accents, spaces run
    together, at most one empty line in a row. A text that shows nothing is ""."""
    text = _UNSEEN.sub(
        "", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    )
    kept: list[str] = []
    marks = 0
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Cc", "Co", "Cs") and character not in "\n\t":
            continue
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    text = _LINES.sub("\n\n", _SPACES.sub(" ", "".join(kept))).strip()
    text = re.sub(r" ?\n ?", "\n", text)
    return (
        text if any(unicodedata.category(character)[0] not in "CMZ" for character in text) else ""
    )


def _field(to: str, name: str) -> str:
    return f"{to}__{name}" if to else name


def _move(speech: Speech, state: str, *, reason: Any, facts: dict[str, Any]) -> Speech:
    speech.state, speech.reason, speech.facts, speech.settled_at = (
        state,
        reason,
        facts,
        timezone.now(),
    )
    speech.save(update_fields=["state", "reason", "facts", "settled_at"])
    publish_event(
        f"said:{speech.author_id}",
        {
            "kind": "speech",
            "id": str(speech.pk),
            "of": speech.kind,
            "state": state,
            "reason": reason,
        },
    )
    speech_settled.send(sender=Speech, speech=speech)
    return speech


def _ensure_slow_enough(author: Any) -> None:
    now = timezone.now()
    for times, seconds in settings.SPEECH_LIMITS:
        since = now - timedelta(seconds=seconds)
        earlier = Speech.objects.filter(author=author, created_at__gt=since).order_by("-created_at")
        nth = list(earlier.values_list("created_at", flat=True)[times - 1 : times])
        if nth:
            wait = (nth[0] - since).total_seconds()
            raise TooSoon(
                "speaking_too_fast",
                LocalizedText("说得太快了，歇口气再说", "Not so fast; take a breath"),
                wait=wait,
            )


def _bad(code: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": "text", "message": title.localized()}])
