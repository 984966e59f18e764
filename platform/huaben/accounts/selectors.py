"""Reads about people, for an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from huaben.core.pagination import page_newest

from .models import DataExport, FactorRecovery, NameRemoval, User

MAX_EVENTS = 100
RECOVERY_VALID = timedelta(hours=24)


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


def list_name_removals(user: User) -> list[NameRemoval]:
    """The names that were taken from somebody, newest first."""
    return list(NameRemoval.objects.filter(user=user).select_related("by"))


def get_standing_removal(user: User | None) -> NameRemoval | None:
    """Why somebody has no display name at present, if it was taken from them; no query for people
    who have one.
    """
    if user is None or user.display_name:
        return None
    return NameRemoval.objects.filter(user=user).first()


def count_factors(user: User) -> int:
    """How many second factors and passkeys somebody has."""
    return Authenticator.objects.filter(user=user).count()


def get_pending_recovery(user: User, *, now: datetime | None = None) -> FactorRecovery | None:
    """What one operator asked for within a day, and another may approve."""
    asked_after = (now or timezone.now()) - RECOVERY_VALID
    rows = FactorRecovery.objects.filter(user=user, approved_at=None, asked_at__gt=asked_after)
    return rows.select_related("asked_by").first()


def list_exports(user: User, *, now: datetime | None = None) -> list[DataExport]:
    """The exports of one's data that have not expired, newest first."""
    rows = DataExport.objects.filter(user=user, expires_at__gt=now or timezone.now())
    return list(rows.select_related("job"))
