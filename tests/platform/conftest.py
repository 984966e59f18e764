"""What every test of the platform must keep."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import contract


@pytest.fixture(autouse=True)
def answers_as_published() -> Iterator[None]:
    """Every answer that a test gets is one that the published schema describes."""
    contract.violations.clear()
    yield
    faults = "\n".join(contract.violations)
    assert not faults, f"other than frontend/openapi.json says (stale? make types):\n{faults}"
