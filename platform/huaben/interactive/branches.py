"""Which branches lead out of an episode: those whose condition holds and that may be shown.

Play-throughs and premieres both ask here.
"""

from __future__ import annotations

from dataclasses import dataclass

from huaben.catalog.graph import Variables, holds
from huaben.catalog.models import Choice, Episode
from huaben.catalog.selectors import PublishedEpisode, get_published_episodes
from huaben.catalog.words import offered_choices


@dataclass(frozen=True)
class OpenBranch:
    """A choice that is open, with the episode that it leads to."""

    choice: Choice
    target: PublishedEpisode


def list_open_branches(episode: Episode, variables: Variables) -> list[OpenBranch]:
    """The choices whose text and target may be shown and whose condition holds, in the order of the
    story graph. One query when there are none, else three.
    """
    choices = [
        choice
        for choice in episode.choices.filter(offered_choices()).exclude(text="")
        if holds(choice.condition, variables)
    ]
    targets = get_published_episodes(choice.to_episode_id for choice in choices) if choices else {}
    return [
        OpenBranch(choice, targets[choice.to_episode_id])
        for choice in choices
        if choice.to_episode_id in targets
    ]


def list_open_choices(episode: Episode, variables: Variables) -> list[Choice]:
    """The choices of ``list_open_branches``."""
    return [branch.choice for branch in list_open_branches(episode, variables)]


def find_textless_choice(episode: Episode) -> Choice | None:
    """The edge of the story graph that leads on without a question, or None."""
    return episode.choices.filter(text="").first()
