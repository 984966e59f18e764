"""Room for uploads: of one person, and on the disk under ``root``."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import BigIntegerField, Count, F, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from huaben.core.disk import disk_full, free_room
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Problem
from huaben.core.quotas import ensure_within_quota
from huaben.core.types import Requester

from ..models import Upload


def reserve_room(root: Path, owner: Requester, length: int) -> None:
    """Raise Problem unless this person and the disk have room for one more upload.

    Until the transaction ends nobody else reserves: what open uploads will still bring is promised
    already, to whomever it is.
    """
    ensure_within_quota("upload", owner_id=owner.pk, made=Upload.objects.filter(owner_id=owner.pk))
    lock_until_commit(LockSpace.UPLOAD_ROOM)
    promised = Upload.objects.filter(
        asset=None, problem__isnull=True, expires_at__gt=timezone.now()
    )
    to_come = Coalesce(Sum(F("length") - F("offset")), Value(0), output_field=BigIntegerField())
    own = promised.filter(owner_id=owner.pk).aggregate(n=Count("pk"), size=to_come)
    if own["n"] >= settings.UPLOAD_MAX_OPEN:
        raise _too_many_open()
    if own["n"] and own["size"] + length > settings.UPLOAD_MAX_OPEN_BYTES:
        raise _too_many_open()
    if promised.aggregate(size=to_come)["size"] + length > free_room(root):
        raise disk_full()


def _too_many_open() -> Problem:
    return Problem(
        "too_many_uploads",
        LocalizedText(
            "未完成的上传太多，请先完成或取消一些",
            "Too many unfinished uploads; please finish or cancel some first",
        ),
        status=429,
    )
