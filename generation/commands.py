"""The commands that draw nothing: drafts to choose from, seasons, and the story report."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from generation import exports, pipeline, quality
from generation.editing.command import read_film
from generation.pipeline import RenderedEpisode, Settings
from generation.store import Store
from generation.story import drafting, screenplay
from generation.story.checking import report_on
from generation.story.material import Kind, detect_kind
from generation.story.types import Outline, Script
from generation.storyboard import Storyboard
from generation.timeline import to_otio
from generation.values import from_json, to_json
from generation.voice import ENGINES
from generation.voice.choosing import FALLBACK
from models.cli import VARIABLE, default_folder

KINDS = {"idea": "idea", "prose": "prose", "screenplay": "screenplay", "script": "screenplay",
         "words": "words", "auto": None}  # fmt: skip
MAX_DRAFTS = 10
KEY_VARIABLE = "HUABEN_TEXT_KEY"


def add_material_options(parser: argparse.ArgumentParser) -> None:
    """How a text is to be taken, and how many drafts are wanted of it."""
    parser.add_argument(
        "--as",
        dest="kind",
        choices=list(KINDS),
        default="auto",
        help="what IDEA or the text of @FILE is; by its form if not given",
    )
    parser.add_argument(
        "--pin", action="append", default=[], metavar="WORDS",
        help="the sentence of the text with these words is always told; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--strike", action="append", default=[], metavar="WORDS",
        help="the sentence of the text with these words is never told; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--drafts", type=int, default=1, metavar="N", help="that many, each from a seed of its own"
    )


def add_voice_options(parser: argparse.ArgumentParser) -> None:
    """Which engine speaks, and how words are to be read; ``pronunciations_of`` reads them."""
    parser.add_argument("--voice", choices=ENGINES, default="auto",
                        help="auto: natural voices when their pack is there")  # fmt: skip
    parser.add_argument("--models", type=Path, default=default_folder(), metavar="DIR",
                        help=f"the model folder; default ${VARIABLE}, else var/models")  # fmt: skip
    parser.add_argument("--say", action="append", default=[], metavar="WORD=READING",
                        help="how natural voices read a word (重=chóng, Xi=shee), or @FILE with "
                        "one a line; may be given again")  # fmt: skip


def add_provider_options(parser: argparse.ArgumentParser) -> None:
    """The language model that is asked, if any."""
    parser.add_argument(
        "--text-url", metavar="URL", help=f"chat-completions service; its key in ${KEY_VARIABLE}"
    )
    parser.add_argument("--text-model", metavar="NAME")
    parser.add_argument(
        "--allow-private", action="store_true", help="let --text-url be an address in this house"
    )


def pronunciations_of(options: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    """The maker's own readings. Raises ``ValueError`` for one without a word or a reading."""
    said: list[str] = []
    for entry in options.say:
        if entry.startswith("@"):
            lines = Path(entry[1:]).read_text(encoding="utf-8-sig").splitlines()
            said += [line for line in lines if line.strip() and not line.startswith("#")]
        else:
            said.append(entry)
    found = {}
    for entry in said:
        word, _, reading = (part.strip() for part in entry.partition("="))
        if not word or not reading:
            raise ValueError(f"--say {entry!r}: WORD=READING is wanted")
        found[word] = reading
    return tuple(found.items())


def tell_voice(episode: RenderedEpisode, options: argparse.Namespace) -> None:
    """Say on stderr that a film speaks with the formant voice for want of a better."""
    if episode.voice == "formant" and options.voice == "auto":
        sys.stderr.write("\n".join(FALLBACK) + "\n")


def kind_of(options: argparse.Namespace) -> Kind | None:
    """The kind that the options name; None for auto."""
    return KINDS[options.kind]  # type: ignore[return-value]


def source_of(idea: str) -> str | Outline | Script | Storyboard:
    """The idea itself, or what a file that it names holds: a text, or an artefact as JSON."""
    if not idea.startswith("@"):
        return idea
    text = Path(idea[1:]).read_text(encoding="utf-8-sig")
    if not text.lstrip().startswith("{"):
        return text
    data = json.loads(text)
    kind: type[Outline | Script | Storyboard] = (
        Storyboard if "shots" in data else Script if "scenes" in data else Outline
    )
    return from_json(kind, data)


