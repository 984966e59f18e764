"""What accounts does when somebody signs in, or proves to be the owner of an address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.signals import password_changed, password_reset, user_logged_in
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from .devices import remember_device
from .models import User
from .services import announce_access_change, merge_viewer, settle_reset


@receiver(user_logged_in)
def take_over_history(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """What the browser did before is the person's now, and the browser is known from now on."""
    anonymous_id = getattr(request, "anonymous_viewer_id", None)
    if anonymous_id is not None:
        merge_viewer(anonymous_id=anonymous_id, user=user)
    if request is not None:
        remember_device(request, user)


@receiver(password_reset)
def settle_password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever opened the link from the mail owns the address."""
    settle_reset(user=user)
    remember_device(request, user)


@receiver(password_changed)
def end_sockets(user: User, **kwargs: Any) -> None:
    """Django ends the other sessions with the password; their sockets end too."""
    announce_access_change(user.pk)


@receiver(post_delete, sender=Session)
def end_sockets_of_session(instance: Session, **kwargs: Any) -> None:
    """Signed out here, or ended from elsewhere: its open sockets end with it."""
    user_id = instance.get_decoded().get(SESSION_KEY)
    if user_id is not None:
        announce_access_change(UUID(user_id))
