"""How allauth makes our accounts."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """No user names: an address to sign in, and a handle that says nothing of it."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nothing to do: the model gives each account its handle."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> User:
        account = cast(User, super().save_user(request, user, form, commit=False))
        language = getattr(request, "LANGUAGE_CODE", "zh")
        account.display_name = form.cleaned_data.get("display_name", "")
        account.language = "en" if language.startswith("en") else "zh"
        if commit:
            account.save()
        return account
