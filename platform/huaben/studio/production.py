"""The studio's long work: load, call the engine, save. Every step is in the store by its digest, so
a repeat is quick.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from generation import pipeline
from generation.stage import still
from generation.story.types import Outline, Script
from generation.storyboard import Storyboard
from generation.values import from_json, to_json
from huaben.core.jobs import RunningJob
from huaben.core.localized import LocalizedText
from huaben.media.services import store_asset

from . import engine, workshop
from .models import Project
from .services import finish_project, save_shot, save_step

STEPS = {
    "outline": LocalizedText("构思大纲", "Planning the outline"),
    "script": LocalizedText("撰写剧本", "Writing the script"),
    "storyboard": LocalizedText("绘制分镜", "Drawing the storyboard"),
    "face": LocalizedText("准备字体（只需一次）", "Preparing the typeface (once only)"),
    "voice": LocalizedText("配音", "Speaking the lines"),
    "shots": LocalizedText("绘制镜头", "Drawing the shots"),
    "mix": LocalizedText("混音配乐", "Mixing voices and music"),
    "cut": LocalizedText("合成成片", "Joining the film"),
    "store": LocalizedText("存入片库", "Keeping the film"),
}


def write_outline(job: RunningJob) -> Mapping[str, Any]:
    project = _project(job)
    job.progress("outline", note=STEPS["outline"])
    with workshop.told_to_people(job):
        outline = pipeline.make_outline(
            project.idea, workshop.engine_settings(project), engine.store()
        )
    with transaction.atomic():
        job.fence()
        data = to_json(outline)
        # What was made from an earlier outline goes with it.
        later: dict[str, Any] = {"script": None, "board": None, "shots": []}
        save_step(
            project=project,
            stage=Project.Stage.OUTLINE,
            outline=data,
            reading=data["reading"],
            **later,
        )
    return {}


def write_script(job: RunningJob) -> Mapping[str, Any]:
    project = _project(job)
    job.progress("script", note=STEPS["script"])
    with workshop.told_to_people(job):
        outline = from_json(Outline, project.outline)
        script = pipeline.make_script(outline, workshop.engine_settings(project), engine.store())
    with transaction.atomic():
        job.fence()
        save_step(
            project=project,
            stage=Project.Stage.SCRIPT,
            script=to_json(script),
            board=None,
            shots=[],
        )
    return {}


def draw_storyboard(job: RunningJob) -> Mapping[str, Any]:
    project = _project(job)
    job.progress("storyboard", note=STEPS["storyboard"])
    with workshop.told_to_people(job):
        script = from_json(Script, project.script)
        board = pipeline.make_storyboard(script, workshop.engine_settings(project), engine.store())
        with transaction.atomic():
            job.fence()
            made = {
                "board": to_json(board),
                "shots": [shot_card(board, number) for number in range(len(board.shots))],
            }
            save_step(project=project, stage=Project.Stage.STORYBOARD, **made)
        job.progress("face", note=STEPS["face"])
        face = workshop.face()
        for number, shot in enumerate(board.shots):
            job.progress("storyboard", number, len(board.shots), note=STEPS["storyboard"])
            picture = keep_picture(still(board, shot, typeface=face, mark=None))
            save_shot(project=project, number=number, still=picture, state="waiting")
    return {}


def render_episode(job: RunningJob) -> Mapping[str, Any]:
    project = _project(job)
    if project.cut_id:
        return {"cut_id": str(project.cut_id)}
    episode = render(job, project, from_json(Storyboard, project.board))
    cut = keep_film(job, project, episode)
    return {"cut_id": str(cut.pk)}


def render(job: RunningJob, project: Project, source: Any) -> pipeline.RenderedEpisode:
    """Make the film of a project, telling each shot as it is there. ``source`` as
    ``pipeline.make_episode`` takes it.
    """
    job.progress("face", note=STEPS["face"])

    def tell(progress: pipeline.StepProgress) -> None:
        if job.cancelled():
            return  # the engine asks by itself and stops in order
        job.progress(progress.step, progress.done, progress.total, note=STEPS[progress.step])
        if progress.step == "shots" and progress.artefact is not None:
            number = next(
                (n for n, shot in enumerate(project.shots) if shot["id"] == progress.note), None
            )
            if number is not None:
                picture = keep_picture(progress.artefact.read_bytes())
                save_shot(project=project, number=number, still=picture, state="done")

    with workshop.told_to_people(job):
        return pipeline.make_episode(
            source,
            workshop.engine_settings(project, typeface=workshop.face()),
            engine.store(),
            on_progress=tell,
            cancelled=job.cancelled,
        )


def keep_film(job: RunningJob, project: Project, episode: pipeline.RenderedEpisode) -> Any:
    """Store the film and make it a Cut, with how it came about."""
    job.progress("store", note=STEPS["store"])
    with tempfile.TemporaryDirectory() as folder:
        # The store's own file is shared by every project that made the same; media gets one of its
        # own.
        film = Path(folder) / "film.mp4"
        shutil.copyfile(episode.path, film)
        asset = store_asset(path=film, owner=project.owner)
    with transaction.atomic():
        job.fence()
        return finish_project(
            project=project,
            asset=asset,
            provenance=provenance_of(project, episode),
            lines=spoken_lines(episode.board),
        )


def shot_card(board: Storyboard, number: int) -> dict[str, Any]:
    """What the storyboard page shows of a shot before it is drawn."""
    shot = board.shots[number]
    return {
        "id": shot.id,
        "summary": shot.summary,
        "framing": shot.camera.framing,
        "move": shot.camera.move,
        "duration": shot.duration,
        "still": "",
        "state": "waiting",
    }


def spoken_lines(board: Storyboard) -> list[dict[str, Any]]:
    """Every spoken line of a board in the film's own time."""
    names = {role.id: role.name for role in board.roles}
    lines, start = [], 0.0
    for shot in board.shots:
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


def provenance_of(project: Project, episode: pipeline.RenderedEpisode) -> dict[str, Any]:
    """How a film came about: the idea, the engine, and the digest of every step."""
    return {
        "idea": project.idea,
        "seed": project.seed,
        "engine": engine.engine_words().as_dict(),
        "digests": to_json(episode.digests),
        "produce_id": episode.produce_id,
        "loudness_lufs": round(episode.loudness, 2),
        "test_operator": episode.test_operator,
    }


def keep_picture(data: bytes) -> str:
    """Keep a picture in the store under the digest of its bytes, and return that."""
    key = hashlib.sha256(data).hexdigest()
    engine.store().get_or_create(key, ".picture", lambda path: _write(path, data))
    return key


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _project(job: RunningJob) -> Project:
    return Project.objects.select_related("owner", "job", "cut").get(pk=job.args["project_id"])
