"""Who may speak, take back, report and moderate."""

from __future__ import annotations

from uuid import UUID

import rules

from huaben.core.access import has_role, may, signed_in
from huaben.core.rooms import room_access
from huaben.core.types import Requester

from .models import Speech


@rules.predicate
def is_author(user: Requester, speech: Speech | None) -> bool:
    return speech is not None and speech.author_id == user.pk


# Everybody with an account may speak; whether it is shown is another question.
rules.add_perm("speech.submit_speech", signed_in)
rules.add_perm("speech.withdraw_speech", signed_in & is_author)
rules.add_perm("speech.request_review", signed_in & is_author)
# A report weighs, so it has a name behind it.
rules.add_perm("speech.report_speech", signed_in)
rules.add_perm("speech.use_queue", has_role("moderator"))
rules.add_perm("speech.keep_never_list", has_role("operator"))
# Nobody decides about their own.
rules.add_perm("speech.decide_speech", has_role("moderator") & ~is_author)


@room_access("speech_author")
def may_hear_own_speech(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """One's own: what becomes of what one said."""
    return signed_in(user) and str(user.pk) == key


@room_access("speech_queue")
def may_hear_queue(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Those who moderate."""
    return not key and may(user, "speech.use_queue")
