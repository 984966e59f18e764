"""Who cannot come in yet."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class UnconfirmedAccounts(BaseBackend):
    """Stands before allauth's backend, and ends the sign-in of an account whose address nobody has
    confirmed just as a wrong password does: whoever signs up with a stranger's address and then
    signs in with the same password must not learn from the answer whether it was taken.

    With the right password the mail to confirm goes out once more, to the address.
    """

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **credentials: Any
    ) -> None:
        """None: the next backend is asked. Raises PermissionDenied for such an account."""
        if not email or request is None:
            return
        addresses = list(
            EmailAddress.objects.filter(email=email.lower()).select_related("user")[:2]
        )
        if not addresses or any(address.verified for address in addresses):
            return
        address = addresses[0]
        # As slow as the other way, right or wrong.
        if address.user.check_password(password):
            send_verification_email_to_address(request, address)
        raise PermissionDenied
