"""``python -m huaben.media.film``: one task in a sandboxed child, ``examine`` or ``package``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av

from huaben.core.sandbox.child import Progress, serve

from . import examine, package


def _examine(request: dict[str, Any], tell: Progress) -> dict[str, Any]:
    return examine.examine(Path(request["source"]), examine.FilmLimits(**request["film"])).to_json()


def _package(request: dict[str, Any], tell: Progress) -> dict[str, Any]:
    source, limits = Path(request["source"]), examine.FilmLimits(**request["film"])
    cache = Path(request["cache"])
    return package.package(
        source, Path(request["folder"]), request["metadata"], limits, tell, cache=cache
    ).to_json()


if __name__ == "__main__":
    av.logging.set_level(av.logging.PANIC)
    serve({"examine": _examine, "package": _package})
