"""``manage.py grant_role WHO ROLE``: how the first operator of a house comes to be."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from huaben.accounts.models import Role, User
from huaben.accounts.services import grant_role


class Command(BaseCommand):
    """Gives an existing account a role."""

    help = "Give an account a role. The account signs up on the page first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="handle or e-mail address of the account")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *args: Any, who: str, role: str, **options: Any) -> None:
        user = User.objects.filter(Q(handle=who) | Q(email__iexact=who)).first()
        if user is None:
            raise CommandError(f"There is no account {who}.", returncode=2)
        with pghistory.context(command="grant_role"):
            user = grant_role(user_id=user.pk, role=role)
        self.stdout.write(f"{user.handle}: {', '.join(user.roles)}")