def drafts_of(options: argparse.Namespace) -> range:
    """The seeds of the drafts that are asked for."""
    if not 1 <= options.drafts <= MAX_DRAFTS:
        raise ValueError(f"--drafts: 1 to {MAX_DRAFTS}")
    return range(options.seed, options.seed + options.drafts)


def plan_drafts(options: argparse.Namespace, settings: Settings, store: Store) -> int:
    """Print the drafts of a text: facts, outline and script of each, without drawing."""
    source = source_of(options.idea)
    if not isinstance(source, str):
        raise ValueError("a plan is made of a text; this file holds what is planned already")
    kind = kind_of(options) or detect_kind(source)
    facts = drafting.facts_of(source, kind)
    drafts = []
    boards: list[Storyboard] = []
    for seed in drafts_of(options):
        asked = replace(settings, seed=seed)
        outline = pipeline.make_outline(source, asked, store)
        script = pipeline.make_script(outline, asked, store)
        board = pipeline.make_storyboard(script, asked, store)
        draft: dict[str, Any] = {
            "seed": seed,
            "outline": to_json(outline),
            "script": to_json(script),
            "report": exports.report_json(report_on(board, boards)),
        }
        if facts is not None:
            draft["facts"] = exports.facts_json(facts, board)
        boards.append(board)
        drafts.append((draft, outline, script))
    notes = to_json(screenplay.read_screenplay(source).notes) if kind == "screenplay" else []
    if options.json:
        first = drafts[0][0]
        data = {
            **first["outline"],
            "kind": kind,
            "facts": first.get("facts"),
            "script": first["script"],
            "report": first["report"],
            "not_filmed": notes,
            "drafts": [draft for draft, *_ in drafts],
        }
        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
        return 0
    for draft, outline, script in drafts:
        said = [line.text for scene in script.scenes for line in scene.lines]
        cast = ", ".join(f"{person.name} ({person.figure})" for person in outline.people)
        sys.stdout.write(
            f"[{draft['seed']}] {outline.title}  {outline.seconds:g} s  {cast}\n"
            f"    {outline.logline}\n    ▸ {said[0]}\n    ▪ {said[-1]}\n"
        )
    for note in notes:
        sys.stdout.write(f"not filmed ({note['reason']}): {note['text']}\n")
    return 0


