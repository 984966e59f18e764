"""Reads about play-throughs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from huaben.catalog.selectors import episode_cards, next_shown, playback_cards, shown_episodes
from huaben.core.problems import NotFound

from .models import Playthrough
from .services import open_choices


def find_playthrough(*, playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    """One's own play-through, or NotFound."""
    found = Playthrough.objects.select_related("episode").filter(pk=playthrough_id, viewer_id=viewer_id).first()
    if found is None:
        raise NotFound
    return found


def state_of(playthrough: Playthrough) -> dict[str, Any]:
    """Everything a page needs to go on from here, also after days.

    ``playback`` is None when the present episode may no longer be shown. ``upcoming`` is what may follow, by episode id,
    so that the next branch starts without a wait.
    """
    choices = open_choices(playthrough)
    following = None if choices else next_shown(playthrough.episode)
    ahead = [choice.to_episode_id for choice in choices] + ([following.episode.pk] if following else [])
    shown = shown_episodes([playthrough.episode_id, *ahead])
    cards, playbacks = episode_cards(list(shown.values())), playback_cards(list(shown.values()))
    episode = playthrough.episode
    card = cards.get(episode.pk) or {
        "id": episode.pk,
        "series_id": episode.series_id,
        "number": episode.number,
        "title": episode.title,
        "duration_ms": 0,
        "has_choices": bool(choices),
    }
    return {
        "id": playthrough.pk,
        "series_id": playthrough.series_id,
        "seq": playthrough.seq,
        "episode": card,
        "playback": playbacks.get(episode.pk),
        "choices": [
            {"id": c.pk, "text": c.text, "seal": c.seal or c.text[:1], "to_episode_id": c.to_episode_id}
            for c in choices
        ],
        "upcoming": [playbacks[pk] for pk in ahead if pk in playbacks],
        "variables": playthrough.variables,
        "ended": playthrough.ended,
        "path": [
            {"episode_id": step.episode_id, "choice_id": step.choice_id} for step in playthrough.steps.order_by("seq")
        ],
    }
