"""How allauth makes, finds and writes to our accounts."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from huaben.core.addresses import client_address

from .devices import count_guess
from .mails import enqueue_mail
from .models import User

NO_ADDRESS = "0.0.0.0"  # noqa: S104  a request on a socket that has no address


class AccountAdapter(DefaultAccountAdapter):
    """No user names: an address to sign in, and a handle that says nothing of it."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nothing to do: the model gives each account its handle."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> User:
        account = cast(User, super().save_user(request, user, form, commit=False))
        account.display_name = form.cleaned_data.get("display_name", "")
        account.language = _language_of(request)
        if commit:
            account.save()
        return account

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or NO_ADDRESS

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        usage = count_guess(request, str(credentials.get("email") or ""))
        if usage is None:
            raise self.validation_error("too_many_login_attempts")
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            usage.rollback()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        request = current.request
        user = context.get("user")
        enqueue_mail(
            template_prefix,
            to=email,
            language=user.language
            if isinstance(user, User) and user.email == email
            else _language_of(request),
            values={
                "reset_url": request.build_absolute_uri("/password/reset"),
                **context,
                "email": email,
                "site": request.get_host(),
            },
        )


def _language_of(request: HttpRequest) -> str:
    return "en" if getattr(request, "LANGUAGE_CODE", "zh").startswith("en") else "zh"
