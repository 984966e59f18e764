"""An operator takes a display name away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, Refused

from ..mails import enqueue_mail
from ..models import NameRemoval, User
from ..signals import name_changed
from .people import lock_account


def remove_display_name(
    *, user_id: UUID, by: User, reason: str, site: str, settings_url: str, now: datetime
) -> NameRemoval:
    """Take somebody's display name away: everybody reads their handle from this commit on. They are
    told why, by mail and on their page, and cannot take the same name again.

    Raises Refused for one's own (one changes it oneself), Conflict when there is none.
    """
    with transaction.atomic():
        user = lock_account(user_id, by)
        if user.pk == by.pk:
            raise Refused(
                "own_account",
                LocalizedText("自己的名字请在设置里改", "Change your own name in your settings"),
            )
        if not user.display_name:
            raise Conflict(
                "no_name",
                LocalizedText(
                    "没有可取下的名字：大家看到的就是用户名",
                    "There is no name to take: others read the handle already",
                ),
            )
        removal = NameRemoval.objects.create(
            user=user, name=user.display_name, reason=reason.strip(), by=by, removed_at=now
        )
        user.display_name = ""
        user.save(update_fields=["display_name"])
        name_changed.send(sender=User, user=user)
        values = {
            "site": site,
            "name": removal.name,
            "reason": removal.reason,
            "handle": user.handle,
            "settings_url": settings_url,
        }
        enqueue_mail("huaben/name_removed", to=user.email, language=user.language, values=values)
    return removal
