"""Reads about writing rooms: the shared text, and what a page shows around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huaben.catalog.models import Series
from huaben.core.access import may

from ..book import TEXT_MOST, Book
from ..models import Snapshot, Update, Version, Writer, WritingRoom


def book_of(room_id: UUID) -> Book:
    """The text of a room as it is now. Two queries."""
    # Updates first: if others fold them into a snapshot in between, they are in it, and reading
    # them twice does no harm.
    rows = list(
        Update.objects.filter(room_id=room_id).order_by("number").values_list("number", "data")
    )
    kept = Snapshot.objects.filter(room_id=room_id).first()
    book = Book(bytes(kept.state), kept.number) if kept is not None else Book()
    for number, data in rows:
        if number > book.number:
            book.read(bytes(data), number)
    return book


def read_on(room_id: UUID, book: Book) -> list[bytes]:
    """Bring a book up to date; returns the updates that it did not have. One query while there is
    little to read.
    """
    rows = list(
        Update.objects.filter(room_id=room_id, number__gt=book.number)
        .order_by("number")
        .values_list("number", "data")
    )
    if rows and rows[0][0] == book.number + 1:
        for number, data in rows:
            book.read(bytes(data), number)
        return [bytes(data) for _, data in rows]
    if rows or WritingRoom.objects.filter(pk=room_id, last_number__gt=book.number).exists():
        # What it misses has been folded into a snapshot.
        fresh = book_of(room_id)
        missed = fresh.since(book.vector)
        book.read(missed, fresh.number)
        return [missed]
    return []


def rooms_of(user: Any) -> QuerySet[WritingRoom]:
    """The rooms in which somebody writes, with series, maker and how many write there."""
    mine = Writer.objects.filter(user_id=user.pk, left_at=None).values("room_id")
    rooms = WritingRoom.objects.filter(pk__in=mine).select_related("series__creator")
    return rooms.annotate(writer_count=Count("writers", filter=Q(writers__left_at=None)))


def find_room_of(series: Series) -> WritingRoom | None:
    """The writing room of a series, if it has one."""
    return WritingRoom.objects.select_related("series__creator").filter(series=series).first()


def person_card(user: Any) -> dict[str, Any]:
    """Somebody as others see them."""
    return {"id": user.pk, "handle": user.handle, "display_name": user.name}


def room_card(room: WritingRoom) -> dict[str, Any]:
    """A room of ``rooms_of`` in a list."""
    return {
        "id": room.pk,
        "series": series_line(room.series),
        "maker": person_card(room.series.creator),
        "writers": room.writer_count,  # type: ignore[attr-defined]
        "changed_at": room.changed_at,
    }


def series_line(series: Series) -> dict[str, Any]:
    """What a room says of its series, shown or not: its writers are in the know."""
    return {"id": series.pk, "title": series.title, "language": series.language}


def room_view(room: WritingRoom, user: Any) -> dict[str, Any]:
    """A room as its page shows it to one of its writers."""
    writers = room.writers.filter(left_at=None).select_related("user")
    return {
        "id": room.pk,
        "series": series_line(room.series),
        "keeps": may(user, "cocreation.keep_room", room),
        "writers": [
            {
                "person": person_card(writer.user),
                "maker": writer.user_id == room.series.creator_id,
                "wrote": writer.wrote_at is not None,
                "joined_at": writer.joined_at,
            }
            for writer in writers
        ],
        "text_most": TEXT_MOST,
    }


def versions_of(room: WritingRoom) -> QuerySet[Version]:
    """What was marked in a room, without the texts."""
    return (
        Version.objects.filter(room=room)
        .select_related("by", "before")
        .defer("text", "before__text")
    )


def version_card(version: Version) -> dict[str, Any]:
    """A marked version in a list."""
    return {
        "id": version.pk,
        "name": version.name,
        "before": version.before.name if version.before is not None else None,
        "by": person_card(version.by) if version.by is not None else None,
        "created_at": version.created_at,
    }


def who_wrote(room: WritingRoom) -> Sequence[Writer]:
    """Everyone of whom at least one edit was stored, also those who have left."""
    return list(room.writers.filter(wrote_at__isnull=False).select_related("user"))
