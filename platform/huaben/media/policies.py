"""Who may bring files."""

from __future__ import annotations

from typing import Any

import rules

from huaben.core.access import has_role

from .models import Upload


@rules.predicate
def brings_it(user: Any, upload: Upload | None) -> bool:
    return upload is not None and upload.owner_id == user.pk


rules.add_perm("media.make_upload", has_role("creator"))
rules.add_perm("media.use_upload", has_role("creator") & brings_it)
