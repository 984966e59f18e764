"""A pytest plugin that starts real PostgreSQL and Valkey before Django reads its settings.

PostgreSQL is shared by every test run on this checkout and stops with the last one; each run has a
database, a copy of a migrated one, and a Valkey of its own. ``DATABASE_URL`` and ``REDIS_URL`` in
the environment are used instead when they are set; databases there are migrated by each process.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from huaben.runtime.servers import Valkey
from tests.prepared_database import TEMPLATE, start_shared

# Tests give up durability for speed; the servers of ``make run`` do not.
FAST_POSTGRES_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
}

if "PYTEST_XDIST_WORKER" not in os.environ and "HUABEN_TEST_RUN" not in os.environ:
    os.environ["HUABEN_TEST_RUN"] = str(os.getpid())
    files = Path(tempfile.mkdtemp(prefix="huaben-test-"))
    atexit.register(shutil.rmtree, files, ignore_errors=True)
    os.environ["HUABEN_TEST_FILES"] = str(files)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = start_shared(FAST_POSTGRES_SETTINGS)
        os.environ["HUABEN_TEST_TEMPLATE"] = TEMPLATE
    if "REDIS_URL" not in os.environ:
        os.environ["HUABEN_TEST_VALKEY"] = "ours"

# One for each process of the run: two that shared a broker would receive each other's messages.
if os.environ.get("HUABEN_TEST_VALKEY") == "ours":
    valkey = Valkey(Path(os.environ["HUABEN_TEST_FILES"]) / f"valkey-{os.getpid()}")
    os.environ["REDIS_URL"] = valkey.start()
    atexit.register(valkey.stop)
