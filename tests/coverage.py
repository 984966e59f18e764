"""Prints the coverage of each package from slipcover's JSON: lines and branches reached, of all."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

PACKAGES = {
    "recsys": "recsys/",
    "moderation": "moderation/",
    "generation": "generation/",
    "models": "models/",
    "platform": "platform/huaben/",
}


def main() -> None:
    files = json.loads(Path(sys.argv[1]).read_text())["files"]
    for package, prefix in PACKAGES.items():
        counted: Counter[str] = Counter()
        for name, file in files.items():
            if name.startswith(prefix):
                counted.update(
                    {key: value for key, value in file["summary"].items() if "percent" not in key}
                )
        reached = counted["covered_lines"] + counted["covered_branches"]
        total = reached + counted["missing_lines"] + counted["missing_branches"]
        share = 100 * reached / max(1, total)
        sys.stdout.write(f"coverage of {package}, branches included: {share:.1f} %\n")


if __name__ == "__main__":
    main()
