"""``python -m models list|fetch|check|remove``. Exit status: 0 as asked, 1 not, 2 a wrong call."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from models.folder import check, find, remove
from models.packs import Pack, packs
from models.registries import FetchError, fetch

VARIABLE = "HUABEN_MODELS"


def default_folder() -> Path:
    """The folder that ``HUABEN_MODELS`` names, else ``var/models``."""
    return Path(os.environ.get(VARIABLE) or "var/models")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    options = _parser().parse_args(arguments)
    wanted = [packs()[name] for name in options.names]
    return int(options.run(options.folder, wanted, options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models", description="The trained models that the engines can use."
    )
    parser.add_argument("--folder", type=Path, default=default_folder(), metavar="DIR",
                        help=f"default ${VARIABLE}, else var/models")  # fmt: skip
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, help_, count in (
        ("list", _list, "what there is, and what is here", "*"),
        ("fetch", _fetch, "bring packs here from their registries", "+"),
        ("check", _check, "read every byte of the packs that are here", "*"),
        ("remove", _remove, "take packs away", "+"),
    ):
        command = commands.add_parser(name, help=help_)
        command.add_argument("names", nargs=count, choices=[*packs(), []] if count == "*"
                             else list(packs()), metavar="PACK")  # fmt: skip
        command.set_defaults(run=run, optional=False, json=False)
        if name == "fetch":
            command.add_argument("--optional", action="store_true",
                                 help="status 0 also when a pack cannot be fetched")  # fmt: skip
        if name == "list":
            command.add_argument("--json", action="store_true")
    return parser


def _list(folder: Path, wanted: list[Pack], options: argparse.Namespace) -> int:
    rows = [
        {
            "name": pack.name,
            "here": find(folder, pack.name) is not None,
            "bytes": pack.size,
            "licence": pack.licence,
            "origin": pack.origin,
            "digest": pack.digest,
            "title": {"zh": pack.title[0], "en": pack.title[1]},
        }
        for pack in wanted or packs().values()
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for pack in wanted or packs().values():
        here = "已有 here" if find(folder, pack.name) else "没有 not here"
        print(f"{pack.name}  {here}  {pack.size / 1e6:.0f} MB  {pack.licence}")
        print(f"    {pack.title[0]} · {pack.title[1]}\n    {pack.origin}")
    return 0


def _fetch(folder: Path, wanted: list[Pack], options: argparse.Namespace) -> int:
    status = 0
    for pack in wanted:
        if find(folder, pack.name):
            continue
        print(f"fetching {pack.title[1]}, {pack.size / 1e6:.0f} MB …", flush=True)
        try:
            fetch(folder, pack.name)
        except FetchError as error:
            print(f"{error.zh}\n{error.en}", file=sys.stderr)
            if pack.name == "voice":
                print(
                    "在此之前，影片使用共振峰合成语音。\nUntil then films speak with the formant "
                    "voice.",
                    file=sys.stderr,
                )
            status = 0 if options.optional else 1
    return status


def _check(folder: Path, wanted: list[Pack], options: argparse.Namespace) -> int:
    status = 0
    for pack in wanted or [pack for pack in packs().values() if (folder / pack.name).exists()]:
        problems = check(folder, pack.name)
        print(f"{pack.name}: {'完好 sound' if not problems else '有损 damaged'}")
        for problem in problems:
            status = 1
            print(f"    {problem.file}: {problem.what}")
    return status


def _remove(folder: Path, wanted: list[Pack], options: argparse.Namespace) -> int:
    for pack in wanted:
        print(f"{pack.name}: {'已删除 removed' if remove(folder, pack.name) else '没有 not here'}")
    return 0
