"""A season: episodes with one cast and one question, each opening where the last broke off.

With branches, every other episode ends in a choice of two ways; each way is an episode of its own,
told from the consequence of what was chosen, and the ways meet again in the next.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from generation.story.facts import read_facts
from generation.story.planner import choose_genre, ensure_genre, plan_episode
from generation.story.types import Choice, Genre, Language, Outline, Season, SeasonEpisode
from generation.story.wishes import wishes_of

MAX_EPISODES = 12
_THROUGHLINE = {
    "zh": "{logline}一路问到底：{question}",
    "en": "{logline} And through it all: {question}",
}
_RECAP = {"zh": "上回说到，{question}", "en": "Last time: {question}"}


def plan_season(
    idea: str,
    episodes: int,
    seed: int = 0,
    *,
    branch: bool = False,
    seconds: float = 60.0,
    language: Language | None = None,
    genre: Genre | None = None,
    without: Sequence[str] = (),
) -> Season:
    """Plan a season of ``episodes`` (2–12) numbers from one idea, each of ``seconds`` (24–120).

    ``without`` is what the idea denies, in its words.

    With ``branch``, numbers 1, 3, 5 … but the last end in a choice of two ways, and the number that
    follows is planned once for each way. The same arguments give the same season. No secret comes
    out twice on any way through it. Raises ``UnsuitableIdea`` when there is nothing to plan from,
    ``ValueError`` for a length or a count outside the bounds or when the secrets run out.
    """
    if not 2 <= episodes <= MAX_EPISODES:
        raise ValueError(f"a season has 2 to {MAX_EPISODES} episodes, not {episodes}")
    read = wishes_of(read_facts(idea), language)
    chosen = genre or choose_genre(read, seed, without)
    ensure_genre(chosen)
    rng = random.Random(f"season {seed}")
    used: frozenset[str] = frozenset()
    people = None
    planned: list[SeasonEpisode] = []
    previous: list[Outline] = []  # the episodes of the number before: two after a choice
    for number in range(1, episodes + 1):
        last = number == episodes
        outlines = []
        for recap in _recaps(previous, branch and number % 2 == 0, read.language):
            outline = plan_episode(
                read,
                seconds=seconds,
                seed=rng.randrange(2**31),
                genre=chosen,
                people=people,
                used=used,
                recap=recap,
                episode=number,
                ending="resolution" if last else "cliffhanger",
                without=without,
            )
            people = outline.people
            assert outline.premise is not None
            used |= {outline.premise.first, outline.premise.twist}
            outlines.append(outline)
        planned += _linked(outlines, number, chooses=branch and number % 2 == 1, last=last)
        previous = outlines
    first, final = planned[0].outline, planned[-2].outline
    throughline = (
        _THROUGHLINE[read.language]
        .replace("{logline}", first.logline)
        .replace("{question}", final.question)
    )
    return Season(first.title, throughline, tuple(planned))


def _recaps(previous: list[Outline], after_choice: bool, language: Language) -> list[str]:
    """How the next number opens, one text for each of its episodes: what either choice led to, or
    the question that was left open, or nothing at the start.
    """
    if not previous:
        return [""]
    if after_choice and len(previous) == 1 and previous[0].choices:
        return [choice.consequence for choice in previous[0].choices]
    return [_RECAP[language].replace("{question}", previous[0].question)]


def _linked(
    outlines: list[Outline], number: int, *, chooses: bool, last: bool
) -> list[SeasonEpisode]:
    """The episodes of one number (two after a choice) with their ids and what follows each."""
    ways = "ab" if len(outlines) > 1 else ""
    ids = [f"e{number}{way}" for way in ways] or [f"e{number}"]
    if chooses and not last:
        targets = [f"e{number + 1}a", f"e{number + 1}b"]
        return [
            SeasonEpisode(id_, replace(outline, choices=_leading_to(outline, targets)), "")
            for id_, outline in zip(ids, outlines, strict=True)
        ]
    following = "" if last else f"e{number + 1}"
    return [
        SeasonEpisode(id_, replace(outline, choices=()), following)
        for id_, outline in zip(ids, outlines, strict=True)
    ]


def _leading_to(outline: Outline, targets: list[str]) -> tuple[Choice, ...]:
    return tuple(
        replace(choice, leads_to=target)
        for choice, target in zip(outline.choices, targets, strict=True)
    )
