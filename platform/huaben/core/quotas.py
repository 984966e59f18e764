"""How many things of one kind somebody may make in a while; counted in the tables themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from .localized import LocalizedText
from .locks import LockSpace, lock_until_commit
from .problems import TooSoon

_NAMES: Mapping[str, LocalizedText] = {
    "series": LocalizedText("新建的剧", "new series"),
    "episode": LocalizedText("新建的剧集", "new episodes"),
    "cut": LocalizedText("提交的版本", "new versions"),
    "upload": LocalizedText("新开的上传", "new uploads"),
    "render": LocalizedText("要渲染的片子", "films to render"),
}


def ensure_within_quota(
    kind: str, *, owner_id: UUID, made: QuerySet[Any], field: str = "created_at"
) -> None:
    """Raise TooSoon when ``made``, what this person has made of a kind, reaches one of the limits
    that ``MAKING_LIMITS`` names: pairs of a number and the seconds in which so many may be made.

    ``field`` is when each was made. To be called in the transaction that makes the next one: until
    it ends, nobody else makes one of the kind for the same person, so that two at once cannot both
    see the last free place.
    """
    lock_until_commit(LockSpace.MAKING_QUOTA, f"{kind} {owner_id}")
    now = timezone.now()
    for times, seconds in settings.MAKING_LIMITS[kind]:
        since = now - timedelta(seconds=seconds)
        recent = made.filter(**{f"{field}__gt": since}).order_by(f"-{field}")
        told = list(recent.values_list(field, flat=True)[:times])
        if len(told) >= times:
            name = _NAMES[kind]
            title = LocalizedText(
                f"短时间内{name.zh}太多了，已有的都在，请稍后再来",
                f"That is too many {name.en} for now; what you have is kept, please come back"
                " later",
            )
            wait = (told[-1] - since).total_seconds()
            raise TooSoon("too_many_made", title, wait=max(1.0, wait))
