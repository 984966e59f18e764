"""Reads for those who make and check: a Cut with its state, its gate and its preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from huaben.core.models import Job
from huaben.core.presenters import present_job
from huaben.core.registries import Registry
from huaben.core.responses import as_json
from huaben.media.models import Asset
from huaben.media.selectors import preview_playback_of

from .gate import checklist
from .models import Cut, Series
from .selectors import notices_of, series_cards

# The review stands above: it registers how to read what it said of many Cuts at once. ``read(cut
# ids)`` gives ``{"state": ..., "review": {...} | None, "decision_id": ... | None}`` for each Cut
# that it knows.
ReadCutFacts = Callable[[Sequence[UUID]], dict[UUID, dict[str, Any]]]
cut_facts_readers: Registry[ReadCutFacts] = Registry("state and review of cuts")


def cut_facts(cut_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What the apps above say of each Cut's state and review."""
    return {pk: fact for read in cut_facts_readers.values() for pk, fact in read(cut_ids).items()}


def cut_views(cuts: Sequence[Cut], user: Any) -> dict[UUID, dict[str, Any]]:
    """Cuts as their creator and staff see them, by id; each must have source and asset loaded."""
    ids = [cut.pk for cut in cuts]
    facts = cut_facts(ids)
    notices = notices_of(ids)
    # A Cut's work is found by the room that hears of it.
    jobs: dict[str, Job] = {}
    rooms = [f"cut:{pk}" for pk in ids]
    for job in Job.objects.filter(rooms__overlap=rooms).order_by("created_at"):
        for room in job.rooms:
            jobs[room] = job
    views = {}
    for cut in cuts:
        fact = facts.get(cut.pk, {})
        asset = cut.asset
        latest = jobs.get(f"cut:{cut.pk}")
        ready = asset is not None and asset.state == Asset.State.READY
        refused = (asset or cut.source).state == Asset.State.REFUSED
        state = fact.get("state") or (
            "failed" if refused else "checking" if ready else "processing"
        )
        if (
            latest is not None
            and latest.state == Job.State.FAILED
            and state in ("processing", "checking")
        ):
            state = "failed"
        views[cut.pk] = {
            "id": cut.pk,
            "episode_id": cut.episode_id,
            "number": cut.number,
            "state": state,
            "origin": cut.origin,
            "declaration": cut.declaration,
            "sha256": (asset or cut.source).sha256,
            "job": as_json(present_job(latest)) if latest is not None else None,
            "gate": checklist(cut),
            "review": fact.get("review"),
            "preview": (
                {"cut_id": cut.pk, **preview_playback_of(asset, user), **notices[cut.pk]}
                if asset is not None and ready
                else None
            ),
            "created_at": cut.created_at,
        }
    return views


def cut_view(cut: Cut, user: Any) -> dict[str, Any]:
    """One Cut as its creator and staff see it."""
    return cut_views([cut], user)[cut.pk]


def evidence_of(cuts: Sequence[Cut]) -> list[dict[str, Any]]:
    """What these Cuts are this moment, for a file that must hold later: which bytes, which label,
    by which decision.

    Plain data, one entry for each: ``cut_id``, ``episode_number``, ``number``, ``sha256`` and
    ``package_sha256`` of what is streamed, ``label`` (1, 2, 3 or None), ``decision_id``. Each Cut
    must have asset and episode loaded.
    """
    ids = [cut.pk for cut in cuts]
    facts, notices = cut_facts(ids), notices_of(ids)
    return [
        {
            "cut_id": str(cut.pk),
            "episode_number": cut.episode.number,
            "number": cut.number,
            "sha256": cut.asset.sha256 if cut.asset else "",
            "package_sha256": cut.asset.package_sha256 if cut.asset else "",
            "label": (notices[cut.pk]["ai_notice"] or {}).get("label"),
            "decision_id": facts.get(cut.pk, {}).get("decision_id"),
        }
        for cut in cuts
    ]


def studio_series(series: Series, user: Any) -> dict[str, Any]:
    """One's own series with every episode and version, shown or not."""
    episodes = list(series.episodes.all())
    cuts = list(
        Cut.objects.filter(episode__series=series).select_related(
            "source", "asset", "episode__series"
        )
    )
    views = cut_views(cuts, user)
    return {
        **series_cards([series])[series.pk],
        "created_at": series.created_at,
        "episodes": [
            {
                "id": episode.pk,
                "number": episode.number,
                "title": episode.title,
                "cuts": [views[cut.pk] for cut in cuts if cut.episode_id == episode.pk],
            }
            for episode in episodes
        ],
        "choices": list(series.choices.all()),
    }
