"""Finds out, by asking over HTTP, which roles an endpoint lets in."""

from __future__ import annotations

from rest_framework.test import APIClient

from tests.factories import UserFactory
from tests.platform.api.endpoints import every_endpoint

ROLES = ["nobody", "viewer", "creator", "moderator", "filing_admin", "copyright_admin", "operator"]


def who_may_enter() -> dict[str, list[str]]:
    """For each endpoint the roles that are not turned away at the door: neither 401 nor 403.

    Ids are of nobody's, so whoever is let in is told that there is no such thing, or that the body
    is wrong.
    """
    clients = {}
    for role in ROLES:
        clients[role] = APIClient()
        if role != "nobody":
            user = UserFactory(roles=[role])
            clients[role].force_login(
                user, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
    entered: dict[str, list[str]] = {}
    for endpoint in every_endpoint():
        entered[endpoint.name] = [
            role
            for role, client in clients.items()
            if getattr(client, endpoint.method.lower())(
                endpoint.address(), {}, format="json"
            ).status_code
            not in (401, 403)
        ]
    return entered
