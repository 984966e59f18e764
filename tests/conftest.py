"""Fixtures that every test of the platform may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def api() -> Any:
    """A browser that nobody has signed in with, speaking JSON."""
    from rest_framework.test import APIClient

    return APIClient()


@pytest.fixture
def signed_in(db: None) -> Callable[..., Any]:
    """``signed_in("moderator")`` or ``signed_in(user=somebody)``: a browser with that person's session."""
    from rest_framework.test import APIClient

    from tests.factories import UserFactory

    def sign_in(*roles: str, user: Any = None) -> Any:
        client = APIClient()
        client.user = user or UserFactory(roles=list(roles) or ["viewer", "creator"])
        client.force_login(client.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
