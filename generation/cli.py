"""The command line of the engine. Exit status: 0 made, 1 could not be made, 2 the call itself was
wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generation import commands, exports, pipeline
from generation.editing import command as editing
from generation.pipeline import RenderedEpisode, Settings, StepProgress
from generation.providers import ProviderError, TextProvider
from generation.rendering import RenderError
from generation.store import Store
from generation.story import books, drafting, planner
from generation.story.types import Outline, Script
from generation.storyboarding import PictureFormat
from generation.typeface import SYSTEM_FOLDERS, TypefaceNotFound, find_typeface
from generation.values import to_json
from moderation.labels import LabelError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (TypefaceNotFound, RenderError, ProviderError, OSError) as error:
        return _fail(str(error), 1)
    except (ValueError, LabelError) as error:
        return _fail(str(error), 2)
    except (KeyboardInterrupt, pipeline.Cancelled):
        return _fail("stopped; what was finished is kept in the store", 1)


def _fail(message: str, status: int) -> int:
    sys.stderr.write(f"generation: {' '.join(message.split())}\n")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generation", description="An idea in, a playable episode out."
    )
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")

    make = parsers.add_parser("make", help="make an episode: DIR/cut.mp4 and DIR/report.json")
    _idea(make)
    make.add_argument("--out", type=Path, required=True, metavar="DIR")
    make.add_argument(
        "--producer",
        metavar="CODE",
        help="provider code of 27 characters; without it the test operator's",
    )
    make.add_argument("--size", default="720x1280", metavar="WxH")
    make.add_argument("--fps", type=int, default=24)
    make.add_argument("--workers", type=int, default=2)
    make.set_defaults(run=_make)

    plan = parsers.add_parser(
        "plan", help="print facts, outline and script of each draft, or with --episodes a season"
    )
    _idea(plan)
    plan.add_argument("--episodes", type=int, default=1)
    plan.add_argument("--branch", action="store_true", help="let episodes end in a choice")
    plan.set_defaults(run=_plan)

    board = parsers.add_parser(
        "storyboard", help="lay out the shots: DIR/storyboard.json and a still of each"
    )
    _idea(board)
    board.add_argument("--out", type=Path, required=True, metavar="DIR")
    board.set_defaults(run=_storyboard)

    edit = parsers.add_parser("edit", help="change a film in DIR by a sentence")
    editing.add_options(edit)
    commands.add_provider_options(edit)
    commands.add_voice_options(edit)
    add_typeface_options(edit)
    edit.set_defaults(run=_edit)

    export = parsers.add_parser("export", help="a film in DIR for other programs")
    commands.add_export_options(export)
    export.set_defaults(run=commands.export)

    check = parsers.add_parser(
        "check", help="the report of a film file, or of a story; status 1 for what is at fault"
    )
    check.add_argument("film", type=Path, metavar="FILE|DIR")
    check.add_argument("--against", type=Path, nargs="*", default=[], metavar="FILE|DIR",
                       help="other films that should not have the same lines")  # fmt: skip
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=commands.check)

    styles = parsers.add_parser("styles", help="what can be asked for: styles, genres, languages")
    styles.add_argument("--json", action="store_true")
    styles.set_defaults(run=_styles)
    return parser


def _idea(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "idea",
        metavar="IDEA",
        help="a sentence, a tale or a screenplay; or @FILE: such a text, or an outline, script or "
        "storyboard as JSON",
    )
    commands.add_material_options(parser)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--style", choices=["ink"], default="ink")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--language", "--lang", choices=["zh", "en"], help="that of the idea, if not given"
    )
    parser.add_argument(
        "--genre", choices=list(books.GENRES), help="that of the idea, if not given"
    )
    add_typeface_options(parser)
    commands.add_voice_options(parser)
    parser.add_argument("--store", type=Path, help="folder of artefacts; default DIR/.store")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object on stdout, nothing else"
    )
    commands.add_provider_options(parser)


def add_typeface_options(parser: argparse.ArgumentParser) -> None:
    """Where a command finds the typeface; ``typeface_of`` reads them."""
    parser.add_argument(
        "--typeface", type=Path, metavar="FILE", help="a TTF; found or merged if not given"
    )
    parser.add_argument(
        "--fonts",
        type=Path,
        action="append",
        metavar="DIR",
        help="a folder of typefaces, or a node_modules folder that holds lxgw-wenkai-webfont; may "
        "be given again; default the system's own and ./frontend/node_modules",
    )
    parser.add_argument(
        "--var", type=Path, default=Path("var"), help="folder for the merged typeface: VAR/face"
    )


def typeface_of(options: argparse.Namespace) -> Path:
    """The typeface that the options name or that is found. Raises ``TypefaceNotFound``."""
    if options.typeface is not None:
        if not options.typeface.is_file():
            raise ValueError(f"--typeface {options.typeface}: not a file")
        return Path(options.typeface)
    folders = options.fonts or [*SYSTEM_FOLDERS, Path("frontend/node_modules")]
    return find_typeface(folders, options.var / "face")


def _settings(options: argparse.Namespace, store: Store) -> Settings:
    return Settings(
        seconds=options.seconds,
        seed=options.seed,
        style=options.style,
        language=options.language,
        genre=options.genre,
        provider=_provider(options, store),
        kind=commands.kind_of(options),
        pinned=tuple(options.pin),
        struck=tuple(options.strike),
        models=options.models,
        voice=options.voice,
        pronunciations=commands.pronunciations_of(options),
    )


def _provider(options: argparse.Namespace, store: Store) -> TextProvider | None:
    if options.text_url is None:
        return None
    from generation.providers.chat import ChatProvider

    key = os.environ.get(commands.KEY_VARIABLE, "")
    if not key or not options.text_model:
        raise ValueError(f"--text-url needs --text-model and a key in ${commands.KEY_VARIABLE}")
    return ChatProvider(
        options.text_url, options.text_model, key, store, allow_private=options.allow_private
    )


def _make(options: argparse.Namespace) -> int:
    try:
        width, height = (int(side) for side in options.size.split("x"))
    except ValueError:
        raise ValueError(f"--size {options.size!r}: WIDTHxHEIGHT in pixels is wanted") from None
    source = commands.source_of(options.idea)
    if options.drafts > 1:
        return _make_drafts(options)
    picture = PictureFormat(width, height, options.fps)
    if not 1 <= options.workers <= 64:
        raise ValueError("--workers: 1 to 64")
    options.out.mkdir(parents=True, exist_ok=True)
    store = Store(options.store or options.out / ".store")
    settings = replace(
        _settings(options, store),
        picture=picture,
        workers=options.workers,
        producer=options.producer,
        typeface=typeface_of(options),
    )
    log = exports.MakingLog()
    with _ProgressBar() as meter:

        def on_progress(progress: StepProgress) -> None:
            log(progress)
            meter(progress)

        episode = pipeline.make_episode(source, settings, store, on_progress)
    report = report_of(episode, settings)
    facts = drafting.facts_of(source, settings.kind) if isinstance(source, str) else None
    exports.write_story(
        options.out,
        outline=episode.outline,
        script=episode.script,
        board=episode.storyboard,
        facts=facts,
        log=log.lines,
    )
    exports.copy_whole(episode.path, options.out / "cut.mp4")
    text = json.dumps(report, ensure_ascii=False, indent=2)
    exports.write_whole(options.out / "report.json", text.encode())
    commands.tell_voice(episode, options)
    if options.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        minutes = episode.storyboard.duration
        sys.stdout.write(
            f"{options.out / 'cut.mp4'}  {episode.storyboard.title}  {minutes:.1f} s  "
            f"{report['engine']}\n"
        )
    return 0


def _make_drafts(options: argparse.Namespace) -> int:
    """Make a film of each draft: DIR/1, DIR/2 …, which share one store."""
    store = options.store or options.out / ".store"
    status = 0
    for number, seed in enumerate(commands.drafts_of(options), 1):
        draft = argparse.Namespace(**vars(options))
        draft.drafts, draft.seed, draft.store, draft.out = 1, seed, store, options.out / str(number)
        status = max(status, _make(draft))
    return status


def report_of(episode: RenderedEpisode, settings: Settings) -> dict[str, Any]:
    """What report.json holds."""
    outline, script = episode.outline, episode.script
    written = outline or script
    engine = written.engine if written else planner.ENGINE[episode.storyboard.language]
    fps = episode.storyboard.fps
    return {
        "title": episode.storyboard.title,
        "engine": engine,
        "language": episode.storyboard.language,
        "style": episode.storyboard.style,
        "seed": episode.storyboard.seed,
        "asked_seconds": settings.seconds,
        "seconds": round(episode.frames / fps, 3),
        "frames": episode.frames,
        "fps": fps,
        "width": episode.storyboard.width,
        "height": episode.storyboard.height,
        "idea_words": {
            "understood": [to_json(word) for word in episode.reading.understood],
            "not_understood": list(episode.reading.unknown),
        },
        "outline": to_json(outline) if outline else None,
        "shots": [
            {
                "id": shot.id,
                "seconds": round(shot.duration, 3),
                "beat": shot.beat,
                "summary": shot.summary,
            }
            for shot in episode.storyboard.shots
        ],
        "voice": episode.voice,
        "silent_lines": list(episode.silent),
        "loudness_lufs": round(episode.loudness, 2),
        "true_peak_dbfs": round(episode.peak, 2),
        "label": json.loads(episode.label),
        "test_operator": episode.test_operator,
        "sha256": episode.sha256,
        "digests": episode.digests,
        "rendered_now": episode.rendered,
        "step_seconds": episode.timings,
    }


def _plan(options: argparse.Namespace) -> int:
    if options.episodes > 1:
        return commands.plan_season(options)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(options.store or Path(folder))
        return commands.plan_drafts(options, _settings(options, store), store)


def _storyboard(options: argparse.Namespace) -> int:
    from generation.stage import still

    source = commands.source_of(options.idea)
    options.out.mkdir(parents=True, exist_ok=True)
    store = Store(options.store or options.out / ".store")
    settings = _settings(options, store)
    if isinstance(source, str):
        source = pipeline.make_outline(source, settings, store)
    if isinstance(source, Outline):
        source = pipeline.make_script(source, settings, store)
    if isinstance(source, Script):
        source = pipeline.make_storyboard(source, settings, store)
    typeface = typeface_of(options)
    with _ProgressBar() as meter:
        for done, shot in enumerate(source.shots, 1):
            exports.write_whole(
                options.out / f"{shot.id}.jpg", still(source, shot, typeface=typeface)
            )
            meter(StepProgress("shots", done, len(source.shots), shot.summary))
    text = json.dumps(to_json(source), ensure_ascii=False, indent=2)
    exports.write_whole(options.out / "storyboard.json", text.encode())
    if options.json:
        sys.stdout.write(json.dumps(to_json(source), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(
            f"{options.out}  {source.title}  {len(source.shots)} shots  {source.duration:.1f} s\n"
        )
    return 0


def _edit(options: argparse.Namespace) -> int:
    store = Store(options.store or options.film / ".store") if options.text_url else None
    with _ProgressBar() as meter:
        return editing.edit(
            options,
            provider=_provider(options, store) if store else None,
            typeface=lambda: typeface_of(options),
            report_of=report_of,
            meter=meter,
            pronunciations=commands.pronunciations_of(options),
        )


def _styles(options: argparse.Namespace) -> int:
    offered: dict[str, list[Any] | dict[str, str]] = {
        "styles": ["ink"], "genres": list(books.GENRES), "languages": ["zh", "en"],
        "seconds": [planner.MIN_SECONDS, planner.MAX_SECONDS], "engine": planner.ENGINE,
    }  # fmt: skip
    if options.json:
        sys.stdout.write(json.dumps(offered, ensure_ascii=False) + "\n")
    else:
        for name, values in offered.items():
            listed = values.values() if isinstance(values, dict) else values
            sys.stdout.write(f"{name}: {', '.join(map(str, listed))}\n")
    return 0


class _ProgressBar:
    """Progress on stderr: a bar on a terminal, a line for each step elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def __enter__(self) -> _ProgressBar:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                bar_format="{desc:<11} {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt} [{elapsed}]",
                total=1,
            )
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, progress: StepProgress) -> None:
        if self._bar is not None:
            self._bar.set_description_str(progress.step, refresh=False)
            self._bar.total, self._bar.n = progress.total, progress.done
            self._bar.refresh()
        elif progress.done >= progress.total and progress.step != self._step:
            self._step = progress.step
            sys.stderr.write(f"{progress.step}: {progress.done}/{progress.total}\n")
