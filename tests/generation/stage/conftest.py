"""A typeface that every machine can have: the project's own where it is installed, else the test says
what is missing.
"""

from pathlib import Path

import pytest

from generation.typeface import REPOSITORY, find_typeface


@pytest.fixture(scope="session")
def typeface() -> Path:
    return find_typeface(REPOSITORY / "var")
