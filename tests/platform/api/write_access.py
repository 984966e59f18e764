"""Writes ``access.json`` anew: ``python -m tests.platform.api.write_access``, then read the
difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def main() -> None:
    import tests.servers  # noqa: F401  real servers, as for the tests

    os.environ["DJANGO_SETTINGS_MODULE"] = "huaben.settings.test"
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        from tests.platform.api.entering import who_may_enter

        text = json.dumps(who_may_enter(), indent=1, ensure_ascii=False)
        Path(__file__).with_name("access.json").write_text(text + "\n")
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
