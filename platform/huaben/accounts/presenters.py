"""What is answered of accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings

from huaben.core.presenters import JobStatus, present_job
from huaben.core.responses import described

from . import models
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
class NameNotice:
    """One's display name was taken away, and why."""

    name: str
    reason: str
    removed_at: datetime


@dataclass(frozen=True)
class Account:
    """Oneself."""

    id: UUID
    handle: str
    display_name: str
    email: str
    roles: list[Role]
    language: Literal["zh", "en"]
    name_notice: NameNotice | None = field(metadata=described("Until another name is chosen."))


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
class PendingRecovery:
    """An operator asks that somebody's second factors be removed; another one approves."""

    asked_by: str = field(metadata=described("Handle."))
    asked_at: datetime
    reason: str
    by_oneself: bool = field(metadata=described("Whoever looks asked, and cannot approve."))


@dataclass(frozen=True)
class RemovedName:
    """A display name that was taken from somebody."""

    name: str
    reason: str
    by: str = field(metadata=described("Handle."))
    at: datetime


@dataclass(frozen=True)
class PersonRecord(PersonCard):
    """Somebody, with how their roles came about."""

    changes: list[PersonChange]
    oneself: bool
    factors: int = field(metadata=described("How many second factors and passkeys they have."))
    recovery: PendingRecovery | None
    has_display_name: bool = field(metadata=described("Else others read the handle."))
    removed_names: list[RemovedName] = field(metadata=described("Newest first."))


@dataclass(frozen=True)
class DataExport:
    """A file with everything that is one's own."""

    id: UUID
    job: JobStatus | None
    size: int = field(metadata=described("Bytes; 0: not made yet."))
    created_at: datetime
    expires_at: datetime


def present_export(export: models.DataExport) -> DataExport:
    """One export as its owner sees it."""
    return DataExport(
        id=export.pk,
        job=present_job(export.job) if export.job else None,
        size=export.size,
        created_at=export.created_at,
        expires_at=export.expires_at,
    )


def present_person(user: User) -> Person:
    """The card of a person: who made, wrote, decided or holds something."""
    return Person(id=user.pk, handle=user.handle, display_name=user.name)


def present_me(
    *, user: User | None, viewer_id: UUID, removal: models.NameRemoval | None = None
) -> Me:
    """The person behind a session, or nobody (None), and whether this is the demo."""
    return Me(
        user=Account(
            id=user.pk,
            handle=user.handle,
            display_name=user.name,
            email=user.email,
            roles=_roles(user.roles),
            language="en" if user.language == "en" else "zh",
            name_notice=NameNotice(
                name=removal.name, reason=removal.reason, removed_at=removal.removed_at
            )
            if removal
            else None,
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


def present_person_record(
    user: User,
    changes: list[RoleChange],
    *,
    viewed_by: User,
    factors: int,
    recovery: models.FactorRecovery | None,
    removals: list[models.NameRemoval],
) -> PersonRecord:
    """One account with its history, newest change first."""
    return PersonRecord(
        **vars(present_person_card(user)),
        changes=[
            PersonChange(
                at=change.at, roles=_roles(change.roles), is_active=change.is_active, by=change.by
            )
            for change in changes
        ],
        oneself=user.pk == viewed_by.pk,
        factors=factors,
        recovery=PendingRecovery(
            asked_by=recovery.asked_by.handle,
            asked_at=recovery.asked_at,
            reason=recovery.reason,
            by_oneself=recovery.asked_by_id == viewed_by.pk,
        )
        if recovery
        else None,
        has_display_name=bool(user.display_name),
        removed_names=[
            RemovedName(
                name=removal.name,
                reason=removal.reason,
                by=removal.by.handle,
                at=removal.removed_at,
            )
            for removal in removals
        ],
    )


def _roles(names: list[str]) -> list[Role]:
    return [Role(name) for name in names]
