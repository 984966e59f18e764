"""Writing rooms and who writes in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem

from ..models import Writer, WritingRoom
from ..outbox import tell_room

WRITERS_MOST = 20


def open_room(*, series: Series) -> WritingRoom:
    """The writing room of a series, made when there is none; its maker is the first to write
    there.
    """
    with transaction.atomic():
        room, made = WritingRoom.objects.select_related("series__creator").get_or_create(
            series=series
        )
        if made:
            Writer.objects.create(room=room, user=series.creator)
    return room


def invite_writer(*, room: WritingRoom, by: Any, handle: str) -> Writer:
    """Let somebody in by their handle. Raises Problem for a handle that nobody has."""
    # Handles are shown with the sign before them, so they are typed with it too.
    user = User.objects.filter(
        handle__iexact=handle.strip().removeprefix("@"), is_active=True
    ).first()
    if user is None:
        words = LocalizedText("没有叫这个名字的人", "Nobody has this handle")
        raise Problem(
            "nobody_of_this_name", words, errors=[{"field": "handle", "message": words.localized()}]
        )
    return add_writer(room=room, user=user, by=by)


def add_writer(*, room: WritingRoom, user: User, by: Any) -> Writer:
    """Let somebody in; whoever is in already stays. Raises Conflict when the room is full."""
    with transaction.atomic():
        room = WritingRoom.objects.select_for_update().get(pk=room.pk)
        writer = Writer.objects.select_related("user").filter(room=room, user=user).first()
        if writer is not None and writer.left_at is None:
            return writer
        if room.writers.filter(left_at=None).count() >= WRITERS_MOST:
            raise Conflict(
                "room_full",
                LocalizedText("人满了", "The room is full"),
                detail=LocalizedText(
                    f"一间最多 {WRITERS_MOST} 人。", f"A room holds {WRITERS_MOST} people."
                ),
            )
        if writer is None:
            writer = Writer.objects.create(room=room, user=user, invited_by=by)
        else:
            writer.left_at, writer.invited_by = None, by
            writer.save(update_fields=["left_at", "invited_by"])
        tell_room(room.pk)
    return writer


def remove_writer(*, room: WritingRoom, user_id: UUID) -> None:
    """Show somebody out, or leave: their open pages close at once. What they wrote, and the credit
    for it, stays.
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
        writer.left_at = timezone.now()
        writer.save(update_fields=["left_at"])
        tell_room(room.pk)