def plan_season(options: argparse.Namespace) -> int:
    """Print a season: of a long text cut at its turns, else invented."""
    source = source_of(options.idea)
    if not isinstance(source, str):
        raise ValueError("a season is planned from a text")
    planned = drafting.plan_season(
        source,
        options.episodes,
        options.seed,
        kind=kind_of(options),
        branch=options.branch,
        seconds=options.seconds,
        language=options.language,
        genre=options.genre,
        pinned=options.pin,
        struck=options.strike,
    )
    if options.json:
        sys.stdout.write(json.dumps(to_json(planned), ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(f"{planned.title}\n{planned.throughline}\n")
    for episode in planned.episodes:
        sys.stdout.write(f"\n[{episode.id}] {episode.outline.title} — {episode.outline.logline}\n")
        for choice in episode.outline.choices:
            sys.stdout.write(f"    → {choice.leads_to or '·'}: {choice.text}\n")
    return 0


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """What is written of a film, and where to."""
    parser.add_argument("film", type=Path, metavar="DIR", help="a folder that `make` wrote")
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument("--fountain", dest="form", action="store_const", const="fountain")
    form.add_argument("--vtt", dest="form", action="store_const", const="vtt")
    form.add_argument("--otio", dest="form", action="store_const", const="otio")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: stdout")


def export(options: argparse.Namespace) -> int:
    """Write a film's screenplay, subtitles or time line, as it is now."""
    film = read_film(options.film)
    if options.form == "fountain":
        if film.script is None:
            raise ValueError(f"{options.film}: this film has only shots and no script")
        text = screenplay.to_fountain(film.script)
    elif options.form == "vtt":
        text = exports.subtitles_vtt(film.board)
    else:
        text = json.dumps(to_otio(film.board, "cut.mp4"), ensure_ascii=False, indent=2) + "\n"
    if options.out is None:
        sys.stdout.write(text)
    else:
        exports.write_whole(options.out, text.encode("utf-8"))
    return 0


def _check_film(options: argparse.Namespace) -> int:
    report = quality.examine(options.film)
    if options.json:
        sys.stdout.write(json.dumps(to_json(report), ensure_ascii=False) + "\n")
        return 1 if report.faults else 0
    sys.stdout.write(
        f"{report.width}×{report.height}  {report.fps:g} fps  {report.seconds:.2f} s\n"
        f"loudness {report.loudness_lufs} LUFS  true peak {report.true_peak_dbfs} dBFS\n"
    )
    for name in ("black", "frozen", "silent", "clipped"):
        for stretch in getattr(report, name):
            sys.stdout.write(f"{name} {stretch.start:.2f}–{stretch.end:.2f} s\n")
    sys.stdout.write(f"at fault: {', '.join(report.faults) or 'nothing'}\n")
    return 1 if report.faults else 0


def _is_film(path: Path) -> bool:
    """Whether a file is no text that a story could be read from."""
    if not path.is_file() or path.suffix.casefold() in (".json", ".txt", ".md", ".fountain"):
        return False
    with path.open("rb") as file:
        return not file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def check(options: argparse.Namespace) -> int:
    """Print the report of a film file (any film), or the story report of a storyboard, script or
    folder that ``make`` wrote; of a folder the report of its film too.

    Exit status 1 for a film with faults; for a story when the hook is late, a fact is missing or a
    negation is broken.
    """
    place: Path = options.film
    if _is_film(place):
        return _check_film(options)
    cut = place / "cut.mp4"
    facts: dict[str, Any] | None = None
    if place.is_dir():
        stored = place / "facts.json"
        facts = json.loads(stored.read_text(encoding="utf-8")) if stored.is_file() else None
        place = place / "storyboard.json"
    board = _board(place)
    others = [
        _board(other / "storyboard.json" if other.is_dir() else other) for other in options.against
    ]
    report = exports.report_json(report_on(board, others))
    if facts is not None:
        report["facts"] = facts["facts"]
        report["words_kept"] = facts["words_kept"]
    if cut.is_file():
        report["film"] = to_json(quality.examine(cut))
    lost = [
        fact for fact in (facts or {}).get("facts", []) if "missing" in fact or "broken" in fact
    ]
    if options.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        _print(report, lost)
    return 0 if report["hook_in_time"] and not lost else 1


def _print(report: dict[str, Any], lost: list[dict[str, Any]]) -> None:
    hook, turns, end = report["hook"], report["turns"], report["cliffhanger"]
    if hook:
        sys.stdout.write(f"hook {hook['second']:.1f} s  {hook['text']}\n")
    for turn in turns:
        sys.stdout.write(f"turn {turn['second']:.1f} s  {turn['text']}\n")
    if end:
        sys.stdout.write(f"cliffhanger {end['second']:.1f} s  {end['text']}\n")
    for name, share in report["speakers"].items():
        sys.stdout.write(f"speaks {share:.0%}  {name or '—'}\n")
    sys.stdout.write(f"also in another film: {report['sameness']:.0%} of the lines\n")
    for fact in lost:
        why = fact.get("missing") or fact.get("broken")
        sys.stdout.write(f"lost {fact['kind']}: {fact['text']} ({why})\n")


def _board(path: Path) -> Storyboard:
    """The storyboard in a file, or the one that its outline or script gives."""
    source = source_of(f"@{path}")
    if isinstance(source, str):
        raise ValueError(f"{path}: an outline, script or storyboard as JSON is wanted")
    if isinstance(source, Storyboard):
        return source
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        settings, store = Settings(), Store(Path(folder))
        if isinstance(source, Outline):
            source = pipeline.make_script(source, settings, store)
        return pipeline.make_storyboard(source, settings, store)
