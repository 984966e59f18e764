"""New versions of the tier rules."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict
from huaben.core.types import JsonObject

from ..models import RuleVersion
from ..tier_rules import read_tiers


def create_rule_version(
    *,
    by: User,
    version: str,
    kind: str,
    effective: date,
    certainty: str,
    sources: list[str],
    special_themes: list[str],
    tiers: list[JsonObject],
) -> RuleVersion:
    """Add tier rules, or correct them: the newest row of a kind and day counts. Filings keep the
    rules by which they got their number.

    Raises Problem for rules of another form, Conflict for a version's name that exists.
    """
    read_tiers(tiers)
    with transaction.atomic():
        lock_until_commit(LockSpace.TIER_RULES, version)
        if RuleVersion.objects.filter(version=version).exists():
            raise Conflict(
                "version_exists", LocalizedText("已有这个版本号", "There is a version of this name")
            )
        return RuleVersion.objects.create(
            version=version,
            kind=kind,
            effective=effective,
            certainty=certainty,
            sources=sources,
            special_themes=special_themes,
            tiers=tiers,
            by=by,
        )
