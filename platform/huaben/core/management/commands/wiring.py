"""Prints who tells whom: signals, jobs, outbox topics, rooms, scheduled tasks, and what the apps
below ask of those above.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.dispatch import Signal

from huaben.core.jobs.registry import JobKind
from huaben.core.registries import Registry, registries


def name_of(function: Callable[..., Any]) -> str:
    """``huaben.review.receivers.open_case_of_cut``."""
    return f"{function.__module__}.{function.__qualname__}"


def signal_lines() -> Iterable[str]:
    """Each signal of ours with its receivers, in the order in which they are called."""
    for config in apps.get_app_configs():
        if not config.name.startswith("huaben."):
            continue
        module = sys.modules.get(f"{config.name}.signals")
        if module is None:
            continue
        for name, signal in vars(module).items():
            if isinstance(signal, Signal):
                receivers, asynchronous = signal._live_receivers(None)
                hearers = [name_of(each) for each in [*receivers, *asynchronous]]
                yield f"{config.label}.{name} -> {', '.join(hearers) or 'nobody'}"


def task_lines() -> Iterable[str]:
    """What beat starts, and how often (seconds, or a crontab)."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        yield f"{entry['task']} every {entry['schedule']}"


def registry_lines(registry: Registry[Any]) -> Iterable[str]:
    """Who answers each key of a registry; for a job also its queue, attempts and what hears of its
    failure.
    """
    for key, answer in registry.items():
        if isinstance(answer, JobKind):
            ends = f", fails to {name_of(answer.on_failure)}" if answer.on_failure else ""
            yield (
                f"{key} [{answer.queue}, {answer.max_attempts} attempts] <- "
                f"{name_of(answer.handler)}{ends}"
            )
        elif callable(answer):
            yield f"{key} <- {name_of(answer)}"
        else:
            parts = [name_of(part) for part in vars(answer).values() if callable(part)]
            yield f"{key} <- {', '.join(parts)}"


class Command(BaseCommand):
    help = "Print who tells whom, and who answers whom."

    def handle(self, *args: object, **options: object) -> None:
        import_module("huaben.urls")
        sections: dict[str, Iterable[str]] = {
            "Signals": signal_lines(),
            "Scheduled": task_lines(),
        }
        for registry in registries():
            sections[registry.name.capitalize()] = registry_lines(registry)
        for title, lines in sections.items():
            self.stdout.write(self.style.MIGRATE_HEADING(title))
            for line in sorted(lines):
                self.stdout.write(f"  {line}")
