"""What the story engine says of a project: facts of its idea, drafts, what the film keeps.

Nothing heavy is imported before it is asked for, so that the web process stays light.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from generation.story.facts.corrections import Correction, apply_corrections
from generation.story.facts.types import Facts
from generation.story.material import KINDS, Kind
from generation.values import from_json, to_json
from huaben.core.types import JsonObject

from .models import Project, ProjectStory
from .selectors import get_story, list_other_storyboards

if TYPE_CHECKING:
    from generation.storyboard import Storyboard


def kind_of(project: Project) -> Kind | None:
    """How the maker says that the idea is to be taken; None: as it is recognised."""
    return next((kind for kind in KINDS if kind == project.material), None)


def corrections_of(project: Project) -> tuple[Correction, ...]:
    """The maker's corrections of the facts."""
    return read_corrections(get_story(project))


def read_corrections(story: ProjectStory) -> tuple[Correction, ...]:
    """The corrections that are stored, as the engine's values."""
    return tuple(from_json(Correction, data) for data in story.corrections)


def corrected_facts(story: ProjectStory) -> Facts | None:
    """The facts of an idea as its maker corrected them; None before any were read."""
    if story.facts is None:
        return None
    return apply_corrections(from_json(Facts, story.facts), read_corrections(story))


def read_idea(project: Project) -> tuple[JsonObject | None, str]:
    """The facts of a project's idea, None for a screenplay, and the kind that it is recognised as.

    Raises UnsuitableIdea.
    """
    from generation.story import drafting

    recognised = drafting.recognise_kind(project.idea, "en" if project.language == "en" else "zh")
    facts = drafting.facts_of(project.idea, kind_of(project) or recognised)
    return (to_json(facts) if facts is not None else None), recognised


def draft_outlines(project: Project, story: ProjectStory) -> list[JsonObject]:
    """Five more drafts of a project's idea, each with the seed that gives it; fewer where the text
    leaves no more open. Raises the engine's errors.
    """
    from dataclasses import replace

    from generation import pipeline
    from generation.story.choosing import Draft
    from generation.story.types import Outline

    from .engine import artefact_store, pipeline_settings

    known = [
        Draft(
            draft["seed"],
            from_json(Outline, draft["outline"]),
            draft["first_line"],
            draft["turn"],
            draft["ending"],
        )
        for draft in story.drafts
        if draft["revision"] == story.revision
    ]
    first = max((draft["seed"] + 1 for draft in story.drafts), default=project.seed)
    settings = replace(pipeline_settings(project), seed=first)
    drafts = pipeline.make_drafts(project.idea, settings, artefact_store(), known=known)
    made: list[JsonObject] = [to_json(draft) for draft in drafts]
    return made


def tell_film(
    project: Project, storyboard: Storyboard
) -> tuple[list[JsonObject], float | None, JsonObject]:
    """Where a film keeps each fact, the share of the idea's words in it, and its story report, held
    against the maker's other films.
    """
    from generation.story.checking import report_on
    from generation.story.keeping import facts_kept, words_kept
    from generation.storyboard import Storyboard as Board

    facts = corrected_facts(get_story(project))
    others = [from_json(Board, data) for data in list_other_storyboards(project)]
    starts = itertools.accumulate((shot.duration for shot in storyboard.shots), initial=0.0)
    seconds = {
        shot.id: (number, round(start, 2))
        for number, (shot, start) in enumerate(zip(storyboard.shots, starts, strict=False), 1)
    }
    kept: list[JsonObject] = []
    share = None
    if facts is not None:
        share = round(words_kept(facts, storyboard), 3)
        kept = [
            {
                **to_json(fact),
                "shots": [
                    {"shot": shot, "number": seconds[shot][0], "second": seconds[shot][1]}
                    for shot in fact.shots
                ],
            }
            for fact in facts_kept(facts, storyboard)
        ]
    return kept, share, to_json(report_on(storyboard, others))
