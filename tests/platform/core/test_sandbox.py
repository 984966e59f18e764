"""What ends a sandboxed child under its limits is told apart from what its file is."""

from __future__ import annotations

from pathlib import Path

import pytest

from huaben.core.sandbox.parent import SandboxLimits, run_sandboxed
from huaben.core.sandbox.rejected import RejectedMedia

REPOSITORY = Path(__file__).parents[3]


def end(how, *, memory="little", thread="main", cpu_seconds=60):
    with pytest.raises(RejectedMedia) as caught:
        run_sandboxed(
            "tests.platform.core.crashing",
            {"task": "end", "how": how, "memory": memory, "thread": thread},
            SandboxLimits(1024**3, cpu_seconds, 60, 1),
            codes=(),
            packages=REPOSITORY,
        )
    return caught.value.code


@pytest.mark.parametrize("thread", ["main", "another"])
@pytest.mark.parametrize("how", ["segmentation_fault", "abort"])
def test_a_crash_far_from_the_limit_is_the_files_fault(how, thread):
    assert end(how, thread=thread) == "damaged"


@pytest.mark.parametrize("how", ["segmentation_fault", "abort"])
def test_a_crash_for_want_of_memory_is_not(how):
    assert end(how, memory="all") == "too_heavy"


def test_more_processor_time_than_allowed_is_too_heavy():
    assert end("loop", cpu_seconds=1) == "too_heavy"
