"""A season: episodes with one cast and one question, each opening where the last broke off.

With branches, every other episode ends in a choice of two ways; each way is an episode of its own,
told from the consequence of what was chosen, and the ways meet again in the next.
"""

from __future__ import annotations

import random
from dataclasses import replace

from generation.story.idea import read_idea
from generation.story.planner import choose_genre, plan_episode
from generation.story.types import Genre, Language, Outline, Season, SeasonEpisode

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
) -> Season:
    """Plan ``episodes`` stages (2–12) from one idea. With ``branch``, stages 1, 3, 5 … end in a
    choice.

    The same arguments give the same season. No secret is told twice on any way through it. Raises
    ``UnsuitableIdea`` or ``ValueError`` as ``make_outline`` does.
    """
    if not 2 <= episodes <= MAX_EPISODES:
        raise ValueError(f"a season has 2 to {MAX_EPISODES} episodes, not {episodes}")
    read = read_idea(idea, language)
    chosen = genre or choose_genre(read, seed)
    rng = random.Random(f"season {seed}")
    used: frozenset[str] = frozenset()
    told: list[SeasonEpisode] = []
    people = None
    stems: list[Outline] = []  # what the next stage goes on from
    for stage in range(1, episodes + 1):
        last = stage == episodes
        forks = len(stems) == 1 and stems[0].choices != () and branch and stage % 2 == 0
        recaps = (
            [choice.consequence for choice in stems[0].choices]
            if forks
            else [_recap(stems, read.language)]
        )
        made = []
        for way, recap in enumerate(recaps):
            outline = plan_episode(
                read,
                seconds=seconds,
                seed=rng.randrange(2**31),
                genre=chosen,
                people=people,
                used=used,
                recap=recap,
                episode=stage,
                finale=last,
            )
            people = outline.people
            assert outline.premise is not None
            used |= {outline.premise.first, outline.premise.twist}
            made.append((f"e{stage}{'ab'[way] if len(recaps) > 1 else ''}", outline))
        opens = branch and stage % 2 == 1 and not last
        following = [f"e{stage + 1}a", f"e{stage + 1}b"] if opens else [f"e{stage + 1}"]
        for name, outline in made:
            choices = (
                tuple(
                    replace(choice, leads_to=to)
                    for choice, to in zip(outline.choices, following, strict=True)
                )
                if opens
                else ()
            )
            kept = replace(outline, choices=choices)
            told.append(SeasonEpisode(name, kept, "" if last or opens else following[0]))
        stems = [outline for _, outline in made]
    first, final = told[0].outline, told[-2].outline
    throughline = (
        _THROUGHLINE[read.language]
        .replace("{logline}", first.logline)
        .replace("{question}", final.question)
    )
    return Season(first.title, throughline, tuple(told))


def _recap(stems: list[Outline], language: Language) -> str:
    """How the next episode opens: the question that the last one left, or nothing at the start."""
    if not stems:
        return ""
    return _RECAP[language].replace("{question}", stems[0].question)
