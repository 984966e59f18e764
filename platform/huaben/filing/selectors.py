"""Reads of the filing register."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from huaben.catalog.gate import keepers
from huaben.catalog.models import Cut, Series
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_newest
from huaben.core.problems import Problem
from huaben.media.models import Asset

from .models import Filing, RuleVersion

HISTORY = 50


def register() -> QuerySet[Series]:
    """Series with their filing and creator. ``waits``: some Cut of it lacks nothing but the
    number.
    """
    cuts = Cut.objects.filter(episode__series=OuterRef("pk"))
    for keeper in keepers():
        if keeper.source != "filing":
            cuts = cuts.filter(keeper.passing())
    return Series.objects.select_related("creator", "filing__rule", "filing__by").annotate(
        waits=Exists(cuts)
    )


def page_of_register(*, state: str, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """A page of series whose filing is in ``state``, newest first. «none»: those without a number
    that have a playable Cut.

    Raises Problem for an unknown state.
    """
    if state not in Filing.State.values:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    rows = register()
    if state == Filing.State.NONE:
        playable = Cut.objects.filter(
            episode__series=OuterRef("pk"), asset__state=Asset.State.READY
        )
        rows = rows.filter(Q(filing=None) | Q(filing__state=state)).filter(Exists(playable))
    else:
        rows = rows.filter(filing__state=state)
    return page_newest(rows, cursor=cursor, limit=limit)


def history_of(filing: Filing) -> list[Any]:
    """What happened to a filing, newest first: rows of the audit trail, with ``pgh_created_at``,
    ``state``, ``number``.
    """
    events = apps.get_model("filing", "FilingEvent")
    rows = events.objects.filter(pgh_obj=filing.pk).select_related("by").order_by("-pgh_id")
    return list(rows[:HISTORY])


def rule_versions() -> QuerySet[RuleVersion]:
    """Every version of the tier rules, newest first."""
    return RuleVersion.objects.order_by("-effective", "-id")
