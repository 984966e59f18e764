"""Writing, checking and reading words over HTTP, as their people do."""

from __future__ import annotations

from typing import Any

from huaben.catalog.models import Choice, Episode, Series, WordsRevision
from huaben.core.jobs import run_job
from huaben.core.models import Job

# What the check lets pass; what it wants a person to read.
FINE, RUDE, RUDE_ENGLISH = "第七盏灯", "傻逼作者去死吧", "You fucking whore, go and die"


def retitle(client: Any, series: Series, **fields: str) -> Any:
    """Save the form of a series."""
    return client.patch(f"/api/v1/series/{series.pk}", fields, format="json")


def rename(client: Any, episode: Episode, title: str) -> Any:
    """Save the title of an episode."""
    return client.patch(f"/api/v1/episodes/{episode.pk}", {"title": title}, format="json")


def draw(client: Any, series: Series, *choices: dict[str, Any]) -> Any:
    """Save the story graph."""
    body = {"choices": list(choices)}
    return client.put(f"/api/v1/series/{series.pk}/graph", body, format="json")


def edge(choice: Choice, **changes: Any) -> dict[str, Any]:
    """A choice as its author's form sends it back."""
    sent = {
        "id": str(choice.pk),
        "from_episode_id": str(choice.from_episode_id),
        "to_episode_id": str(choice.to_episode_id),
        "text": choice.text,
        "seal": choice.seal,
        "condition": choice.condition,
        "effects": choice.effects,
    }
    return sent | changes


def run_check(revision: WordsRevision) -> WordsRevision:
    """Check new words, as the worker does."""
    run_job(Job.objects.get(kind="review.check_words", key=str(revision.pk)).pk)
    revision.refresh_from_db()
    return revision


def decide(client: Any, revision: WordsRevision, verb: str, **fields: str) -> Any:
    """Approve or refuse new words."""
    return client.post(f"/api/v1/review/words/{revision.pk}/{verb}", fields, format="json")


def newest() -> WordsRevision:
    """The words that were written last."""
    return WordsRevision.objects.latest("pk")
