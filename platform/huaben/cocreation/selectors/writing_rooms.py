"""Reads about writing rooms: the shared text, its writers and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.problems import NotFound

from ..models import Snapshot, Update, Version, Writer, WritingRoom
from ..prompt_book import PromptBook


def load_book(room_id: UUID) -> PromptBook:
    """The text of a room as it is now. Two queries."""
    # Updates first: if others fold them into a snapshot in between, they are in it, and reading
    # them twice does no harm.
    rows = list(
        Update.objects.filter(room_id=room_id).order_by("number").values_list("number", "data")
    )
    snapshot = Snapshot.objects.filter(room_id=room_id).first()
    book = (
        PromptBook.from_state(bytes(snapshot.state), snapshot.number) if snapshot else PromptBook()
    )
    for number, data in rows:
        if number > book.number:
            book.apply_stored(bytes(data), number)
    return book


def catch_up(book: PromptBook, room_id: UUID) -> list[bytes]:
    """Apply the stored updates that a book does not have yet, and return them. One query while no
    update was merged into the snapshot meanwhile.
    """
    rows = list(
        Update.objects.filter(room_id=room_id, number__gt=book.number)
        .order_by("number")
        .values_list("number", "data")
    )
    if rows and rows[0][0] == book.number + 1:
        for number, data in rows:
            book.apply_stored(bytes(data), number)
        return [bytes(data) for _, data in rows]
    if rows or WritingRoom.objects.filter(pk=room_id, last_number__gt=book.number).exists():
        # What it misses was merged into the snapshot.
        fresh = load_book(room_id)
        missed = fresh.encode_since(book.state_vector)
        book.apply_stored(missed, fresh.number)
        return [missed]
    return []


def list_writing_rooms(*, writer: User) -> QuerySet[WritingRoom]:
    """The rooms in which somebody writes, with series, maker and ``writer_count``."""
    mine = Writer.objects.filter(user=writer, left_at=None).values("room_id")
    rooms = WritingRoom.objects.filter(pk__in=mine).select_related("series__creator")
    return rooms.annotate(writer_count=Count("writers", filter=Q(writers__left_at=None)))


def find_writing_room(series: Series) -> WritingRoom | None:
    """The writing room of a series, if it has one."""
    return WritingRoom.objects.select_related("series__creator").filter(series=series).first()


def list_versions(room: WritingRoom) -> QuerySet[Version]:
    """The marked versions of a room, without their texts."""
    return (
        Version.objects.filter(room=room)
        .select_related("by", "before")
        .defer("text", "before__text")
    )


def list_contributors(room: WritingRoom) -> Sequence[Writer]:
    """Everybody of whom at least one edit was stored, also those who have left."""
    return list(room.writers.filter(wrote_at__isnull=False).select_related("user"))


def list_active_writers(room: WritingRoom) -> QuerySet[Writer]:
    """Who may write in a room, in the order in which they joined."""
    return room.writers.filter(left_at=None).select_related("user")


def find_version(room: WritingRoom, version_id: UUID) -> Version:
    """A marked version of a room with its text. Raises NotFound."""
    rows = Version.objects.select_related("by", "before")
    version = rows.filter(room=room, pk=version_id).first()
    if version is None:
        raise NotFound
    return version
