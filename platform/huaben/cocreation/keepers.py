"""What cocreation answers when somebody exports their data."""

from __future__ import annotations

from collections.abc import Iterable

from huaben.accounts.exports import Owner, export_part
from huaben.core.types import ValuesRow

from .models import Credit, Support


@export_part("supported_proposals")
def export_supports(owner: Owner) -> Iterable[ValuesRow]:
    return Support.objects.filter(viewer=owner.viewer).values()


@export_part("credits")
def export_credits(owner: Owner) -> Iterable[ValuesRow]:
    return Credit.objects.filter(person=owner.user).values()
