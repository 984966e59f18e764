"""What the stage's tests share."""

from pathlib import Path

import pytest

from tests.generation.conftest import repository_typeface


@pytest.fixture(scope="session")
def typeface() -> Path:
    """The project's own typeface; where it is not installed, the test says what is missing."""
    return repository_typeface()
