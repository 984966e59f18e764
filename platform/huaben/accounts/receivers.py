"""What accounts does when somebody signs in."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from .models import User
from .services import merge_viewer


@receiver(user_logged_in)
def take_over_history(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """What the browser did before is the person's now."""
    anonymous_id = getattr(request, "anonymous_viewer_id", None)
    if anonymous_id is not None:
        merge_viewer(anonymous_id=anonymous_id, user=user)
