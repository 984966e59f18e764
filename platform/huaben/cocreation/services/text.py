"""The shared text: every edit is a row before anybody is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem

from ..book import Book
from ..models import Snapshot, Update, Version, Writer, WritingRoom
from ..outbox import tell_room
from ..selectors.writing import book_of, read_on

# After so many updates they become one snapshot, so that opening a room stays quick.
FOLD_AFTER = 200
VERSIONS_MOST = 200


@dataclass(frozen=True)
class Stored:
    """What a write found and did: others' updates that the book had missed, and one's own; b"" when
    it changed nothing.
    """

    missed: list[bytes]
    new: bytes


def store_update(*, room_id: UUID, user: Any, book: Book, given: bytes) -> Stored:
    """Store one edit and take it into ``book``. Committed when this returns.

    Raises NotFound for somebody who may not write here (any more), Malformed, Gap, or Problem where
    the text would become too long. ``book`` is worth nothing after an error.
    """
    with transaction.atomic():
        room = _locked(room_id)
        writer = Writer.objects.filter(
            room=room, user_id=user.pk, user__is_active=True, left_at=None
        ).first()
        if writer is None:
            raise NotFound
        missed = read_on(room_id, book)
        new = book.write(given)
        if new:
            _append(room, writer, new, book)
    return Stored(missed, new)


def fold_updates(*, room_id: UUID) -> None:
    """Put all updates of a room into its snapshot. Nothing is lost however many do it, and write,
    at once.
    """
    with transaction.atomic():
        room = _locked(room_id)
        if room.last_number > room.folded_number:
            _fold(room, book_of(room_id))


def mark_version(*, room: WritingRoom, by: Any, name: str) -> Version:
    """Keep the text as it is now under a name."""
    with transaction.atomic():
        _locked(room.pk)
        version = _keep(room, by, book_of(room.pk).text, name=_named(name))
        tell_room(room.pk)
    return version


def restore_version(*, version: Version, by: Any) -> None:
    """Go back to a marked version, by an edit like any other; what stood there is kept as a version
    of its own.
    """
    with transaction.atomic():
        room = _locked(version.room_id)
        writer = Writer.objects.filter(room=room, user_id=by.pk, left_at=None).first()
        if writer is None:
            raise NotFound
        book = book_of(room.pk)
        old = book.text
        update = book.replace(version.text)
        if not update:
            return
        if old.strip() and not Version.objects.filter(room=room, text=old).exists():
            _keep(room, by, old, before=version)
        _append(room, writer, update, book)
        tell_room(room.pk)


def _locked(room_id: UUID) -> WritingRoom:
    """The room, held until the transaction ends: its updates are numbered one by one."""
    room = WritingRoom.objects.select_for_update().filter(pk=room_id).first()
    if room is None:
        raise NotFound
    return room


def _append(room: WritingRoom, writer: Writer, update: bytes, book: Book) -> None:
    now = timezone.now()
    room.last_number += 1
    room.changed_at = now
    Update.objects.create(room=room, number=room.last_number, author_id=writer.user_id, data=update)
    book.number = room.last_number
    if writer.wrote_at is None:
        writer.wrote_at = now
        writer.save(update_fields=["wrote_at"])
    if room.last_number - room.folded_number >= FOLD_AFTER:
        _fold(room, book)
    room.save(update_fields=["last_number", "changed_at"])


def _fold(room: WritingRoom, book: Book) -> None:
    Snapshot.objects.update_or_create(
        room=room, defaults={"number": book.number, "state": book.state}
    )
    Update.objects.filter(room=room, number__lte=book.number).delete()
    room.folded_number = book.number
    room.save(update_fields=["folded_number"])


def _keep(
    room: WritingRoom, by: Any, text: str, *, name: str = "", before: Version | None = None
) -> Version:
    if before is not None:
        # What is kept by itself makes room for itself, so that there is always a way back.
        by_itself = Version.objects.filter(room=room, before__isnull=False)
        unused = ~Exists(Version.objects.filter(before=OuterRef("pk")))
        if by_itself.count() >= VERSIONS_MOST and (
            oldest := by_itself.filter(unused).order_by("pk").first()
        ):
            oldest.delete()
    elif Version.objects.filter(room=room, before=None).count() >= VERSIONS_MOST:
        raise Conflict(
            "too_many_versions",
            LocalizedText("版本太多了", "There are too many versions"),
            detail=LocalizedText(
                f"一本最多留 {VERSIONS_MOST} 个。", f"A book keeps {VERSIONS_MOST} at most."
            ),
        )
    return Version.objects.create(room=room, name=name, text=text, before=before, by=by)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        words = LocalizedText("给这一版起个名字", "Please name this version")
        raise Problem(
            "name_needed", words, errors=[{"field": "name", "message": words.localized()}]
        )
    return name
