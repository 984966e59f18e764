"""Writes of the feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huaben.accounts.services import ensure_viewer
from huaben.catalog.models import Episode, Genre
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.models import Job
from huaben.core.problems import Problem, Refused
from huaben.core.types import Requester

from .audience import replace_simulated_audience
from .models import Impression, Preferences, SeriesChange
from .reasons import Reason, reasons_to_json

TRAINING_JOB = "feed.train_model"
IMPRESSIONS_KEPT = timedelta(days=90)
SERIES_CHANGES_KEPT = timedelta(days=1)


def record_impressions(
    *,
    viewer_id: UUID,
    visit_id: UUID,
    page: int,
    shown: Sequence[tuple[Episode, Sequence[Reason]]],
    personalised: bool,
    simulated_audience: bool,
    model_version: str,
    now: datetime,
) -> list[Impression]:
    """Store what a page showed, in the order of its places: each episode with the reasons for it.
    One query.
    """
    return Impression.objects.bulk_create(
        Impression(
            viewer_id=viewer_id,
            visit_id=visit_id,
            page=page,
            place=number,
            series_id=episode.series_id,
            episode_id=episode.pk,
            reasons=reasons_to_json(reasons),
            personalised=personalised,
            simulated_audience=simulated_audience,
            model_version=model_version,
            created_at=now,
        )
        for number, (episode, reasons) in enumerate(shown)
    )


def update_preferences(
    *,
    viewer_id: UUID,
    personalised: bool | None = None,
    recommendations: bool | None = None,
    muted_genres: Sequence[str] | None = None,
) -> Preferences:
    """Change what a viewer wants of the feed; None leaves a field as it is. Raises Problem
    ``unknown_genre``.
    """
    with transaction.atomic():
        preferences = _lock_preferences(viewer_id)
        if personalised is not None:
            preferences.personalised = personalised
        if recommendations is not None:
            preferences.recommendations = recommendations
        if muted_genres is not None:
            preferences.muted_genres = _existing_genres(muted_genres)
        preferences.save()
    return preferences


def forget_taste(*, viewer_id: UUID, slug: str, now: datetime) -> None:
    """Let nothing that a viewer liked of this genre until ``now`` count for it; what they watch
    later does. Raises Problem ``unknown_genre``.
    """
    _existing_genres([slug])
    with transaction.atomic():
        preferences = _lock_preferences(viewer_id)
        preferences.forgotten = {**preferences.forgotten, slug: now.isoformat()}
        preferences.save()


def _lock_preferences(viewer_id: UUID) -> Preferences:
    ensure_viewer(viewer_id=viewer_id)
    Preferences.objects.bulk_create([Preferences(viewer_id=viewer_id)], ignore_conflicts=True)
    return Preferences.objects.select_for_update().get(pk=viewer_id)


def _existing_genres(slugs: Sequence[str]) -> list[str]:
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
    """Have the catalogue of every web process read a series again: it may have been published,
    taken down or changed. In the caller's transaction.
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
            own = Preferences(viewer_id=into_id, **{name: getattr(given, name) for name in fields})
            Preferences.objects.bulk_create([own], ignore_conflicts=True)
            given.delete()


def forget_impressions(*, viewer_id: UUID, episode_id: UUID | None) -> None:
    """Delete what the feed showed a viewer: of one episode, or all."""
    rows = Impression.objects.filter(viewer_id=viewer_id)
    (rows if episode_id is None else rows.filter(episode_id=episode_id)).delete()


def delete_expired_rows(*, now: datetime) -> None:
    """Delete impressions and notices of changed series that are too old to be read."""
    Impression.objects.filter(created_at__lt=now - IMPRESSIONS_KEPT).delete()
    SeriesChange.objects.filter(created_at__lt=now - SERIES_CHANGES_KEPT).delete()


def request_training(*, owner: Requester | None = None) -> Job:
    """Enqueue the training of a model; returns the active job when there is one already."""
    return enqueue_job(TRAINING_JOB, {}, key="model", owner_id=owner.pk if owner else None)


def simulate_audience(*, viewers: int, seed: int, now: datetime) -> int:
    """Give the demo a simulated audience of what is published now; returns how many events it
    holds.

    Every row is marked: ``Viewer.simulated``, ``WatchEvent.simulated``. Called again, it does
    nothing, or starts anew when more episodes are published by then. Enqueues a training when it
    made a new audience. Raises Refused outside the demo.
    """
    if not settings.DEMO:
        raise Refused(
            "only_in_the_demo",
            LocalizedText("模拟观众只用于演示", "A simulated audience exists only in the demo"),
        )
    with transaction.atomic():
        audience = replace_simulated_audience(viewers=viewers, seed=seed, now=now)
        if audience.created:
            request_training()
    return audience.events
