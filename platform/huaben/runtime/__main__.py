"""``python -m huaben.runtime``: all of Huaben until Ctrl-C."""

import argparse
import os
from pathlib import Path

from .supervisor import Supervisor


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m huaben.runtime", description=__doc__)
    parser.add_argument(
        "--var", type=Path, default=Path(os.environ.get("HUABEN_VAR", "var")), help="data folder"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-season", action="store_true", help="do not make the demo season")
    options = parser.parse_args()
    return Supervisor(
        options.var.resolve(), options.host, options.port, season=not options.no_season
    ).run()


if __name__ == "__main__":
    raise SystemExit(main())
