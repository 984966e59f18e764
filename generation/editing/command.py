"""``python -m generation edit DIR "…"``: a finished film in DIR, changed by a sentence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from generation import exports, pipeline
from generation.editing.applying import Edited, apply_patch
from generation.editing.film import EditedFilm
from generation.editing.grammar import read_edit
from generation.editing.model import ask_for_patch, check_patch
from generation.editing.types import CannotApply, Patch, Reading
from generation.pipeline import RenderedEpisode, Settings, StepProgress
from generation.pipeline.drafts import make_storyboard_with_voices, open_voices
from generation.providers import TextProvider
from generation.store import Store
from generation.story import drafting
from generation.story.types import Outline, Script
from generation.storyboard import Storyboard
from generation.storyboarding import PictureFormat
from generation.values import from_json, to_json
from generation.voice import ENGINES
from generation.voice.store import VoiceStore

Meter = Callable[[StepProgress], None]
ReportOf = Callable[[RenderedEpisode, Settings], dict[str, Any]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command, the typeface's aside."""
    parser.add_argument("film", type=Path, metavar="DIR", help="a folder that `make` wrote")
    parser.add_argument(
        "edit", metavar="EDIT", help="what to change, in plain words; or @FILE: a patch as JSON"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the patch and the diff, make nothing"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--store", type=Path, help="folder of artefacts; default DIR/.store")
    parser.add_argument("--producer", metavar="CODE", help="provider code of 27 characters")
    parser.add_argument("--workers", type=int, default=2)


def read_film(folder: Path) -> EditedFilm:
    """The film in a folder that ``make`` wrote. ``ValueError`` for a folder without one."""
    board = folder / "storyboard.json"
    if not board.is_file():
        raise ValueError(f"{folder}: no film that was made here (storyboard.json is missing)")
    script, outline = folder / "script.json", folder / "outline.json"
    return EditedFilm(
        from_json(Storyboard, _json(board)),
        from_json(Script, _json(script)) if script.is_file() else None,
        from_json(Outline, _json(outline)) if outline.is_file() else None,
    )


def edit(
    options: argparse.Namespace,
    *,
    provider: TextProvider | None,
    typeface: Callable[[], Path],
    report_of: ReportOf,
    meter: Meter,
    pronunciations: tuple[tuple[str, str], ...] = (),
) -> int:
    """Print the patch and the diff; without ``--dry-run`` make the new Cut. Exit status 1 when the
    edit was not understood, or does not fit the film: then nothing changed.
    """
    folder: Path = options.film
    film = read_film(folder)
    reading = _reading(options.edit, film, provider)
    answer: dict[str, Any] = {"edit": options.edit, **_reading_json(reading)}
    if reading.patch is None:
        _print(options, answer, reading.message.zh, reading.message.en)
        return 1
    store = Store(options.store or folder / ".store")
    settings = _settings(options, film, pronunciations)
    try:
        with open_voices(settings, store) as voices:
            edited = apply_patch(film, reading.patch, lay_out_with(settings, store, voices))
    except CannotApply as refused:
        answer |= {"kind": "cannot_apply", "message": to_json(refused.text)}
        _print(options, answer, refused.text.zh, refused.text.en)
        return 1
    answer["diff"] = [
        {**to_json(found), "zh": found.line("zh"), "en": found.line("en")}
        for found in edited.differences
    ]
    if not options.dry_run:
        settings = replace(settings, typeface=typeface())
        episode = _make(
            options, edited, answer, store=store, settings=settings, report_of=report_of,
            meter=meter,
        )  # fmt: skip
        shots = len(episode.storyboard.shots)
        answer |= {"cut": str(folder / "cut.mp4"), "sha256": episode.sha256,
                   "shots": shots, "shots_drawn": episode.rendered}  # fmt: skip
    _print(options, answer)
    return 0


def lay_out_with(
    settings: Settings, store: Store, voices: VoiceStore
) -> Callable[[Script], Storyboard]:
    """How scripts are laid out in the settings' picture format, with voices already open."""
    return lambda script: make_storyboard_with_voices(script, settings, store, voices)


def _settings(
    options: argparse.Namespace, film: EditedFilm, pronunciations: tuple[tuple[str, str], ...]
) -> Settings:
    """What the film was made with; the engine that speaks in it speaks on."""
    report = options.film / "report.json"
    spoke = _json(report).get("voice") if report.is_file() else None
    return Settings(
        seconds=film.script.seconds if film.script else film.board.duration,
        seed=film.board.seed,
        language=film.board.language,
        picture=PictureFormat(film.board.width, film.board.height, film.board.fps),
        workers=options.workers,
        producer=options.producer,
        models=options.models,
        voice=spoke if options.voice == "auto" and spoke in ENGINES else options.voice,
        pronunciations=pronunciations,
    )


def _reading(text: str, film: EditedFilm, provider: TextProvider | None) -> Reading:
    if text.startswith("@"):
        patch = from_json(Patch, _json(Path(text[1:])))
        check_patch(patch, film)
        return Reading("patch", patch)
    reading = read_edit(text, film)
    if reading.kind == "not_understood" and provider is not None:
        return ask_for_patch(text, film, provider)
    return reading


def _reading_json(reading: Reading) -> dict[str, Any]:
    if reading.patch is not None:
        return {"kind": "patch", "patch": to_json(reading.patch)}
    data = to_json(reading)
    del data["patch"]
    return dict(data)


def _make(
    options: argparse.Namespace,
    edited: Edited,
    answer: dict[str, Any],
    *,
    store: Store,
    settings: Settings,
    report_of: ReportOf,
    meter: Meter,
) -> RenderedEpisode:
    folder: Path = options.film
    film = edited.film
    log = exports.MakingLog()

    def on_progress(progress: StepProgress) -> None:
        log(progress)
        meter(progress)

    episode = pipeline.make_episode(film.board, settings, store, on_progress)
    episode = replace(episode, outline=film.outline, script=film.script)
    making = folder / "making.jsonl"
    earlier = making.read_text(encoding="utf-8").splitlines() if making.is_file() else []
    entry = {"step": "edit", "edit": answer["edit"], "patch": answer["patch"],
             "diff": [found["en"] for found in answer["diff"]]}  # fmt: skip
    exports.write_story(
        folder,
        outline=film.outline,
        script=film.script,
        board=film.board,
        facts=_facts(folder),
        log=[*earlier, json.dumps(entry, ensure_ascii=False), *log.lines],
    )
    exports.copy_whole(episode.path, folder / "cut.mp4")
    report = report_of(episode, settings)
    exports.write_whole(
        folder / "report.json", json.dumps(report, ensure_ascii=False, indent=2).encode()
    )
    return episode


def _facts(folder: Path) -> Any:
    stored = folder / "facts.json"
    return drafting.facts_of(_json(stored)["text"]) if stored.is_file() else None


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _print(options: argparse.Namespace, answer: dict[str, Any], *messages: str) -> None:
    if options.json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    for message in messages:
        sys.stdout.write(f"{message}\n")
    for found in answer.get("diff", ()):
        sys.stdout.write(f"{found['zh']}\n    {found['en']}\n")
    if "cut" in answer:
        drawn, shots = answer["shots_drawn"], answer["shots"]
        sys.stdout.write(f"{answer['cut']}  {drawn} of {shots} shots drawn anew\n")
