"""Who may bring files."""

from __future__ import annotations

import rules

from huaben.core.access import has_role
from huaben.core.types import Requester

from .models import Upload


@rules.predicate
def brings_it(user: Requester, upload: Upload | None) -> bool:
    return upload is not None and upload.owner_id == user.pk


rules.add_perm("media.make_upload", has_role("creator"))
rules.add_perm("media.use_upload", has_role("creator") & brings_it)
