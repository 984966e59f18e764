#!/usr/bin/env python
"""Puts ``platform/`` on the path, then is Django's own."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huaben.settings.embedded")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
