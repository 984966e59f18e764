"""A maker's text told as it stands: the storyteller says its clauses, puppets act them."""

from generation.story.telling.clauses import sentences_of
from generation.story.telling.pinning import Marks, marks_in
from generation.story.telling.planning import ENGINE, make_outline, tells
from generation.story.telling.seasons import plan_season
from generation.story.telling.writing import write_script

__all__ = [
    "ENGINE",
    "Marks",
    "make_outline",
    "marks_in",
    "plan_season",
    "sentences_of",
    "tells",
    "write_script",
]
