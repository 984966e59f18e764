"""What is answered of accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings

from huaben.core.responses import described

from .demo import PASSWORD, demo_accounts
from .models import Role, User
from .selectors import RoleChange


@dataclass(frozen=True)
class Person:
    """Somebody, as others see them."""

    id: UUID
    handle: str
    display_name: str


@dataclass(frozen=True)
class Account:
    """Oneself."""

    id: UUID
    handle: str
    display_name: str
    email: str
    roles: list[Role]
    language: Literal["zh", "en"]


@dataclass(frozen=True)
class DemoAccount:
    """An account that a visitor of the demo may use."""

    handle: str
    display_name: str
    email: str
    password: str
    role: Role


@dataclass(frozen=True)
class Me:
    """Everything that the page needs to know before its first paint."""

    user: Account | None
    viewer_id: UUID
    demo: bool
    demo_accounts: list[DemoAccount]
    simulated_audience: bool


@dataclass(frozen=True)
class PersonCard:
    """Somebody in the operator's list."""

    id: UUID
    handle: str
    display_name: str
    email: str
    roles: list[Role]
    is_active: bool
    date_joined: datetime
    last_login: datetime | None


@dataclass(frozen=True)
class PersonChange:
    """One change of what somebody may do."""

    at: datetime
    roles: list[Role]
    is_active: bool
    by: str | None = field(
        metadata=described("Handle; null: signing up, or a command on the machine.")
    )


@dataclass(frozen=True)
class PersonRecord(PersonCard):
    """Somebody, with how their roles came about."""

    changes: list[PersonChange]
    oneself: bool


def present_person(user: User) -> Person:
    """The card of a person: who made, wrote, decided or holds something."""
    return Person(id=user.pk, handle=user.handle, display_name=user.name)


def present_me(*, user: User | None, viewer_id: UUID) -> Me:
    """The person behind a session, or nobody (None), and whether this is the demo."""
    return Me(
        user=Account(
            id=user.pk,
            handle=user.handle,
            display_name=user.name,
            email=user.email,
            roles=_roles(user.roles),
            language="en" if user.language == "en" else "zh",
        )
        if user
        else None,
        viewer_id=viewer_id,
        demo=settings.DEMO,
        demo_accounts=[
            DemoAccount(
                handle=account.handle,
                display_name=account.display_name,
                email=account.email,
                password=PASSWORD,
                role=account.role,
            )
            for account in demo_accounts()
        ],
        simulated_audience=settings.DEMO,
    )


def present_person_card(user: User) -> PersonCard:
    """A line of the operator's list."""
    return PersonCard(
        id=user.pk,
        handle=user.handle,
        display_name=user.name,
        email=user.email,
        roles=_roles(user.roles),
        is_active=user.is_active,
        date_joined=user.date_joined,
        last_login=user.last_login,
    )


def present_person_record(user: User, changes: list[RoleChange], *, oneself: bool) -> PersonRecord:
    """One account with its history, newest change first."""
    return PersonRecord(
        **vars(present_person_card(user)),
        changes=[
            PersonChange(
                at=change.at, roles=_roles(change.roles), is_active=change.is_active, by=change.by
            )
            for change in changes
        ],
        oneself=oneself,
    )


def _roles(names: list[str]) -> list[Role]:
    return [Role(name) for name in names]
