"""What allauth asks of somebody who signs up, beside address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from huaben.core.problems import Problem

from .models import User
from .names import MAX_NAME_LENGTH, clean_display_name


class SignupForm(forms.Form):
    """The name that others see; without one they see the handle."""

    display_name = forms.CharField(max_length=MAX_NAME_LENGTH, required=False)

    def clean_display_name(self) -> str:
        try:
            return clean_display_name(self.cleaned_data["display_name"])
        except Problem as problem:
            raise forms.ValidationError(problem.title.localized(), code=problem.code) from problem

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing is left to do: the adapter saves the name with the account."""
