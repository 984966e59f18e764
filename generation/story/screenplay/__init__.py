"""Screenplays that a person brings: read line for line, filmed line for line."""

from generation.story.screenplay.filming import make_outline, write_script
from generation.story.screenplay.reading import looks_like_screenplay, read_screenplay
from generation.story.screenplay.types import Element, Note, SceneText, Screenplay
from generation.story.screenplay.writing import to_fountain

__all__ = [
    "Element",
    "Note",
    "SceneText",
    "Screenplay",
    "looks_like_screenplay",
    "make_outline",
    "read_screenplay",
    "to_fountain",
    "write_script",
]
