"""The jurisdictions' terms: which counts on a day, and a way to correct them without a release."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict, Problem
from huaben.core.types import JsonObject

from ..models import Profile
from ..terms import read_terms


def get_profile_in_force(*, kind: str, day: date) -> Profile:
    """The terms of a jurisdiction that are in force on a day; the newest row counts. Raises Problem
    ``no_profile``.
    """
    profile = (
        Profile.objects.filter(kind=kind, effective__lte=day).order_by("-effective", "-id").first()
    )
    if profile is None:
        raise Problem(
            "no_profile",
            LocalizedText(
                "没有这个法域的规则", "There are no terms of this jurisdiction on that day"
            ),
        )
    return profile


def create_profile(
    *,
    by: User,
    version: str,
    kind: str,
    effective: date,
    certainty: str,
    sources: list[str],
    terms: JsonObject,
) -> Profile:
    """Add a jurisdiction's terms, or correct them. Claims keep the terms that they go by.

    Raises Problem for terms of another form, Conflict for a version's name that exists.
    """
    read_terms(terms)
    with transaction.atomic():
        lock_until_commit(LockSpace.RIGHTS_PROFILE, version)
        if Profile.objects.filter(version=version).exists():
            raise Conflict(
                "version_exists", LocalizedText("已有这个版本号", "There is a version of this name")
            )
        return Profile.objects.create(
            version=version,
            kind=kind,
            effective=effective,
            certainty=certainty,
            sources=sources,
            terms=dict(terms),
            by=by,
        )
