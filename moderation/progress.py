"""How long work reports how far it is."""

from __future__ import annotations

from collections.abc import Callable

# Called with the share that is done, 0 to 1, and the name of the stage under way.
ProgressCallback = Callable[[float, str], None]
