"""What is built: the ground itself, roofs, pavilions, walls, railings, graves, lanterns."""

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
