"""Drawing a project's stills and its film, and making a Cut of the film. Loads the engine."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from django.db import transaction

from generation import pipeline
from generation.stage import still
from generation.story.types import Outline, Script
from generation.storyboard import Storyboard
from generation.values import to_json
from huaben.catalog.models import Cut
from huaben.core.jobs import RunningJob
from huaben.core.types import JsonObject
from huaben.media.services import store_asset

from .engine import artefact_store, engine_label, ensure_typeface, pipeline_settings
from .engine_errors import engine_errors_as_problems
from .models import Project
from .services import finish_project, save_still
from .steps import STEP_LABELS


def draw_stills(job: RunningJob, project: Project, storyboard: Storyboard) -> None:
    """Draw one picture of each shot, and save each as soon as it is drawn.

    Raises the engine's errors, JobCancelled and LeaseLost.
    """
    job.progress("face", note=STEP_LABELS["face"])
    typeface = ensure_typeface()
    for number, shot in enumerate(storyboard.shots):
        job.progress("storyboard", number, len(storyboard.shots), note=STEP_LABELS["storyboard"])
        key = _store_picture(still(storyboard, shot, typeface=typeface, mark=None))
        save_still(project=project, number=number, still=key, state="waiting")


def render_film(
    job: RunningJob, project: Project, source: Outline | Script | Storyboard
) -> pipeline.RenderedEpisode:
    """Render a project's film, and save the poster of each shot as soon as the shot is drawn.

    Raises Problem for what cannot be made, JobCancelled and LeaseLost.
    """
    job.progress("face", note=STEP_LABELS["face"])

    def report(progress: pipeline.StepProgress) -> None:
        if job.cancelled():
            return  # the engine asks by itself and stops in order
        job.progress(progress.step, progress.done, progress.total, note=STEP_LABELS[progress.step])
        if progress.step == "shots" and progress.artefact is not None:
            _save_poster(project, progress.note, progress.artefact)

    with engine_errors_as_problems(job):
        return pipeline.make_episode(
            source,
            pipeline_settings(project, typeface=ensure_typeface()),
            artefact_store(),
            on_progress=report,
            cancelled=job.cancelled,
        )


def create_cut_of_film(job: RunningJob, project: Project, episode: pipeline.RenderedEpisode) -> Cut:
    """Store a rendered film as an asset and make a Cut of it, with its lines and provenance."""
    job.progress("store", note=STEP_LABELS["store"])
    with tempfile.TemporaryDirectory() as folder:
        # The file in the artefact store is shared by every project that rendered the same film;
        # media takes ownership of the file that it is given.
        film = Path(folder) / "film.mp4"
        shutil.copyfile(episode.path, film)
        asset = store_asset(path=film, owner=project.owner)
    with transaction.atomic():
        job.fence()
        return finish_project(
            project=project,
            asset=asset,
            provenance=provenance_of(project, episode),
            lines=spoken_lines(episode.storyboard),
        )


def spoken_lines(storyboard: Storyboard) -> list[JsonObject]:
    """Every spoken line of a storyboard: ``start_ms`` and ``end_ms`` in the film, speaker, text."""
    names = {role.id: role.name for role in storyboard.roles}
    lines: list[JsonObject] = []
    start = 0.0
    for shot in storyboard.shots:
        for cue in shot.cues:
            lines.append(
                {
                    "start_ms": round((start + cue.start) * 1000),
                    "end_ms": round((start + cue.end) * 1000),
                    "speaker": names.get(cue.role_id or "", ""),
                    "text": cue.text,
                }
            )
        start += shot.duration
    return lines


def provenance_of(project: Project, episode: pipeline.RenderedEpisode) -> JsonObject:
    """How a film came about: the idea, the engine, and the digest of every step."""
    return {
        "idea": project.idea,
        "seed": project.seed,
        "engine": engine_label().as_dict(),
        "digests": to_json(episode.digests),
        "produce_id": episode.produce_id,
        "loudness_lufs": round(episode.loudness, 2),
        "test_operator": episode.test_operator,
    }


def _save_poster(project: Project, shot_id: str, poster: Path) -> None:
    for number, shot in enumerate(project.shots):
        if shot["id"] == shot_id:
            key = _store_picture(poster.read_bytes())
            save_still(project=project, number=number, still=key, state="done")
            return


def _store_picture(data: bytes) -> str:
    """Store an encoded picture by the digest of its bytes; returns the digest."""
    key = hashlib.sha256(data).hexdigest()
    artefact_store().get_or_create(key, ".picture", lambda path: _write(path, data))
    return key


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
