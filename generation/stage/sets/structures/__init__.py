"""What is built: the ground itself, roofs, pavilions, walls, railings, graves, lanterns.

Places and sizes are in stage units, x to the right and y down. ``half`` is half of a width;
``sheet`` names the sheet of the easel that a canvas belongs to, for its lamps.
"""

from generation.stage.sets.structures.buildings import grave, pavilion, wall
from generation.stage.sets.structures.ground import LEFT, RIGHT, ground, paving, planks
from generation.stage.sets.structures.parts import beam, lantern, lattice, pillar, railing, roof

__all__ = [
    "LEFT",
    "RIGHT",
    "beam",
    "grave",
    "ground",
    "lantern",
    "lattice",
    "pavilion",
    "paving",
    "pillar",
    "planks",
    "railing",
    "roof",
    "wall",
]
