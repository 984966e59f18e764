"""Which settings a process runs with is said by name, and never guessed: a worker that fell back to
the demo's would work on another database than its web process, without its secrets.
"""

from __future__ import annotations

import os


def require_named_settings() -> None:
    """Raise SystemExit, in words, unless the environment names the settings."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        raise SystemExit(
            "没有说明用哪套设置：请设 DJANGO_SETTINGS_MODULE，正式环境是 "
            "huaben.settings.production，本机演示是 huaben.settings.embedded\n"
            "Which settings? Set DJANGO_SETTINGS_MODULE to huaben.settings.production, or to "
            "huaben.settings.embedded for the demo on this machine"
        )
