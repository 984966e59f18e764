"""The demo accounts. They exist only where settings say DEMO, and the sign-in page shows them there
and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from .models import Role
from .services import create_user

PASSWORD = "teahouse-demo"  # noqa: S105  shown on the demo's own sign-in page


@dataclass(frozen=True)
class DemoAccount:
    """One account that a visitor of the demo may use."""

    handle: str
    display_name: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.handle}@demo.huaben.example"

    @property
    def roles(self) -> list[str]:
        return sorted(
            {Role.VIEWER, self.role} | ({Role.CREATOR} if self.role == Role.CREATOR else set())
        )


ACCOUNTS = (
    DemoAccount("viewer", "看客 Viewer", Role.VIEWER),
    DemoAccount("creator", "作者 Creator", Role.CREATOR),
    DemoAccount("moderator", "审看 Moderator", Role.MODERATOR),
    DemoAccount("filing", "备案 Filing", Role.FILING_ADMIN),
    DemoAccount("copyright", "版权 Copyright", Role.COPYRIGHT_ADMIN),
    DemoAccount("operator", "班主 Operator", Role.OPERATOR),
)


def create_demo_accounts() -> None:
    """Make the demo accounts and the house's own; refuses to run outside the demo."""
    if not settings.DEMO:
        raise RuntimeError("Demo accounts exist only in the embedded demo.")
    for account in ACCOUNTS:
        create_user(
            email=account.email,
            password=PASSWORD,
            handle=account.handle,
            display_name=account.display_name,
            roles=account.roles,
        )
    # Nobody signs in as the house: it has no password.
    create_user(
        email="house@demo.huaben.example",
        password=None,
        handle="huaben-house",
        display_name="话本 Huaben",
        roles=[Role.CREATOR],
    )


def demo_accounts() -> tuple[DemoAccount, ...]:
    """What the sign-in page shows: nothing outside the demo."""
    return ACCOUNTS if settings.DEMO else ()
