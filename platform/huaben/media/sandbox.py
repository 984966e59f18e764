"""Runs ``huaben.media.film`` in a sandboxed child: a stranger's film is only ever opened there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from huaben.core.sandbox.parent import SandboxLimits, run_sandboxed
from huaben.core.sandbox.rejected import RejectedMedia
from huaben.core.types import JsonObject

from .rejections import CODES, rejection_problem

_GIB = 1024**3

EXAMINATION_LIMITS = SandboxLimits(
    memory_bytes=3 * _GIB, cpu_seconds=90, wall_seconds=180, file_bytes=1024**2
)


def packaging_limits(seconds: float) -> SandboxLimits:
    """The limits for packaging a film of so many seconds.

    Far more than any honest film takes on a slow machine.
    """
    return SandboxLimits(
        memory_bytes=6 * _GIB,
        cpu_seconds=round(120 + 15 * seconds),
        wall_seconds=round(600 + 15 * seconds),
        file_bytes=64 * 1024**2,
    )


def run_film_task(
    request: Mapping[str, object],
    limits: SandboxLimits,
    *,
    writes: Sequence[Path] = (),
    on_progress: Callable[[float, float], None] | None = None,
    check: Callable[[], None] | None = None,
) -> JsonObject:
    """Run one task of ``huaben.media.film`` and return what it found; arguments as of
    ``run_sandboxed``. It reads ``request["source"]`` alone.

    Raises Problem when the file is unfit, and ChildFailed when another try may help.
    """
    try:
        return run_sandboxed(
            "huaben.media.film",
            request,
            limits,
            codes=CODES,
            reads=[Path(str(request["source"]))],
            writes=writes,
            on_progress=on_progress,
            check=check,
        )
    except RejectedMedia as unfit:
        raise rejection_problem(unfit.code, unfit.facts) from unfit
