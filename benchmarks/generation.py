"""How long an episode takes to make: wall time over its length, from an empty store.

    .venv/bin/python -m benchmarks.generation [--seconds 60] [--workers 2]

One JSON line; ``processor_s`` is CPU time over all processes, which a busy machine disturbs less
than the wall. The merged typeface is made before the clock starts: it is made once in the life of
``var/``.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from generation.pipeline import Settings, make_episode
from generation.store import Store
from generation.typeface import SYSTEM_FOLDERS, find_typeface

IDEA = "书生在断桥遇见女鬼，她要他还一把伞"
BAR, GOAL = 1.0, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--var", type=Path, default=Path("var"))
    options = parser.parse_args()
    folders = (*SYSTEM_FOLDERS, Path("frontend/node_modules"))
    typeface = find_typeface(folders, options.var / "face")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            seconds=options.seconds, seed=7, workers=options.workers, typeface=typeface
        )
        began = time.perf_counter()
        episode = make_episode(IDEA, settings, Store(Path(folder)))
        wall = time.perf_counter() - began
        processor = sum(
            use.ru_utime + use.ru_stime
            for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        )
        began = time.perf_counter()
        make_episode(IDEA, settings, Store(Path(folder)))
        again = time.perf_counter() - began
    length = episode.storyboard.duration
    print(
        json.dumps(
            {
                "benchmark": "generation",
                "value": round(wall, 2),
                "unit": "s",
                "baseline": round(length, 2),
                "ratio": round(wall / length, 3),
                "bar": BAR,
                "goal": GOAL,
                "ok": wall / length <= BAR,
                "processor_s": round(processor, 2),
                "picture": "720x1280x24",
                "workers": options.workers,
                "step_seconds": episode.timings,
                "nothing_changed_again_s": round(again, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
