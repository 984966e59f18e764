"""People as answers show them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from .models import User


@dataclass(frozen=True)
class Person:
    """Somebody, as others see them."""

    id: UUID
    handle: str
    display_name: str


def present_person(user: User) -> Person:
    """The card of a person: who made, wrote, decided or holds something."""
    return Person(id=user.pk, handle=user.handle, display_name=user.name)
