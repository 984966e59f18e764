"""The thirteen places: each painter fills the four sheets of an easel."""

from __future__ import annotations

from collections.abc import Callable

from generation.stage.sets.curtain import curtain
from generation.stage.sets.easel import Easel
from generation.stage.sets.study import study
from generation.stage.sets.town import courtyard, gate, pavilion, street, temple
from generation.stage.sets.wilds import bridge, forest, graveyard, lakeside, mountain, river
from generation.storyboard import Location

PAINTERS: dict[Location, Callable[[Easel], None]] = {
    "lakeside": lakeside, "pavilion": pavilion, "courtyard": courtyard, "study": study,
    "bridge": bridge,
    "mountain": mountain, "temple": temple, "forest": forest, "street": street,
    "graveyard": graveyard, "river": river,
    "gate": gate, "curtain": curtain,
}  # fmt: skip
