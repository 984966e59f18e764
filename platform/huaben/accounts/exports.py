"""What of a person each app holds, asked when they export their data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from huaben.core.registries import Registry
from huaben.core.types import ValuesRow

from .models import NameRemoval, User, Viewer
from .selectors import role_changes_of


@dataclass(frozen=True)
class Owner:
    """Whose data are exported; no viewer: they have watched nothing."""

    user: User
    viewer: Viewer | None


ExportPart = Callable[[Owner], Iterable[ValuesRow]]
export_parts: Registry[ExportPart] = Registry("accounts.export_parts")


def export_part(name: str) -> Callable[[ExportPart], ExportPart]:
    """Make a function give the rows of one file of the export, ``{name}.json``."""
    return export_parts.register(name)


@export_part("account")
def export_account(owner: Owner) -> Iterable[ValuesRow]:
    user = owner.user
    yield {
        "id": user.pk,
        "email": user.email,
        "handle": user.handle,
        "display_name": user.display_name,
        "roles": user.roles,
        "language": user.language,
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "viewer_id": owner.viewer.pk if owner.viewer else None,
    }


@export_part("email_addresses")
def export_addresses(owner: Owner) -> Iterable[ValuesRow]:
    return EmailAddress.objects.filter(user=owner.user).values("email", "verified", "primary")


@export_part("sessions")
def export_sessions(owner: Owner) -> Iterable[ValuesRow]:
    return UserSession.objects.filter(user=owner.user).values("ip", "user_agent", "created_at")


@export_part("second_factors")
def export_factors(owner: Owner) -> Iterable[ValuesRow]:
    return Authenticator.objects.filter(user=owner.user).values("type", "created_at")


@export_part("name_removals")
def export_name_removals(owner: Owner) -> Iterable[ValuesRow]:
    return NameRemoval.objects.filter(user=owner.user).values("name", "reason", "removed_at")


@export_part("role_changes")
def export_role_changes(owner: Owner) -> Iterable[ValuesRow]:
    return [vars(change) for change in role_changes_of(owner.user)]
