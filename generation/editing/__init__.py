"""Edits of a finished film: words of a person to a patch, a patch to new artefacts and a diff."""

from __future__ import annotations

from generation.editing.film import EditedFilm
from generation.editing.grammar import read_edit
from generation.editing.types import CannotApply, Change, Patch, Reading, Scope, Text

__all__ = ["CannotApply", "Change", "EditedFilm", "Patch", "Reading", "Scope", "Text", "read_edit"]
