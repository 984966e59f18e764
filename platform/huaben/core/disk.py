"""Room on the disk, of which a share is kept: PostgreSQL, which holds the truth, must be able to
write when nobody else can.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from .localized import LocalizedText
from .problems import Problem


def free_room(folder: Path) -> int:
    """How many bytes may still be written under ``folder``, the kept share left out; negative when
    it is eaten into already.
    """
    usage = shutil.disk_usage(folder)
    kept = min(settings.DISK_KEPT_BYTES, round(settings.DISK_KEPT_SHARE * usage.total))
    return usage.free - kept


def disk_full() -> Problem:
    """What is said where there is no room (507)."""
    return Problem(
        "disk_full",
        LocalizedText(
            "服务器存储空间不足，请稍后续传，已传的部分不会丢失",
            "The server has no room left; please resume later, nothing is lost",
        ),
        status=507,
    )
