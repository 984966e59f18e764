"""A gallery of the stage, for those who draw for it: ``python -m generation.stage OUT_DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

from generation import storyboard as words
from generation.cli import add_typeface_options, typeface_of
from generation.stage import still
from generation.storyboard import (
    Action,
    Camera,
    Card,
    Cue,
    Mouth,
    Placement,
    Role,
    Setting,
    Shot,
    Storyboard,
)
from generation.typeface import TypefaceNotFound

HOURS: tuple[words.Hour, ...] = get_args(words.Hour)
SKIES: tuple[words.Weather, ...] = get_args(words.Weather)


def demo_shots() -> Iterator[tuple[str, Storyboard, Shot]]:
    """Give (file name, board, shot) for every place, hour, weather, figure, feeling, prop, verb and
    card.
    """
    pair = (Role("lady", "画娘", "lady", "crimson"), Role("scholar", "李生", "scholar", "indigo"))
    stand = (Placement("lady", 0.28, 1), Placement("scholar", 0.73, -1))
    base = Shot("demo", 4.0, Setting("pavilion", "dusk", "clear"), Camera("wide"), stand)
    board = Storyboard("画皮", "zh", "ink", 7, pair, (base,))
    for place in get_args(words.Location):
        for hour in HOURS:
            yield (
                f"place-{place}-{hour}",
                board,
                replace(base, setting=Setting(place, hour, "clear")),
            )
    for sky in SKIES:
        for hour in ("day", "night"):
            yield (
                f"weather-{sky}-{hour}",
                board,
                replace(base, setting=Setting("bridge", hour, sky)),
            )
    for index, figure in enumerate(get_args(words.Figure)):
        role = Role("one", "", figure, get_args(words.Robe)[index % 7])
        close = Shot(
            "demo",
            4.0,
            Setting("courtyard", HOURS[index % 4], "clear"),
            Camera("close", subject="one"),
            (Placement("one", 0.5, 1),),
        )
        yield f"figure-{figure}", replace(board, roles=(role,)), close
    for emotion in get_args(words.Emotion):
        face = replace(
            base,
            camera=Camera("extreme", subject="lady"),
            placements=(Placement("lady", 0.4, 1, emotion),),
        )
        cue = Cue("lady", "你骗了我三年，今天该还了", 0.0, 4.0, mouths=(Mouth(0.5, "open"),))
        yield f"feeling-{emotion}", board, replace(face, cues=(cue,))
    for prop in get_args(words.Prop):
        held = replace(
            base,
            camera=Camera("medium", subject="lady"),
            placements=(Placement("lady", 0.45, 1, prop=prop),),
        )
        yield f"prop-{prop}", board, held
    for verb in get_args(words.Verb):
        acting = Action("lady", verb, 0.6, 3.4, to_x=0.5 if verb in ("walk", "drift") else None)
        yield f"verb-{verb}", board, replace(base, actions=(acting,))
    title = replace(
        base, setting=Setting("mountain", "day", "mist"), placements=(), card=Card("画皮", "聊斋")
    )
    yield "card-title", board, title
    ending = replace(
        base,
        setting=Setting("lakeside", "night", "clear"),
        card=Card("且听下回分解", "话本", kind="ending"),
    )
    yield "card-ending", board, ending


def main() -> int:
    """Write the gallery as JPEG files."""
    parser = argparse.ArgumentParser(prog="python -m generation.stage", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT_DIR", help="folder for the pictures")
    parser.add_argument(
        "--only",
        default="",
        metavar="PREFIX",
        help="only names that begin so, as verb- or place-gate",
    )
    parser.add_argument(
        "--width", type=int, default=360, help="pixels; pictures are 9:16 (default 360)"
    )
    add_typeface_options(parser)
    asked = parser.parse_args()
    try:
        typeface = typeface_of(asked)
    except (TypefaceNotFound, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    asked.out.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, board, shot in demo_shots():
        if name.startswith(asked.only):
            size = (asked.width, asked.width * 16 // 9)
            (asked.out / f"{name}.jpg").write_bytes(
                still(board, shot, typeface=typeface, size=size)
            )
            count += 1
    print(f"{count} pictures in {asked.out}")
    return 0 if count else 1


if __name__ == "__main__":
    raise SystemExit(main())
