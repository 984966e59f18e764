"""Random films: examination, labelled copy, package and player come to one length and one picture
count for every one of them.

The claim: of 2,000 films (containers, codecs, edit lists, rates, orientations, subtitles,
attachments, covers, unknown boxes, missing timestamps) none is refused, none loses a picture, and
none is played longer or shorter than it is. ``HUABEN_FILMS`` sets another number.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import av

from tests.platform.media.film_invariants import check_film
from tests.platform.media.random_films import make_random_film

FILMS = int(os.environ.get("HUABEN_FILMS", "2000"))
BAR = 0  # films that fail


def main() -> int:
    """Print one JSON line; 0 when every film holds, else 1. Failures are told on stderr."""
    av.logging.set_level(av.logging.PANIC)
    began = time.perf_counter()
    failures: list[int] = []
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as root:
        for seed in range(FILMS):
            folder = Path(root) / str(seed)
            folder.mkdir()
            try:
                film = make_random_film(seed, folder)
                kinds[f"{film.traits['container']} {film.traits['codec']}"] += 1
                check_film(film, folder)
            except Exception as error:
                failures.append(seed)
                print(f"film {seed}: {type(error).__name__}: {error}"[:1000], file=sys.stderr)
            shutil.rmtree(folder)
    line = {
        "benchmark": "films",
        "value": len(failures),
        "unit": "films that fail",
        "bar": BAR,
        "ok": len(failures) <= BAR,
        "films": FILMS,
        "kinds": len(kinds),
        "failed_seeds": failures[:20],
        "seconds": round(time.perf_counter() - began, 1),
    }
    print(json.dumps(line))
    return 0 if line["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
