"""A film's story as files to take elsewhere: facts, screenplay, subtitles, how it was made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generation.parts import part_of
from generation.pipeline import StepProgress
from generation.story import screenplay
from generation.story.checking import StoryReport
from generation.story.facts.types import Facts
from generation.story.keeping import KeptFact, facts_kept, words_kept
from generation.story.types import Outline, Script
from generation.storyboard import Storyboard
from generation.values import to_json


def facts_json(facts: Facts, board: Storyboard) -> dict[str, Any]:
    """What facts.json holds: the text, each fact and the shots that keep it, what was not
    understood.
    """
    return {
        "text": facts.text,
        "language": facts.language,
        "words_kept": round(words_kept(facts, board), 3),
        "facts": [fact_json(fact) for fact in facts_kept(facts, board)],
        "not_understood": [
            {"text": facts.said(span), "start": span.start, "end": span.end}
            for span in facts.unknown
        ],
    }


def fact_json(fact: KeptFact) -> dict[str, Any]:
    """One fact; ``missing`` is there when no shot keeps it, ``broken`` for a negation that is."""
    data: dict[str, Any] = {
        "kind": fact.kind,
        "text": fact.text,
        "start": fact.start,
        "end": fact.end,
        "shots": list(fact.shots),
    }
    if fact.missing:
        data["broken" if fact.kind == "negation" else "missing"] = fact.missing
    return data


def report_json(report: StoryReport) -> dict[str, Any]:
    """A story report as plain data."""
    data = to_json(report)
    assert isinstance(data, dict)
    return data


def subtitles_vtt(board: Storyboard) -> str:
    """The spoken words as WebVTT, each with who says it."""
    names = {role.id: role.name for role in board.roles}
    blocks = ["WEBVTT"]
    start = 0.0
    for shot in board.shots:
        for cue in shot.cues:
            speaker = names.get(cue.role_id or "", "")
            text = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            said = f"<v {speaker.replace('>', '')}>{text}" if speaker else text
            blocks.append(f"{_clock(start + cue.start)} --> {_clock(start + cue.end)}\n{said}")
        start += shot.duration
    return "\n\n".join(blocks) + "\n"


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


class MakingLog:
    """What happened while a film was made, one JSON object a line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, progress: StepProgress) -> None:
        """Enter one report of progress; pictures by their file's name."""
        entry: dict[str, Any] = {
            "step": progress.step,
            "done": progress.done,
            "total": progress.total,
            "note": progress.note,
        }
        if progress.artefact is not None:
            entry["artefact"] = progress.artefact.name
        self.lines.append(json.dumps(entry, ensure_ascii=False))


def write_story(
    out: Path,
    *,
    outline: Outline | None,
    script: Script | None,
    board: Storyboard,
    facts: Facts | None,
    log: Sequence[str] = (),
) -> list[Path]:
    """Write the story's files into ``out``, each whole or not at all; returns them."""
    files: dict[str, str] = {
        "storyboard.json": _json(to_json(board)),
        "subtitles.vtt": subtitles_vtt(board),
        "making.jsonl": "".join(f"{line}\n" for line in log),
    }
    if outline is not None:
        files["outline.json"] = _json(to_json(outline))
    if script is not None:
        files["script.json"] = _json(to_json(script))
        files["script.fountain"] = screenplay.to_fountain(script)
    if facts is not None:
        files["facts.json"] = _json(facts_json(facts, board))
    written = []
    for name, text in files.items():
        part = part_of(out / name)
        part.write_text(text, encoding="utf-8")
        part.replace(out / name)
        written.append(out / name)
    return written


def copy_whole(made: Path, target: Path) -> None:
    """Put a copy of an artefact where it was asked for, in one step."""
    part = part_of(target)
    shutil.copyfile(made, part)
    part.replace(target)


def write_whole(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    part = part_of(target)
    part.write_bytes(data)
    part.replace(target)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
