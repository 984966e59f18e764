"""Sets: places painted once per setting into a few images that slide over each other."""

from generation.stage.sets.bake import Baked, Layer, bake
from generation.stage.sets.easel import Lamp

__all__ = ["Baked", "Lamp", "Layer", "bake"]
