"""A face that every machine can have: the project's own where it is installed, else the test says
what is missing.
"""

from pathlib import Path

import pytest

from generation.typeface import REPOSITORY, find_face


@pytest.fixture(scope="session")
def face() -> Path:
    return find_face(REPOSITORY / "var")
