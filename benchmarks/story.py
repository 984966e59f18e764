"""Whether films keep what was written, and how alike films of different ideas are.

    python -m benchmarks.story [--ideas FILE] [--seeds 3]

One JSON line per claim. The ideas are those of ``tests/generation/story/data`` unless a file with
one idea a line is given; lines take their reading time instead of the voice's own, so that the
engine alone is measured. The first film is made before the clock starts, because it loads the
dictionaries.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from generation.story import drafting
from generation.story.facts.types import Facts
from generation.story.keeping import facts_kept, words_kept
from generation.storyboard import Mouth, Storyboard
from generation.storyboarding import PictureFormat, make_storyboard
from generation.voice import SpokenUtterance, Utterance

IDEAS = Path("tests/generation/story/data")
_FORMULAS = frozenset({"且听下回分解", "全剧终", "To be continued", "The End"})


def _spoken(utterance: Utterance) -> SpokenUtterance:
    seconds = 0.35 + len(utterance.text) * (0.23 if utterance.language == "zh" else 0.058)
    return SpokenUtterance(seconds, (Mouth(0.0, "rest"),))


def film_of(text: str, seed: int) -> tuple[Facts | None, Storyboard, float]:
    """The facts of a text, its film, and the seconds from the text to the script."""
    began = time.perf_counter()
    outline = drafting.make_outline(text, seconds=60, seed=seed)
    script = drafting.write_script(outline, lambda utterance: _spoken(utterance).seconds)
    seconds = time.perf_counter() - began
    return drafting.facts_of(text), make_storyboard(script, _spoken, PictureFormat()), seconds


def ideas_of(path: Path) -> Iterator[str]:
    """The ideas of a folder of marked ideas, of one such file, or of a file with one a line."""
    if path.is_dir():
        for file in sorted(path.glob("ideas_*.toml")):
            yield from ideas_of(file)
        return
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from _entries(tomllib.loads(text))
    else:
        yield from (line.strip() for line in text.splitlines() if line.strip())


def _entries(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _entries(value)
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ideas", type=Path, default=IDEAS)
    parser.add_argument("--seeds", type=int, default=2)
    options = parser.parse_args()
    ideas = list(dict.fromkeys(ideas_of(options.ideas)))
    film_of(ideas[0], 0)
    kept: Counter[str] = Counter()
    facts_count: Counter[str] = Counter()
    shares: list[float] = []
    seconds: list[float] = []
    films: list[tuple[int, set[str]]] = []
    for number, idea in enumerate(ideas):
        for seed in range(options.seeds):
            facts, board, took = film_of(idea, seed)
            seconds.append(took)
            films.append((number, {cue.text for shot in board.shots for cue in shot.cues}))
            if facts is None:
                continue
            shares.append(words_kept(facts, board))
            for fact in facts_kept(facts, board):
                facts_count[fact.kind] += 1
                kept[fact.kind] += not fact.missing
    for kind, bar in (("person", 0.95), ("relation", 0.85), ("place", 0.9), ("thing", 0.9),
                      ("event", 0.9), ("negation", 1.0)):  # fmt: skip
        if facts_count[kind]:
            _say(f"story: {kind} kept", kept[kind] / facts_count[kind], bar, of=facts_count[kind])
    _say("story: words heard or read", sum(shares) / len(shares), 0.8, lowest=round(min(shares), 3))
    _say("story: lines that stand in a film of another idea", _repeated(films), 0.05, most=True,
         films=len(films))  # fmt: skip
    _say("story: idea to script", median(seconds), 0.5, most=True, worst=round(max(seconds), 3))


def _repeated(films: list[tuple[int, set[str]]]) -> float:
    where: dict[str, set[int]] = {}
    for idea, lines in films:
        for line in lines:
            where.setdefault(line, set()).add(idea)
    every = [line for _, lines in films for line in lines if line not in _FORMULAS]
    return sum(len(where[line]) > 1 for line in every) / max(1, len(every))


def _say(name: str, value: float, bar: float, *, most: bool = False, **more: object) -> None:
    ok = value <= bar if most else value >= bar
    print(json.dumps({"benchmark": name, "value": round(value, 3), "bar": bar, "ok": ok, **more}))


if __name__ == "__main__":
    main()
