"""Writes about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from huaben.core.events import tell

from .models import User, Viewer


def viewer_of(user: Any) -> UUID:
    """The viewer behind an account, made on first use."""
    viewer, _ = Viewer.objects.get_or_create(user=user)
    return viewer.pk


def ensure_viewer(*, viewer_id: UUID) -> Viewer:
    """The row of a viewer who was only a cookie so far."""
    viewer, _ = Viewer.objects.get_or_create(pk=viewer_id)
    return viewer


def merge_viewer(*, anonymous_id: UUID, user: User) -> None:
    """Hand what a browser watched before sign-in to the account; a cookie that is somebody's account is left alone."""
    with transaction.atomic():
        anonymous = Viewer.objects.select_for_update().filter(pk=anonymous_id, user=None, simulated=False).first()
        into = viewer_of(user)
        if anonymous is None or anonymous.pk == into:
            return
        tell("accounts.viewer_merged", from_id=anonymous.pk, into_id=into)


def update_profile(*, user: User, display_name: str | None = None, language: str | None = None) -> User:
    """Change what others see of oneself, or one's language. None leaves a field as it is."""
    if display_name is not None:
        user.display_name = display_name.strip()
    if language is not None:
        user.language = language
    user.save(update_fields=["display_name", "language"])
    return user


def create_user(
    *, email: str, password: str | None, handle: str, display_name: str = "", roles: Sequence[str] = ()
) -> User:
    """Make an account with roles of its own; an existing one with this address is returned unchanged."""
    existing = User.objects.filter(email__iexact=email).first()
    if existing is not None:
        return existing
    return User.objects.create_user(
        email=email, password=password, handle=handle, display_name=display_name, roles=list(roles)
    )
