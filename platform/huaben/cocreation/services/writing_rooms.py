"""Writing rooms, and who may write in them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem

from ..models import Writer, WritingRoom
from ..outbox import announce_change

MAX_WRITERS = 20


def get_or_create_writing_room(*, series: Series) -> WritingRoom:
    """The writing room of a series; created with the series' maker as its first writer when there
    is none.
    """
    with transaction.atomic():
        room, created = WritingRoom.objects.select_related("series__creator").get_or_create(
            series=series
        )
        if created:
            Writer.objects.create(room=room, user=series.creator)
    return room


def invite_writer(*, room: WritingRoom, by: User, handle: str) -> Writer:
    """Add a writer by their handle. Raises Problem for a handle that nobody has."""
    # Handles are shown with the sign before them, so they are typed with it too.
    user = User.objects.filter(
        handle__iexact=handle.strip().removeprefix("@"), is_active=True
    ).first()
    if user is None:
        title = LocalizedText("没有叫这个名字的人", "Nobody has this handle")
        raise Problem(
            "nobody_of_this_name", title, errors=[{"field": "handle", "message": title.localized()}]
        )
    return add_writer(room=room, user=user, by=by)


def add_writer(*, room: WritingRoom, user: User, by: User) -> Writer:
    """Add a writer; again changes nothing. Raises Conflict when the room is full."""
    with transaction.atomic():
        room = WritingRoom.objects.select_for_update().get(pk=room.pk)
        writer = Writer.objects.select_related("user").filter(room=room, user=user).first()
        if writer is not None and writer.left_at is None:
            return writer
        if room.writers.filter(left_at=None).count() >= MAX_WRITERS:
            raise Conflict(
                "room_full",
                LocalizedText("人满了", "The room is full"),
                detail=LocalizedText(
                    f"一间最多 {MAX_WRITERS} 人。", f"A room holds {MAX_WRITERS} people."
                ),
            )
        if writer is None:
            writer = Writer.objects.create(room=room, user=user, invited_by=by)
        else:
            writer.left_at, writer.invited_by = None, by
            writer.save(update_fields=["left_at", "invited_by"])
        announce_change(room.pk)
    return writer


def remove_writer(*, room: WritingRoom, user_id: UUID, now: datetime | None = None) -> None:
    """Remove a writer; their open pages are closed. What they wrote stays, and the credit for it.

    Raises NotFound for somebody who does not write there, Conflict for the series' maker.
    """
    with transaction.atomic():
        writer = (
            Writer.objects.select_for_update()
            .filter(room=room, user_id=user_id, left_at=None)
            .first()
        )
        if writer is None:
            raise NotFound
        if user_id == room.series.creator_id:
            raise Conflict(
                "maker_stays",
                LocalizedText("作者不能离开自己的话本", "The maker cannot leave their own book"),
            )
        writer.left_at = now or timezone.now()
        writer.save(update_fields=["left_at"])
        announce_change(room.pk)
