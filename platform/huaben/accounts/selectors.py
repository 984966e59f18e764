"""Reads about people, for an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from huaben.core.pagination import page_newest

from .models import User

MAX_EVENTS = 100


def page_of_people(
    *, query: str, role: str, cursor: str | None, limit: int
) -> tuple[list[User], str | None]:
    """A page of accounts, newest first: whose handle, name or address holds ``query`` and who hold
    ``role``, where given.
    """
    rows = User.objects.all()
    if query:
        rows = rows.filter(
            Q(handle__icontains=query)
            | Q(email__icontains=query)
            | Q(display_name__icontains=query)
        )
    if role:
        rows = rows.filter(roles__contains=[role])
    return page_newest(rows, cursor=cursor, limit=limit)


@dataclass(frozen=True)
class RoleChange:
    """One change of what somebody may do. ``by``: a handle; None: the person signing up, or a
    command on the machine.
    """

    at: datetime
    roles: list[str]
    is_active: bool
    by: str | None


def role_changes_of(user: User) -> list[RoleChange]:
    """How somebody's roles, and whether the account is open, changed: newest first, from the audit
    trail. Two queries.
    """
    events: list[Any] = list(
        apps.get_model("accounts", "UserEvent")
        .objects.filter(pgh_obj=user.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[:MAX_EVENTS]
    )
    actors = {
        event.pgh_id: (event.pgh_context.metadata.get("user") if event.pgh_context else None)
        for event in events
    }
    named = {
        str(actor.pk): actor.handle
        for actor in User.objects.filter(pk__in={pk for pk in actors.values() if pk})
    }
    changes = []
    before: tuple[list[str], bool] | None = None
    for event in reversed(events):
        now = (event.roles, event.is_active)
        if now != before:
            by = named.get(str(actors[event.pgh_id]))
            changes.append(RoleChange(event.pgh_created_at, event.roles, event.is_active, by))
        before = now
    return changes[::-1]
