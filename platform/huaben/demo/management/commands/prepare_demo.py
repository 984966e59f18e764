"""Prepares the demo: migrates the database, creates the accounts, enqueues the season's planning.

Running it again changes nothing.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from huaben.accounts.demo import create_demo_accounts
from huaben.core.jobs import enqueue_job


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-season", action="store_true", help="do not render the demo season"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        create_demo_accounts()
        if not options["no_season"]:
            enqueue_job("demo.plan_season", {}, key="plan")
