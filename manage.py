#!/usr/bin/env python
"""Puts ``platform/`` on the path, then is Django's own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))

if __name__ == "__main__":
    from huaben.named_settings import require_named_settings

    if not any(argument.startswith("--settings") for argument in sys.argv):
        require_named_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
