"""The same patch from a language model: what it is told, the schema of its answer, the check."""

from __future__ import annotations

import json
from typing import Any, get_args

from generation.editing.film import EditedFilm
from generation.editing.types import (
    Attribute,
    CannotApply,
    Change,
    Degree,
    Part,
    Patch,
    Reading,
    Text,
    Unit,
)
from generation.providers import ProviderError, TextProvider
from generation.storyboard import (
    CameraMove,
    Emotion,
    Figure,
    Framing,
    Hour,
    Location,
    Prop,
    Robe,
    Verb,
    Weather,
)
from generation.values import from_json, to_json

# The words that a change may set, by attribute; an attribute that is not here takes a text.
VALUES: dict[str, tuple[str, ...]] = {
    "expression": get_args(Emotion), "tone": get_args(Emotion), "robe": get_args(Robe),
    "figure": get_args(Figure), "act": get_args(Verb), "prop": get_args(Prop),
    "thing": get_args(Prop), "place": get_args(Location), "hour": get_args(Hour),
    "weather": get_args(Weather), "framing": (*get_args(Framing), "closer", "farther"),
    "move": get_args(CameraMove), "speech": ("", "little", "much"), "music": ("", "little", "much"),
    "scene_deleted": ("",), "scenes_swapped": ("",), "shot_deleted": ("",), "line_deleted": ("",),
}  # fmt: skip
_NEEDS_PEOPLE = frozenset({"expression", "speech", "robe", "figure", "name", "act"})
_MAX_TEXT = {"title": 40, "name": 24}
_INSTRUCTION = """\
The data has a film (its people, scenes and shots) and an edit that its maker asks for, in their own
words. Answer with the changes that the edit asks for and nothing else: no change that was not asked
for. Use only the people, numbers and values that the data lists. Where the edit cannot be expressed
by them, or may mean several things, answer with no changes and put the words at fault in
"not_understood".
"""


def patch_schema(film: EditedFilm) -> dict[str, Any]:
    """The JSON schema (2020-12) of a model's answer about a film."""
    people = {"enum": [person.id for person in film.people]}
    text = {"type": "string", "maxLength": 160}
    scope = _object(
        unit={"enum": list(get_args(Unit))},
        numbers={"type": "array", "items": {"type": "integer"}, "maxItems": 90},
        part={"enum": list(get_args(Part))},
    )
    change = _object(
        attribute={"enum": list(get_args(Attribute))},
        scope=scope,
        people={"type": "array", "items": people, "maxItems": 8},
        degree={"enum": list(get_args(Degree))},
        value=text,
        old=text,
        to={"enum": [*people["enum"], None]},
        line={"type": "integer"},
    )
    return _object(
        changes={"type": "array", "items": change, "maxItems": 12},
        not_understood={"type": "array", "items": text, "maxItems": 12},
    )


def ask_for_patch(text: str, film: EditedFilm, provider: TextProvider) -> Reading:
    """A model's patch for an edit, checked like any other; ``not_understood`` where it has none.

    Raises ``ProviderError`` for an answer that is no patch of this film.
    """
    data = json.dumps({**_told(film), "edit": text}, ensure_ascii=False)
    answer = provider.complete(_INSTRUCTION, data, patch_schema(film))
    words = tuple(str(word) for word in answer.get("not_understood", ()))
    if words or not answer.get("changes"):
        named = "、".join(f"“{word}”" for word in words) or "这句话"
        listed = ", ".join(f"“{word}”" for word in words) or "this"
        message = Text(f"没有听懂{named}。什么也没有改。", f"I did not understand {listed}.")
        return Reading("not_understood", message=message, words=words)
    try:
        patch = from_json(Patch, {"changes": answer["changes"]})
        check_patch(patch, film)
    except ValueError as error:
        raise ProviderError(f"{provider.name}: its patch does not fit: {error}") from error
    return Reading("patch", patch)


def check_patch(patch: Patch, film: EditedFilm) -> None:
    """Hold a patch from outside against its film. Raises ``CannotApply`` (a ``ValueError``) that
    names the change at fault.
    """
    if not patch.changes:
        raise CannotApply(Text("没有要改的。", "There is no change in it."))
    ids = {person.id for person in film.people}
    for number, change in enumerate(patch.changes, 1):
        fault = _fault(change, ids)
        if fault:
            raise CannotApply(Text(f"第 {number} 项改动不对：{fault}", f"change {number}: {fault}"))


def _fault(change: Change, ids: set[str]) -> str:
    strangers = {*change.people, *([change.to] if change.to else [])} - ids
    if strangers:
        return f"people: {min(strangers)}"
    if change.attribute in _NEEDS_PEOPLE and not change.people:
        return f"{change.attribute}: people"
    if change.scope.unit != "film" and not change.scope.numbers:
        return "scope: numbers"
    if change.attribute == "scenes_swapped" and len(change.scope.numbers) != 2:
        return "scope: numbers"
    if change.attribute == "seconds":
        relative = change.degree != "set" and change.value in ("", "little", "much")
        return "" if relative or _is_number(change.value) else f"value: {change.value}"
    if change.attribute == "scene_moved":
        side, _, target = change.value.partition(" ")
        moved = change.value in ("start", "end") or (
            side in ("before", "after") and target.isdecimal()
        )
        return "" if moved and len(change.scope.numbers) == 1 else f"value: {change.value}"
    allowed = VALUES.get(change.attribute)
    if allowed is not None and change.degree != "off" and change.value not in allowed:
        return f"value: {change.value}"
    if change.attribute == "words":
        return "" if change.old else "old: ''"
    longest = _MAX_TEXT.get(change.attribute, 160)
    if allowed is None and not 0 < len(change.value.strip()) <= longest:
        return f"value: {change.value}"
    return ""


def _is_number(text: str) -> bool:
    try:
        return 0 < float(text) <= 600
    except ValueError:
        return False


def _told(film: EditedFilm) -> dict[str, Any]:
    """What a model is told: people, scenes with their lines, shots, and what can be drawn."""
    scenes = []
    script = film.script
    for number, shots in enumerate(film.scenes, 1):
        scene: dict[str, Any] = {"number": number, "shots": [shot.id for shot in shots]}
        if script is not None:
            scene |= to_json(script.scenes[number - 1].setting)
            scene["lines"] = [
                {"person": line.person, "text": line.text, "emotion": line.emotion}
                for line in script.scenes[number - 1].lines
            ]
        scenes.append(scene)
    return {
        "people": [
            {"id": person.id, "name": person.name, "figure": person.figure, "robe": person.robe}
            for person in film.people
        ],
        "scenes": scenes,
        "shots": [shot.id for shot in film.board.shots],
        "values": {name: list(values) for name, values in VALUES.items()},
    }


def _object(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
