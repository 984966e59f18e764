"""A patch on the artefacts of a film: new artefacts, and what is otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generation.editing.differences import Difference, differences
from generation.editing.film import EditedFilm
from generation.editing.laying import merge
from generation.editing.on_board import change_board
from generation.editing.on_script import change_script, reordered, scenes_in
from generation.editing.types import CannotApply, Change, Patch, Text, nothing_changes
from generation.story.types import Outline, Script
from generation.story.validation import ensure_valid
from generation.storyboard import Storyboard

LayOut = Callable[[Script], Storyboard]

_OF_THE_SCRIPT = frozenset({"tone", "speech", "robe", "figure", "name", "title", "line",
                            "line_added", "line_deleted", "words", "scene_deleted",
                            "scenes_swapped", "scene_moved", "shot_deleted"})  # fmt: skip
_OF_THE_SURROUNDINGS = frozenset({"place", "hour", "weather"})


@dataclass(frozen=True)
class Edited:
    """A film after a patch, and each thing that is otherwise than before."""

    film: EditedFilm
    differences: tuple[Difference, ...]


def apply_patch(film: EditedFilm, patch: Patch, lay_out: LayOut) -> Edited:
    """The film with the patch's changes, made in order; ``film`` stays as it is.

    ``lay_out`` gives the storyboard of a script (the same each time). What was set on the shots by
    earlier changes is kept. Raises ``CannotApply`` for a change that does not fit or changes
    nothing; then none is made.
    """
    edited = film
    for change in patch.changes:
        edited = _apply(edited, change, lay_out)
    found = differences(film, edited)
    if not found:
        raise nothing_changes()
    return Edited(edited, found)


def _apply(film: EditedFilm, change: Change, lay_out: LayOut) -> EditedFilm:
    unknown = {*change.people, *([change.to] if change.to else [])} - {
        person.id for person in film.people
    }
    if unknown:
        who = min(unknown)
        raise CannotApply(Text(f"没有人物 {who}。", f"There is nobody of the id {who}."))
    try:
        if not _is_of_the_script(film, change):
            return replace(film, board=change_board(film, change))
        script = change_script(film, change)
        ensure_valid(script)
    except CannotApply:
        raise
    except (KeyError, ValueError) as error:
        raise CannotApply(Text(f"不能这样改：{error}", f"It cannot be so: {error}")) from error
    assert film.script is not None
    board = merge(lay_out(film.script), film.board, lay_out(script))
    outline = _outline(film, script, change) if film.outline is not None else None
    return EditedFilm(board, script, outline)


def _is_of_the_script(film: EditedFilm, change: Change) -> bool:
    if change.attribute in _OF_THE_SCRIPT:
        return True
    if change.attribute in _OF_THE_SURROUNDINGS:
        return film.script is not None and change.scope.unit != "shot"
    if change.attribute == "thing":
        return film.script is not None and change.scope.unit == "film"
    return False


def _outline(film: EditedFilm, script: Script, change: Change) -> Outline | None:
    """The outline with the cast, the title and, where it has a beat for each scene, the scenes of
    the script. Words stay as they were planned.
    """
    outline, before = film.outline, film.script
    assert outline is not None and before is not None
    made = replace(outline, title=script.title, people=script.people)
    operators = [scene.operator for scene in before.scenes]
    if [beat.operator for beat in outline.beats] != operators:
        return made
    beats = list(outline.beats)
    if change.attribute == "scene_deleted":
        gone = set(scenes_in(film, change.scope))
        beats = [beat for at, beat in enumerate(beats) if at not in gone]
    elif change.attribute in ("scenes_swapped", "scene_moved"):
        order = reordered(before.scenes, film, change)
        places = {id(scene): at for at, scene in enumerate(before.scenes)}
        beats = [beats[places[id(scene)]] for scene in order]
    beats = [
        replace(beat, setting=scene.setting, board=scene.board)
        for beat, scene in zip(beats, script.scenes, strict=True)
    ]
    return replace(made, beats=tuple(beats))
