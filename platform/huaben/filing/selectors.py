"""Reads of the filing register."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huaben.accounts.models import User
from huaben.catalog.gate import keepers
from huaben.catalog.models import Cut, Series
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_newest
from huaben.core.problems import Problem
from huaben.media.models import Asset

from .models import Filing, NumberCorrection, RuleVersion

MAX_EVENTS = 50
WITH_NUMBER = (Filing.State.NUMBER_GIVEN, Filing.State.IN_FORCE)
# Which lists of the register there are: one for each state, and two that cut across them.
FILING_LISTS = (*Filing.State.values, "retitled", "corrected")


def registered_series() -> QuerySet[Series]:
    """Series with their filing and creator, one query. Annotated ``waits``: some Cut of it lacks
    nothing but the number.
    """
    cuts = Cut.objects.filter(episode__series=OuterRef("pk"))
    for keeper in keepers():
        if keeper.source != "filing":
            cuts = cuts.filter(keeper.passing())
    return Series.objects.select_related("creator", "filing__rule", "filing__by").annotate(
        waits=Exists(cuts)
    )


def list_registered_series(
    *, state: str, cursor: str | None, limit: int
) -> tuple[list[Series], str | None]:
    """A page of series whose filing is in ``state``, newest first. «none»: those without a number
    that have a playable Cut. «retitled»: those whose title is not the filed one any more.
    «corrected»: those of which a correction waits for a second person.

    Raises Problem for an unknown state.
    """
    if state not in FILING_LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    rows = registered_series()
    if state == Filing.State.NONE:
        playable = Cut.objects.filter(
            episode__series=OuterRef("pk"), asset__state=Asset.State.READY
        )
        rows = rows.filter(Q(filing=None) | Q(filing__state=state)).filter(Exists(playable))
    elif state == "retitled":
        rows = rows.filter(filing__state__in=WITH_NUMBER).exclude(filing__title=F("title"))
    elif state == "corrected":
        waits = NumberCorrection.objects.filter(
            filing__series=OuterRef("pk"), state=NumberCorrection.State.PROPOSED
        )
        rows = rows.filter(Exists(waits))
    else:
        rows = rows.filter(filing__state=state)
    return page_newest(rows, cursor=cursor, limit=limit)


class FilingEvent(Protocol):
    """A row of the audit trail of filings, a model that pghistory makes."""

    pgh_created_at: datetime
    state: str
    number: str
    reason: str
    by: User | None


def list_filing_events(filing: Filing) -> list[FilingEvent]:
    """The newest changes of a filing, newest first, at most ``MAX_EVENTS``."""
    events = apps.get_model("filing", "FilingEvent")
    rows = events.objects.filter(pgh_obj=filing.pk).select_related("by").order_by("-pgh_id")
    return list(rows[:MAX_EVENTS])


def list_corrections(filing: Filing) -> list[NumberCorrection]:
    """Proposed and decided corrections of a filing, newest first, at most ``MAX_EVENTS``."""
    rows = filing.corrections.select_related("proposed_by", "decided_by")
    return list(rows[:MAX_EVENTS])


def get_filing(series: Series) -> Filing | None:
    """The filing of a series; None before it has one."""
    filing: Filing | None = getattr(series, "filing", None)
    return filing


def get_rule_version_in_force(*, series: Series, day: date) -> RuleVersion:
    """The tier rules that a series falls under on ``day``: those for AI-made series once they are
    in force, when any Cut of it is generated or was not declared ``not_ai``.

    Raises Problem ``no_rule`` before the first rules.
    """
    made_by_ai = Cut.objects.filter(episode__series=series).exclude(
        origin=Cut.Origin.UPLOADED, declaration=Cut.Declaration.NOT_AI
    )
    kinds = [RuleVersion.Kind.AI_DRAMA] if made_by_ai.exists() else []
    for kind in [*kinds, RuleVersion.Kind.DRAMA]:
        rule = rule_versions().filter(kind=kind, effective__lte=day).first()
        if rule is not None:
            return rule
    title = LocalizedText("那一天还没有分级规则", "No tier rules were in force on that day")
    raise Problem("no_rule", title, errors=[{"field": "issued_on", "message": title.localized()}])


def rule_versions() -> QuerySet[RuleVersion]:
    """Every version of the tier rules, newest first."""
    return RuleVersion.objects.order_by("-effective", "-id")
