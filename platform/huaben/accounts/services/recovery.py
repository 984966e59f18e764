"""Somebody has lost every second factor: two operators together remove them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, Refused
from huaben.core.rooms import announce_access_change

from ..mails import enqueue_mail
from ..models import FactorRecovery, User
from ..selectors import get_pending_recovery
from .people import lock_account


def request_recovery(
    *, user_id: UUID, by: User, reason: str, now: datetime | None = None
) -> FactorRecovery:
    """Ask that somebody's second factors be removed; another operator approves it within a day.

    Raises Refused for one's own account, Conflict when there is nothing to remove or it is asked
    already.
    """
    now = now or timezone.now()
    with transaction.atomic():
        user = lock_account(user_id, by)
        if user.pk == by.pk:
            raise _own_account()
        if not Authenticator.objects.filter(user=user).exists():
            raise Conflict(
                "no_factors",
                LocalizedText(
                    "这个账号没有第二道验证", "This account has no second factor to remove"
                ),
            )
        if get_pending_recovery(user, now=now) is not None:
            raise Conflict(
                "recovery_pending",
                LocalizedText(
                    "已有人提出，等另一位班主同意", "Asked already; another operator approves"
                ),
            )
        return FactorRecovery.objects.create(user=user, asked_by=by, asked_at=now, reason=reason)


def approve_recovery(
    *, user_id: UUID, by: User, site: str, reset_url: str, now: datetime | None = None
) -> FactorRecovery:
    """Remove somebody's second factors, as another operator asked; their sessions end, and they are
    told by mail.

    Raises Refused for whoever asked and for one's own account, Conflict when nobody asked within a
    day.
    """
    now = now or timezone.now()
    with transaction.atomic():
        user = lock_account(user_id, by)
        recovery = get_pending_recovery(user, now=now)
        if recovery is None:
            raise Conflict(
                "no_recovery",
                LocalizedText(
                    "没有待同意的请求，或已过期", "Nobody asked for this, or it has expired"
                ),
            )
        if by.pk in (user.pk, recovery.asked_by_id):
            raise _own_account() if by.pk == user.pk else _one_person()
        Authenticator.objects.filter(user=user).delete()
        user.session_generation += 1
        user.save(update_fields=["session_generation"])
        recovery.approved_by, recovery.approved_at = by, now
        recovery.save(update_fields=["approved_by", "approved_at"])
        announce_access_change(user.pk)
        values = {"site": site, "reset_url": reset_url}
        enqueue_mail("huaben/recovered", to=user.email, language=user.language, values=values)
    return recovery


def _own_account() -> Refused:
    return Refused(
        "own_account",
        LocalizedText("不能处理自己的账号", "You cannot do this to your own account"),
    )


def _one_person() -> Refused:
    return Refused(
        "one_person",
        LocalizedText("要由另一位班主同意", "Another operator has to approve this"),
    )
