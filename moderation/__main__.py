"""``python -m moderation``: check, label, verify, train, evaluate.

Exit status: 0 it is as it should be, 1 it is not, 2 wrong usage or a file that cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from moderation.commands import (
    CommandError,
    check,
    evaluate_model,
    label_file,
    train_model,
    verify_file,
)
from moderation.progress import ProgressCallback


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    status: int
    try:
        with _ProgressBar(options.command) as progress:
            result, summary, status = options.run(options, progress)
    except CommandError as error:
        print(f"moderation: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    if options.json:
        print(json.dumps(result, ensure_ascii=False, default=str, allow_nan=False))
    else:
        print(summary)
    return status


Command = Callable[[argparse.Namespace, ProgressCallback], tuple[dict[str, Any], str, int]]


_Add: TypeAlias = Callable[[str, str, Command], argparse.ArgumentParser]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m moderation", description="A work in, findings and labels out."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)
        return command

    _add_film_commands(add)
    _add_classifier_commands(add)
    return parser


def _add_film_commands(add: _Add) -> None:
    command = add(
        "check", "Moderate a film, a text, or both. Exit 0 for pass, 1 for review or block.", check
    )
    command.add_argument("file", type=Path, nargs="?", help="MP4, MOV, MKV, WebM, WAV or MP3")
    command.add_argument("--text", help="words to judge")
    command.add_argument(
        "--as",
        dest="part",
        choices=("title", "synopsis", "comment", "dialogue"),
        default="comment",
        help="where the words stand (default: comment)",
    )
    command.add_argument(
        "--declared", action="store_true", help="the uploader says that the film is AI-made"
    )
    command.add_argument(
        "--model", type=Path, help="model folder instead of the shipped classifier"
    )
    command.add_argument("--policy", type=Path, help="policy file instead of the shipped one")
    command.add_argument("--max-seconds", type=float, help="refuse longer films")

    command = add("label", "Copy a film with its AIGC label, without re-encoding.", label_file)
    command.add_argument("source", type=Path)
    command.add_argument("target", type=Path)
    command.add_argument(
        "--producer", help="27-character provider code; without one, the test operator's"
    )
    command.add_argument("--id", required=True, help="the producer's number for this content")

    command = add("verify", "Is a film labelled lawfully? Exit 0 yes, 1 no.", verify_file)
    command.add_argument("file", type=Path)
    command.add_argument(
        "--require-mark", action="store_true", help="not seeing the explicit mark counts as a fault"
    )
    command.add_argument("--no-mark", action="store_true", help="do not look for the explicit mark")


def _add_classifier_commands(add: _Add) -> None:
    command = add("train", "Train a text classifier and write its model folder.", train_model)
    command.add_argument(
        "--data", type=Path, help="folder with cold_train.csv and the like; not for remarks"
    )
    command.add_argument("--out", type=Path, required=True, help="model folder to write")
    command.add_argument(
        "--kind", choices=("pair", "linear", "transformer", "remarks"), default="pair"
    )
    command.add_argument("--base", help="transformer: model folder to start from, or 'tiny'")
    command.add_argument(
        "--epochs", type=int, help="pair, transformer: how often the texts are seen"
    )
    command.add_argument("--limit", type=int, help="transformer: only so many texts")

    command = add("evaluate", "Measure a text classifier on a data folder.", evaluate_model)
    command.add_argument("--data", type=Path, required=True)
    command.add_argument(
        "--model", type=Path, help="model folder instead of the shipped classifier"
    )


class _ProgressBar:
    """A bar on a terminal, a line every 30 s elsewhere; nothing for what takes half a second."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._bar: Any = None
        self._printed_at = time.monotonic()

    def __enter__(self) -> ProgressCallback:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=100, desc=self._command, unit="%", file=sys.stderr, leave=False, delay=0.5
            )
        return self._show

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def _show(self, share: float, stage: str) -> None:
        if self._bar is not None:
            self._bar.set_description(f"{self._command}: {stage}", refresh=False)
            self._bar.update(int(share * 100) - self._bar.n)
        elif time.monotonic() - self._printed_at > 30:
            self._printed_at = time.monotonic()
            print(f"{self._command}: {stage}, {share:.0%}", file=sys.stderr)


if __name__ == "__main__":
    os.environ.setdefault(
        "HF_HUB_OFFLINE", "1"
    )  # a model comes from a folder, never from the network
    sys.exit(main())
