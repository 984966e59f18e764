"""How alike invented films are: lines that stand in another film too.

    python -m benchmarks.story_variety [--language zh|en] [--ideas FILE] [--show 20]

Three sets, one JSON line each: ten ideas of a few words with ten seeds each, a hundred different
ideas, and ten films of every genre. A line counts as repeated when it stands word for word in any
other film of its set, formulas aside. Lines take their reading time instead of the voice's own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from generation.story import books, drafting
from generation.voice import Utterance

FORMULAS = frozenset({"且听下回分解", "全剧终", "To be continued", "The End"})
_TEN = {
    "zh": ("一把旧伞", "江湖", "宫里的一碗汤", "加班", "同桌", "空间站",
           "小兔子", "老手艺", "守城", "算命"),
    "en": ("an old umbrella", "wuxia", "a palace", "the office", "school", "a space station",
           "a bunny", "a craft", "a siege and history", "a swindler"),
}  # fmt: skip
_WHAT = {
    "zh": ("灯笼", "断桥", "面馆", "月亮", "戏台", "信", "雪夜", "渡口", "药铺", "镜子"),
    "en": ("lantern", "bridge", "noodle shop", "moon", "stage", "letter", "snow", "ferry",
           "pharmacy", "mirror"),
}  # fmt: skip
_WHOSE = {
    "zh": ("书生的", "侠客的", "宫女的", "侦探的", "奶奶的", "老板的",
           "狐狸的", "将军的", "同学的", "机器人的"),
    "en": ("a scholar's", "an outlaw's", "a palace maid's", "a detective's", "a grandmother's",
           "a boss's", "a fox's", "a general's", "a classmate's", "a robot's"),
}  # fmt: skip


def reading_time(utterance: Utterance) -> float:
    """A stand-in for the voice that knows only how long lines are."""
    return 0.35 + len(utterance.text) * (0.23 if utterance.language == "zh" else 0.058)


def lines_of(idea: str, seed: int, genre: str | None = None) -> tuple[list[str], float]:
    """The lines of a film and the seconds from the idea to its script."""
    began = time.perf_counter()
    outline = drafting.make_outline(idea, seconds=60, seed=seed, genre=genre)
    script = drafting.write_script(outline, reading_time)
    took = time.perf_counter() - began
    return [line.text for scene in script.scenes for line in scene.lines], took


def repeated(films: Sequence[Sequence[str]]) -> list[str]:
    """The lines that stand in another film too, one entry for each time."""
    films_with = Counter(line for film in films for line in set(film))
    return [line for film in films for line in film
            if films_with[line] > 1 and line not in FORMULAS]  # fmt: skip


def _report(name: str, films: list[tuple[list[str], float]], show: int) -> None:
    lines = [film for film, _ in films]
    again = repeated(lines)
    share = len(again) / max(1, sum(map(len, lines)))
    print(json.dumps({
        "benchmark": f"invented films: lines in another film too, {name}", "value": round(share, 4),
        "bar": 0.05, "goal": 0.01, "ok": share <= 0.05, "films": len(films),
        "lines": sum(map(len, lines)), "seconds": round(median(took for _, took in films), 3),
        "worst_seconds": round(max(took for _, took in films), 3),
    }, ensure_ascii=False))  # fmt: skip
    for line, count in Counter(again).most_common(show):
        print(f"  {count} × {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--ideas", type=Path, help="ideas, one a line, instead of the hundred")
    parser.add_argument("--show", type=int, default=0, help="how many repeated lines are shown")
    options = parser.parse_args()
    language: str = options.language
    lines_of(_TEN[language][0], 0)  # loads dictionaries and books before the clock starts
    ten = [lines_of(idea, seed) for idea in _TEN[language] for seed in range(10)]
    _report("ten ideas, ten seeds", ten, options.show)
    ideas: Iterable[str] = (
        [line for line in options.ideas.read_text("utf-8").splitlines() if line.strip()]
        if options.ideas
        else [f"{whose} {what}" if language == "en" else f"{whose}{what}"
              for whose, what in itertools.product(_WHOSE[language], _WHAT[language])]
    )  # fmt: skip
    _report("different ideas", [lines_of(idea, 7) for idea in ideas], options.show)
    for genre in books.GENRES:
        films = [lines_of(_TEN[language][0], seed, genre) for seed in range(10)]
        _report(genre, films, options.show)


if __name__ == "__main__":
    main()
