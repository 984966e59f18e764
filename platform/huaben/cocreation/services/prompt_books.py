"""The shared text of a writing room. An edit is committed before any other page is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem

from ..models import Snapshot, Update, Version, Writer, WritingRoom
from ..outbox import announce_change
from ..prompt_book import PromptBook
from ..selectors.writing_rooms import catch_up, load_book

# So many updates are merged into the snapshot, so that opening a room stays quick.
UPDATES_PER_SNAPSHOT = 200
MAX_VERSIONS = 200


@dataclass(frozen=True)
class StoredUpdate:
    """An update that was stored: ``new`` is what of it was new, b"" when nothing was; ``missed``
    are others' updates that the book did not have before.
    """

    missed: list[bytes]
    new: bytes


def store_update(
    *, room_id: UUID, user: User, book: PromptBook, update: bytes, now: datetime | None = None
) -> StoredUpdate:
    """Store one edit and apply it to ``book``. Committed when this returns.

    Raises NotFound for somebody who may not write here (any more), MalformedMessage,
    MissingUpdates, or Problem where the text would become too long. After an error ``book`` must be
    thrown away.
    """
    with transaction.atomic():
        room = _lock(room_id)
        writer = Writer.objects.filter(
            room=room, user_id=user.pk, user__is_active=True, left_at=None
        ).first()
        if writer is None:
            raise NotFound
        missed = catch_up(book, room_id)
        new = book.apply_new(update)
        if new:
            _append(room, writer, new, book, now=now or timezone.now())
    return StoredUpdate(missed, new)


def compact_updates(*, room_id: UUID) -> None:
    """Merge all updates of a room into its snapshot. Safe while others do so, and while others
    write.
    """
    with transaction.atomic():
        room = _lock(room_id)
        if room.last_number > room.folded_number:
            _save_snapshot(room, load_book(room_id))


def mark_version(*, room: WritingRoom, by: User, name: str) -> Version:
    """Save the text as it is now under a name."""
    with transaction.atomic():
        _lock(room.pk)
        version = _create_version(room, by, load_book(room.pk).text, name=_clean_name(name))
        announce_change(room.pk)
    return version


def restore_version(*, version: Version, by: User, now: datetime | None = None) -> None:
    """Go back to a marked version, by an edit like any other; the text before it is saved as a
    version of its own. Raises NotFound for somebody who may not write here.
    """
    with transaction.atomic():
        room = _lock(version.room_id)
        writer = Writer.objects.filter(room=room, user_id=by.pk, left_at=None).first()
        if writer is None:
            raise NotFound
        book = load_book(room.pk)
        old = book.text
        update = book.replace(version.text)
        if not update:
            return
        if old.strip() and not Version.objects.filter(room=room, text=old).exists():
            _create_version(room, by, old, before=version)
        _append(room, writer, update, book, now=now or timezone.now())
        announce_change(room.pk)


def _lock(room_id: UUID) -> WritingRoom:
    """The room, locked until the transaction ends: its updates are numbered one by one."""
    room = WritingRoom.objects.select_for_update().filter(pk=room_id).first()
    if room is None:
        raise NotFound
    return room


def _append(
    room: WritingRoom, writer: Writer, update: bytes, book: PromptBook, *, now: datetime
) -> None:
    room.last_number += 1
    room.changed_at = now
    Update.objects.create(room=room, number=room.last_number, author_id=writer.user_id, data=update)
    book.number = room.last_number
    if writer.wrote_at is None:
        writer.wrote_at = now
        writer.save(update_fields=["wrote_at"])
    if room.last_number - room.folded_number >= UPDATES_PER_SNAPSHOT:
        _save_snapshot(room, book)
    room.save(update_fields=["last_number", "changed_at"])


def _save_snapshot(room: WritingRoom, book: PromptBook) -> None:
    Snapshot.objects.update_or_create(
        room=room, defaults={"number": book.number, "state": book.state}
    )
    Update.objects.filter(room=room, number__lte=book.number).delete()
    room.folded_number = book.number
    room.save(update_fields=["folded_number"])


def _create_version(
    room: WritingRoom, by: User, text: str, *, name: str = "", before: Version | None = None
) -> Version:
    if before is not None:
        # A version that is saved automatically replaces the oldest such version, so that one can
        # always go back.
        automatic = Version.objects.filter(room=room, before__isnull=False)
        unused = ~Exists(Version.objects.filter(before=OuterRef("pk")))
        if automatic.count() >= MAX_VERSIONS and (
            oldest := automatic.filter(unused).order_by("pk").first()
        ):
            oldest.delete()
    elif Version.objects.filter(room=room, before=None).count() >= MAX_VERSIONS:
        raise Conflict(
            "too_many_versions",
            LocalizedText("版本太多了", "There are too many versions"),
            detail=LocalizedText(
                f"一本最多留 {MAX_VERSIONS} 个。", f"A book keeps {MAX_VERSIONS} at most."
            ),
        )
    return Version.objects.create(room=room, name=name, text=text, before=before, by=by)


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        title = LocalizedText("给这一版起个名字", "Please name this version")
        raise Problem(
            "name_needed", title, errors=[{"field": "name", "message": title.localized()}]
        )
    return name
