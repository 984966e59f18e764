"""Fixtures that apply to every test of the platform."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import contract


@pytest.fixture(autouse=True)
def validate_answers() -> Iterator[None]:
    """Fail a test that gets an answer which the published schema does not describe."""
    contract.violations.clear()
    yield
    violations = "\n".join(contract.violations)
    assert not violations, f"not as in frontend/openapi.json (stale? make types):\n{violations}"
