"""Everything that is a person's, as a file that only they can fetch."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from huaben.core.jobs import RunningJob, enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.models import ACTIVE
from huaben.core.problems import TooSoon

from ..exports import Owner, export_parts
from ..models import DataExport, User, Viewer

EVERY = timedelta(hours=1)


def request_export(*, user: User, now: datetime | None = None) -> DataExport:
    """Have the person's data put together. One that is being made is returned again; raises TooSoon
    when the last one is less than an hour old.
    """
    now = now or timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        last = DataExport.objects.filter(user=user).select_related("job").first()
        if last is not None and last.job is not None and last.job.state in ACTIVE:
            return last
        if last is not None and last.file and now - last.created_at < EVERY:
            raise TooSoon(
                "export_made",
                LocalizedText(
                    "刚导出过，请下载那一份，或一小时后再试",
                    "Your data was just exported; download that, or ask again in an hour",
                ),
                wait=(last.created_at + EVERY - now).total_seconds(),
            )
        export = DataExport.objects.create(
            user=user, expires_at=now + timedelta(days=settings.EXPORT_KEPT_DAYS)
        )
        export.job = enqueue_job("accounts.export", {"export_id": str(export.pk)}, owner_id=user.pk)
        export.save(update_fields=["job"])
    return export


def save_export(*, export_id: UUID, job: RunningJob) -> DataExport:
    """Put the file together, part by part, and keep it."""
    export = DataExport.objects.select_related("user").get(pk=export_id)
    owner = Owner(export.user, Viewer.objects.filter(user=export.user).first())
    parts = sorted(export_parts.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (name, rows_of) in enumerate(parts):
            job.progress("export", done, len(parts))
            text = json.dumps(
                list(rows_of(owner)), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
            )
            archive.writestr(f"{name}.json", text)
    name = default_storage.save(f"exports/{export.pk}.zip", ContentFile(packed.getvalue()))
    with transaction.atomic():
        job.fence()
        export.file, export.size = name, packed.getbuffer().nbytes
        export.save(update_fields=["file", "size"])
    job.progress("export", len(parts), len(parts))
    return export


def delete_expired_exports(*, now: datetime | None = None) -> int:
    """Delete the files whose time is over; returns how many."""
    expired = list(DataExport.objects.filter(expires_at__lte=now or timezone.now()))
    for export in expired:
        if export.file:
            default_storage.delete(export.file)
        export.delete()
    return len(expired)
