"""Series, episodes and Cuts as their creator and staff have them, shown or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from huaben.core.models import Job
from huaben.core.presenters import JobStatus, present_job
from huaben.core.responses import described
from huaben.core.types import JsonValue
from huaben.media.models import Asset
from huaben.media.playback import Previewer

from ..facts import (
    AiLabel,
    CutAppeal,
    CutFacts,
    CutReview,
    CutState,
    get_cut_facts,
    get_player_notices,
)
from ..models import Choice, Cut, Episode, Series, WordsRevision
from ..selectors import get_latest_jobs, list_cuts_of_series, list_newest_revisions
from .gate import GateChecklist, present_gate
from .viewing import Edge, Playback, SeriesCard, present_preview, present_series_cards
from .words import WordsVersion, present_words_version


@dataclass(frozen=True)
class StudioCut:
    """One version of an episode, for its creator and for staff."""

    id: UUID
    episode_id: UUID
    number: int
    state: CutState
    origin: Cut.Origin
    declaration: Cut.Declaration
    sha256: str
    job: JobStatus | None
    gate: GateChecklist
    review: CutReview | None
    appeal: CutAppeal | None = field(
        metadata=described("Against the decision that stands, or answered by it.")
    )
    may_appeal: bool
    preview: Playback | None
    created_at: datetime


@dataclass(frozen=True)
class StudioEpisode:
    """An episode with all its versions, newest first."""

    id: UUID
    number: int
    title: str
    cuts: list[StudioCut]


@dataclass(frozen=True)
class ChoiceEffect:
    """What a choice does to a variable."""

    var: str
    op: Literal["set", "add"]
    value: JsonValue


@dataclass(frozen=True)
class StudioChoice(Edge):
    """An edge of the story graph as its author wrote it."""

    condition: JsonValue
    effects: list[ChoiceEffect]


@dataclass(frozen=True)
class StoryGraph:
    """The whole story graph of a series."""

    choices: list[StudioChoice]


@dataclass(frozen=True)
class StudioSeries(SeriesCard):
    """One's own series, shown or not."""

    created_at: datetime
    episodes: list[StudioEpisode]
    choices: list[StudioChoice]
    words: list[WordsVersion] = field(
        metadata=described("Of each thing, new words that wait or were refused last.")
    )


@dataclass(frozen=True)
class CutEvidence:
    """What a Cut is this moment, for a file that must hold later: which bytes are streamed, with
    which label, by which decision.
    """

    cut_id: UUID
    episode_number: int
    number: int
    sha256: str
    package_sha256: str
    label: AiLabel | None
    decision_id: UUID | None


def present_cuts(cuts: Sequence[Cut], previewer: Previewer) -> dict[UUID, StudioCut]:
    """Cuts as their creator and staff see them, by id; each must have source and asset loaded."""
    ids = [cut.pk for cut in cuts]
    facts, notices, jobs = get_cut_facts(ids), get_player_notices(ids), get_latest_jobs(ids)
    return {
        cut.pk: StudioCut(
            id=cut.pk,
            episode_id=cut.episode_id,
            number=cut.number,
            state=_cut_state(cut, facts.get(cut.pk), jobs.get(cut.pk)),
            origin=Cut.Origin(cut.origin),
            declaration=Cut.Declaration(cut.declaration),
            sha256=(cut.asset or cut.source).sha256,
            job=present_job(jobs[cut.pk]) if cut.pk in jobs else None,
            gate=present_gate(cut),
            review=facts[cut.pk].review if cut.pk in facts else None,
            appeal=facts[cut.pk].appeal if cut.pk in facts else None,
            may_appeal=cut.pk in facts and facts[cut.pk].may_appeal,
            preview=present_preview(cut, previewer, notices[cut.pk]),
            created_at=cut.created_at,
        )
        for cut in cuts
    }


def present_cut(cut: Cut, previewer: Previewer) -> StudioCut:
    """One Cut as its creator and staff see it."""
    return present_cuts([cut], previewer)[cut.pk]


def _cut_state(cut: Cut, facts: CutFacts | None, job: Job | None) -> CutState:
    file = cut.asset or cut.source
    ready = cut.asset is not None and cut.asset.state == Asset.State.READY
    state: CutState
    if facts is not None:
        state = facts.state
    elif file.state == Asset.State.REFUSED:
        state = "failed"
    else:
        state = "checking" if ready else "processing"
    job_failed = job is not None and job.state == Job.State.FAILED
    return "failed" if job_failed and state in ("processing", "checking") else state


def present_choice(choice: Choice) -> StudioChoice:
    """An edge of the graph for its author."""
    return StudioChoice(
        id=choice.pk,
        from_episode_id=choice.from_episode_id,
        to_episode_id=choice.to_episode_id,
        text=choice.text,
        seal=choice.seal,
        condition=choice.condition,
        effects=[ChoiceEffect(**effect) for effect in choice.effects],
    )


def present_new_episode(episode: Episode) -> StudioEpisode:
    """An episode that has no version yet."""
    return StudioEpisode(id=episode.pk, number=episode.number, title=episode.title, cuts=[])


def present_studio_series(series: Series, previewer: Previewer) -> StudioSeries:
    """One's own series with every episode and version, shown or not."""
    cuts = list_cuts_of_series(series)
    presented = present_cuts(cuts, previewer)
    return StudioSeries(
        **vars(present_series_cards([series])[series.pk]),
        created_at=series.created_at,
        episodes=[
            StudioEpisode(
                id=episode.pk,
                number=episode.number,
                title=episode.title,
                cuts=[presented[cut.pk] for cut in cuts if cut.episode_id == episode.pk],
            )
            for episode in series.episodes.all()
        ],
        choices=[present_choice(choice) for choice in series.choices.all()],
        words=[
            present_words_version(revision)
            for revision in list_newest_revisions(series)
            if revision.state in (*WordsRevision.OPEN, WordsRevision.State.REFUSED)
        ],
    )


def present_cut_evidence(cuts: Sequence[Cut]) -> list[CutEvidence]:
    """What these Cuts are this moment; each must have asset and episode loaded."""
    ids = [cut.pk for cut in cuts]
    facts, notices = get_cut_facts(ids), get_player_notices(ids)
    evidence = []
    for cut in cuts:
        notice = notices[cut.pk].ai_notice
        evidence.append(
            CutEvidence(
                cut_id=cut.pk,
                episode_number=cut.episode.number,
                number=cut.number,
                sha256=cut.asset.sha256 if cut.asset else "",
                package_sha256=cut.asset.package_sha256 if cut.asset else "",
                label=notice.label if notice else None,
                decision_id=facts[cut.pk].decision_id if cut.pk in facts else None,
            )
        )
    return evidence
