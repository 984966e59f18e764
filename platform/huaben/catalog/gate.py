"""The publishing gate: may this Cut be shown?

Every app that may have a reason against showing registers a ``Keeper``: media (not playable),
review (not approved; AI and not labelled), words (titles that nobody cleared), filing (no number in
force), rights (blocked). A keeper says the same thing twice: ``passing`` as a condition that
PostgreSQL answers for many Cuts at once (feeds, search, playback), and ``reasons`` in words for one
Cut (the creator's checklist). Nothing about the answer is stored, so what is taken down is gone
everywhere with the same commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from huaben.core.localized import LocalizedText
from huaben.core.registries import Registry
from huaben.core.rooms import publish_event

from .models import Cut
from .signals import gate_changed


@dataclass(frozen=True)
class Reason:
    """Why a Cut may not be shown, and what its creator can do."""

    code: str
    text: LocalizedText
    fix: LocalizedText


@dataclass(frozen=True)
class Keeper:
    """One app's say at the gate. ``passed`` is the line of the checklist when there is no reason
    against.
    """

    source: str
    passing: Callable[[], Q]
    reasons: Callable[[Cut], list[Reason]]
    passed: LocalizedText
    position: int


_keepers: Registry[Keeper] = Registry("catalog.gate_keepers")
# Without these the gate stays shut: a missing app must never open it.
REQUIRED = frozenset({"media", "review", "words", "label", "filing", "rights"})


def register_keeper(keeper: Keeper) -> None:
    """Give an app its say. Called in the app's ``keepers.py``."""
    _keepers.register(keeper.source)(keeper)


def keepers() -> list[Keeper]:
    """All keepers, in the order of a Cut's way."""
    return sorted(_keepers.values(), key=lambda keeper: keeper.position)


def open_cuts(among: QuerySet[Cut] | None = None) -> QuerySet[Cut]:
    """The Cuts (of ``among``, or of all) that may be shown, as a query."""
    cuts = Cut.objects.all() if among is None else among
    # Whoever deletes their account takes their works along.
    cuts = cuts.filter(episode__series__creator__deleted_at=None)
    if not set(_keepers) >= REQUIRED:
        return cuts.none()
    for keeper in keepers():
        cuts = cuts.filter(keeper.passing())
    return cuts


def published_cuts(episode_ids: Iterable[UUID] | None = None) -> QuerySet[Cut]:
    """For each episode (of the given, or all) the newest Cut that may be shown, if there is one."""
    among = (
        Cut.objects.all()
        if episode_ids is None
        else Cut.objects.filter(episode_id__in=list(episode_ids))
    )
    return open_cuts(among).order_by("episode_id", "-number").distinct("episode_id")


def may_show(cut_id: UUID) -> bool:
    """Whether one Cut may be shown, this moment. One query."""
    return open_cuts(Cut.objects.filter(pk=cut_id)).exists()


def list_reasons_against(cut: Cut) -> list[tuple[str, Reason]]:
    """Every reason against showing a Cut, each with its source; empty when it may be shown."""
    return [(keeper.source, reason) for keeper in keepers() for reason in keeper.reasons(cut)]


def announce_gate_change(*, series_id: UUID) -> None:
    """Say, with the present transaction, that a keeper's answer about Cuts of a series may be
    another one now.

    Whoever keeps the gate calls it after each change of what its answer rests on. Sends
    ``signals.gate_changed`` and publishes to the room of each episode's newest Cut, so that an open
    checklist is right at once.
    """
    newest = (
        Cut.objects.filter(episode__series=series_id)
        .order_by("episode_id", "-number")
        .distinct("episode_id")
    )
    for cut_id in newest.values_list("pk", flat=True):
        publish_event(f"cut:{cut_id}", {"kind": "gate"})
    gate_changed.send(sender=Cut, series_id=series_id)
