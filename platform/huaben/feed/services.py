"""Writes of the feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huaben.accounts.services import ensure_viewer
from huaben.catalog.models import Genre
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.models import Job
from huaben.core.problems import Problem, Refused

from .audience import simulate
from .models import Impression, Preferences, SeriesChange

TRAIN = "feed.train_model"


def update_preferences(
    *,
    viewer_id: UUID,
    personalised: bool | None = None,
    recommendations: bool | None = None,
    muted_genres: Sequence[str] | None = None,
) -> Preferences:
    """Change what a viewer wants of the feed; None leaves a thing as it is. An unknown genre is a
    Problem.
    """
    with transaction.atomic():
        preferences = _locked(viewer_id)
        if personalised is not None:
            preferences.personalised = personalised
        if recommendations is not None:
            preferences.recommendations = recommendations
        if muted_genres is not None:
            preferences.muted_genres = _genres(muted_genres)
        preferences.save()
    return preferences


def forget_taste(*, viewer_id: UUID, slug: str) -> None:
    """Let nothing that a viewer liked of this genre so far speak for it any more; what they watch
    from now on will.
    """
    _genres([slug])
    with transaction.atomic():
        preferences = _locked(viewer_id)
        preferences.forgotten = {**preferences.forgotten, slug: timezone.now().isoformat()}
        preferences.save()


def _locked(viewer_id: UUID) -> Preferences:
    ensure_viewer(viewer_id=viewer_id)
    Preferences.objects.bulk_create([Preferences(viewer_id=viewer_id)], ignore_conflicts=True)
    return Preferences.objects.select_for_update().get(pk=viewer_id)


def _genres(slugs: Sequence[str]) -> list[str]:
    unknown = sorted(
        set(slugs) - set(Genre.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    )
    if unknown:
        raise Problem(
            "unknown_genre",
            LocalizedText("没有这个类型", "There is no such genre"),
            errors=[{"field": "genre", "message": slug} for slug in unknown],
        )
    return list(dict.fromkeys(slugs))


def note_series_change(*, series_id: UUID) -> None:
    """Have every web process look at a series again: it may have opened, shut or changed. In the
    caller's transaction.
    """
    with transaction.atomic():
        lock_until_commit(LockSpace.SERIES_CHANGES)
        SeriesChange.objects.create(series_id=series_id)


def merge_feed(*, from_id: UUID, into_id: UUID) -> None:
    """Give one viewer's impressions and preferences to another, whose own preferences stay."""
    with transaction.atomic():
        Impression.objects.filter(viewer_id=from_id).update(viewer_id=into_id)
        given = Preferences.objects.filter(pk=from_id).first()
        if given is not None:
            fields = ("personalised", "recommendations", "muted_genres", "forgotten")
            mine = Preferences(viewer_id=into_id, **{name: getattr(given, name) for name in fields})
            Preferences.objects.bulk_create([mine], ignore_conflicts=True)
            given.delete()


def forget_impressions(*, viewer_id: UUID, episode_id: UUID | None) -> None:
    """Delete what the feed showed a viewer: of one episode, or all."""
    rows = Impression.objects.filter(viewer_id=viewer_id)
    (rows if episode_id is None else rows.filter(episode_id=episode_id)).delete()


def request_training(*, owner: Any = None) -> Job:
    """Have a model trained; while one is in the making, that one."""
    return enqueue_job(TRAIN, {}, key="model", owner_id=owner.pk if owner else None)


def simulate_audience(*, viewers: int, seed: int) -> int:
    """Give the embedded demo a simulated audience of what is shown now; returns how many events it
    holds.

    Every row is marked: ``Viewer.simulated``, ``WatchEvent.simulated``. Called again, it does
    nothing, or starts anew when more episodes are shown by then. What a new audience did is learned
    from at once. Raises Refused outside the demo.
    """
    if not settings.DEMO:
        raise Refused(
            "only_in_the_demo",
            LocalizedText("模拟观众只用于演示", "A simulated audience exists only in the demo"),
        )
    with transaction.atomic():
        audience = simulate(viewers=viewers, seed=seed)
        if audience.anew:
            request_training()
    return audience.events
