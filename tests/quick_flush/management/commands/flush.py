"""``flush``, which Django's tests call after a test that committed."""

from __future__ import annotations

from django.core.management.commands import flush

from tests.quick_flush.snapshot import restore_snapshot


class Command(flush.Command):
    """Takes Django's options, and goes back to what the migrations made."""

    def handle(self, **options: object) -> None:
        restore_snapshot()
