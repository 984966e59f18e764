"""Which kinds of job there are, and who runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..models import Job
from ..registries import Registry
from ..types import JsonObject

if TYPE_CHECKING:
    from .runner import RunningJob

Handler = Callable[["RunningJob"], JsonObject | None]
FailureHandler = Callable[[Job], None]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True)
class JobKind:
    """How jobs of a kind are run.

    ``on_failure`` is called in the transaction that ends a job as failed or cancelled.
    ``max_attempts`` counts errors and deaths of the worker alike.
    """

    name: str
    handler: Handler
    queue: str
    max_attempts: int
    on_failure: FailureHandler | None


job_kinds: Registry[JobKind] = Registry("jobs")


def job(
    name: str,
    *,
    queue: str = "default",
    max_attempts: int = 5,
    on_failure: FailureHandler | None = None,
) -> Callable[[H], H]:
    """Make a function the handler of the jobs called ``name``.

    Handlers stand in an app's ``jobs.py``, which every process imports at start: engines that a
    handler needs are imported inside it, so that the web process, which only enqueues, never
    loads them.
    """

    def register(handler: H) -> H:
        job_kinds.register(name)(JobKind(name, handler, queue, max_attempts, on_failure))
        return handler

    return register
