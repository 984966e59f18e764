"""The ways out of an episode, as the story and the gate leave them open. Play-throughs and
premieres both ask here.
"""

from __future__ import annotations

from huaben.catalog.graph import Variables, holds
from huaben.catalog.models import Choice, Episode
from huaben.catalog.selectors import PublishedEpisode, get_published_episodes


def open_ways(episode: Episode, variables: Variables) -> list[tuple[Choice, PublishedEpisode]]:
    """The choices with words out of an episode whose condition holds and whose branch may be shown,
    in the story's order; each with the branch. One query when there are none, else three."""
    ways = [
        choice for choice in episode.choices.exclude(text="") if holds(choice.condition, variables)
    ]
    shown = get_published_episodes([way.to_episode_id for way in ways]) if ways else {}
    return [(way, shown[way.to_episode_id]) for way in ways if way.to_episode_id in shown]


def open_choices(episode: Episode, variables: Variables) -> list[Choice]:
    """The same, without the branches."""
    return [choice for choice, _ in open_ways(episode, variables)]


def way_without_words(episode: Episode) -> Choice | None:
    """The edge that goes on by itself, where one is drawn."""
    return episode.choices.filter(text="").first()
