"""Changes of the script: words, people, scenes, and what the scenes stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from generation import timing
from generation.editing.film import EditedFilm, lines_of
from generation.editing.types import CannotApply, Change, Scope, Text
from generation.editing.words import spoken_value
from generation.story.types import Person, Scene, Script, ScriptLine
from generation.storyboard import Setting
from generation.storyboarding.acted import is_acted
from generation.values import from_json, to_json

_SPEED_STEPS = {"little": 0.93, "": 0.87, "much": 0.75}
_MIN_SPEED, _MAX_SPEED = 0.6, 1.6


def change_script(film: EditedFilm, change: Change) -> Script:
    """The script with one change. Raises ``CannotApply`` where it does not fit."""
    script = film.script
    if script is None:
        raise CannotApply(
            Text(
                "这部片子只有分镜，没有剧本，改不了台词、人物和场次。",
                "This film has only shots and no script: lines, people and scenes cannot change.",
            )
        )
    made = _CHANGES[change.attribute](film, script, change)
    if is_acted(script) and not is_acted(made):
        # The way of staging follows from marks on the lines: one of them stays.
        made = _mark(made)
    if not any(scene.lines for scene in made.scenes):
        raise CannotApply(Text("这样就一句话也没有了。", "Then not a line would be left."))
    return made


def scenes_in(film: EditedFilm, scope: Scope) -> list[int]:
    """The scenes of a scope, from 0; for shots the scenes that they play."""
    count = len(film.scenes)
    if scope.unit == "scene":
        found = [number - 1 if number > 0 else count + number for number in scope.numbers]
        if any(not 0 <= number < count for number in found):
            raise CannotApply(Text(f"一共只有 {count} 场。", f"There are only {count} scenes."))
        return found
    if scope.unit == "shot":
        raise CannotApply(
            Text("这一项按场改，不按镜头。", "This is changed by scene, not by shot.")
        )
    everything = list(range(count))
    if scope.part == "all":
        return everything
    return everything[:1] if scope.part == "start" else everything[-1:]


def _mark(script: Script) -> Script:
    scenes = list(script.scenes)
    at = next(number for number, scene in enumerate(scenes) if scene.lines)
    first = scenes[at].lines[0]
    scenes[at] = replace(
        scenes[at], lines=(replace(first, end=len(first.text)), *scenes[at].lines[1:])
    )
    return replace(script, scenes=tuple(scenes))


def _people(film: EditedFilm, script: Script, change: Change) -> Script:
    """Robe, figure or speed of some people."""

    def changed(person: Person) -> Person:
        if change.attribute == "speech":
            step = _SPEED_STEPS[change.value]
            speed = person.speed / step if change.degree == "more" else person.speed * step
            return replace(person, speed=round(min(_MAX_SPEED, max(_MIN_SPEED, speed)), 3))
        data = to_json(person) | {change.attribute: change.value}
        return from_json(Person, data)

    people = tuple(
        changed(person) if person.id in change.people else person for person in script.people
    )
    return replace(script, people=people)


def _name(film: EditedFilm, script: Script, change: Change) -> Script:
    """Another name, in the cast and wherever a line says it."""
    if any(person.name == change.value for person in script.people):
        raise CannotApply(
            Text(f"已经有人叫“{change.value}”了。", f"Somebody is called “{change.value}” already.")
        )
    old = film.name_of(change.people[0])
    people = tuple(
        replace(person, name=change.value) if person.id == change.people[0] else person
        for person in script.people
    )
    renamed = replace(script, people=people)
    return _replace_words(renamed, old, change.value)


def _title(film: EditedFilm, script: Script, change: Change) -> Script:
    return replace(script, title=change.value)


def _setting(film: EditedFilm, script: Script, change: Change) -> Script:
    wanted = "clear" if change.degree == "off" else change.value
    replaced = change.value if change.degree == "off" else change.old
    scenes = list(script.scenes)
    hit = False
    for number in scenes_in(film, change.scope):
        scene = scenes[number]
        if replaced and getattr(scene.setting, change.attribute) != replaced:
            continue
        hit = True
        setting = from_json(Setting, to_json(scene.setting) | {change.attribute: wanted})
        board = "" if change.attribute == "place" else scene.board
        scenes[number] = replace(scene, setting=setting, board=board)
    if not hit:
        zh, en = spoken_value(change.attribute, replaced)
        raise CannotApply(Text(f"那里本来就没有“{zh}”。", f"There is no {en} there to begin with."))
    return replace(script, scenes=tuple(scenes))


def _tone(film: EditedFilm, script: Script, change: Change) -> Script:
    """The feeling in which lines are said."""
    chosen = _chosen_lines(film, script, change)
    value = "calm" if change.degree == "less" else change.value
    return _with_lines(
        script,
        lambda at, line: (
            from_json(ScriptLine, to_json(line) | {"emotion": value}) if at in chosen else line
        ),
    )


def _line(film: EditedFilm, script: Script, change: Change) -> Script:
    chosen = _chosen_lines(film, script, change)
    return _with_lines(script, lambda at, line: _said(line, change.value) if at in chosen else line)


def _line_deleted(film: EditedFilm, script: Script, change: Change) -> Script:
    chosen = _chosen_lines(film, script, change)
    return _with_lines(script, lambda at, line: None if at in chosen else line)


def _line_added(film: EditedFilm, script: Script, change: Change) -> Script:
    number = scenes_in(film, change.scope)[-1 if change.scope.part != "start" else 0]
    scene = script.scenes[number]
    line = ScriptLine(change.people[0] if change.people else None, change.value)
    lines = (line, *scene.lines) if change.scope.part == "start" else (*scene.lines, line)
    scenes = list(script.scenes)
    scenes[number] = replace(scene, lines=lines)
    return replace(script, scenes=tuple(scenes))


def _words(film: EditedFilm, script: Script, change: Change) -> Script:
    inside = set(scenes_in(film, change.scope))
    made = _with_lines(
        script,
        lambda at, line: (
            _said(line, swap_words(line.text, change.old, change.value))
            if at[0] in inside
            else line
        ),
    )
    if made == script:
        raise CannotApply(Text(f"那里没有“{change.old}”。", f"“{change.old}” is not said there."))
    return made


def _thing(film: EditedFilm, script: Script, change: Change) -> Script:
    """One thing for another, in the hands and in the words."""
    name = spoken_value("prop", change.value)[0 if script.language == "zh" else 1]
    old_names = [script.prop_name] if script.prop == change.old else []
    old_names += [thing.name for thing in script.things if thing.prop == change.old]
    if not old_names:
        old_names = [spoken_value("prop", change.old)[0 if script.language == "zh" else 1]]
    data = to_json(script)
    if script.prop == change.old:
        data |= {"prop": change.value, "prop_name": name}
    data["things"] = [
        {"name": name, "prop": change.value} if thing["prop"] == change.old else thing
        for thing in data["things"]
    ]
    made = from_json(Script, data)
    for old in filter(None, dict.fromkeys(old_names)):
        made = _replace_words(made, old, name)
    if made == script:
        zh, en = spoken_value("prop", change.old)
        raise CannotApply(Text(f"片子里没有{zh}。", f"There is no {en} in the film."))
    return made


def _scene_deleted(film: EditedFilm, script: Script, change: Change) -> Script:
    gone = set(scenes_in(film, change.scope))
    kept = tuple(scene for at, scene in enumerate(script.scenes) if at not in gone)
    return replace(script, scenes=kept)


def _scenes_swapped(film: EditedFilm, script: Script, change: Change) -> Script:
    return replace(script, scenes=tuple(reordered(script.scenes, film, change)))


def reordered(items: Iterable[Scene], film: EditedFilm, change: Change) -> list[Scene]:
    """Scenes in the order that a swap or a move asks for."""
    order = list(items)
    if change.attribute == "scenes_swapped":
        first, second = scenes_in(film, change.scope)
        order[first], order[second] = order[second], order[first]
        return order
    (number,) = scenes_in(film, change.scope)
    moved = order[number]
    side, _, target = change.value.partition(" ")
    if side in ("start", "end"):
        rest = [scene for scene in order if scene is not moved]
        return [moved, *rest] if side == "start" else [*rest, moved]
    goal = order[scenes_in(film, Scope("scene", (int(target),)))[0]]
    if goal is moved:
        return order
    rest = [scene for scene in order if scene is not moved]
    at = next(place for place, scene in enumerate(rest) if scene is goal)
    rest.insert(at + (side == "after"), moved)
    return rest


def _shot_deleted(film: EditedFilm, script: Script, change: Change) -> Script:
    """A shot goes with what is said in it: those words leave the script."""
    count = len(film.board.shots)
    gone = {number - 1 if number > 0 else count + number for number in change.scope.numbers}
    if any(not 0 <= at < count for at in gone):
        raise CannotApply(Text(f"一共只有 {count} 个镜头。", f"There are only {count} shots."))
    if any(film.board.shots[at].card is not None for at in gone):
        raise CannotApply(
            Text("片名和尾板不能删。", "The title and the end card cannot be deleted.")
        )
    drop: set[int] = set()
    silent: set[int] = set()
    piece = breath = 0
    breathing = [at for at, scene in enumerate(script.scenes) if scene.breath > 0]
    for at, shot in enumerate(film.board.shots):
        if shot.card is not None:
            continue
        if shot.cues:
            drop |= set(range(piece, piece + len(shot.cues))) if at in gone else set()
            piece += len(shot.cues)
        elif breath < len(breathing):
            silent |= {breathing[breath]} if at in gone else set()
            breath += 1
    scenes = tuple(
        replace(scene, breath=0.0) if at in silent else scene
        for at, scene in enumerate(script.scenes)
    )
    counter = iter(range(10**6))

    def without(_: tuple[int, int], line: ScriptLine) -> ScriptLine | None:
        pieces = timing.split_line(line.text, script.language)
        kept = [text for text in pieces if next(counter) not in drop]
        if len(kept) == len(pieces):
            return line
        joined = ("" if script.language == "zh" else " ").join(kept)
        return _said(line, joined) if joined else None

    return _with_lines(replace(script, scenes=scenes), without)


def _chosen_lines(film: EditedFilm, script: Script, change: Change) -> set[tuple[int, int]]:
    listed = lines_of(script, scenes_in(film, change.scope), change.people)
    places = [(scene, at) for scene, at, _ in listed]
    if not places:
        names = "、".join(film.name_of(person) for person in change.people)
        raise CannotApply(
            Text(f"{names or '旁白'}在那里没有台词。", f"{names or 'Nobody'} has no line there.")
        )
    if change.line == 0:
        return set(places)
    at = change.line - 1 if change.line > 0 else len(places) + change.line
    if not 0 <= at < len(places):
        raise CannotApply(
            Text(f"那里只有 {len(places)} 句。", f"There are only {len(places)} lines there.")
        )
    return {places[at]}


def _with_lines(
    script: Script, change: Callable[[tuple[int, int], ScriptLine], ScriptLine | None]
) -> Script:
    scenes = []
    for number, scene in enumerate(script.scenes):
        changed = [change((number, at), line) for at, line in enumerate(scene.lines)]
        scenes.append(replace(scene, lines=tuple(line for line in changed if line is not None)))
    return replace(script, scenes=tuple(scenes))


def _replace_words(script: Script, old: str, new: str) -> Script:
    return _with_lines(script, lambda _, line: _said(line, swap_words(line.text, old, new)))


def _said(line: ScriptLine, text: str) -> ScriptLine:
    """The line with another text, which is no longer the maker's words at a place of theirs."""
    return line if text == line.text else replace(line, text=text, start=0, end=0)


def swap_words(text: str, old: str, new: str) -> str:
    """Every ``old`` of a text as ``new``; English ones only as whole words."""
    parts: list[str] = []
    at = 0
    while (found := text.find(old, at)) >= 0:
        end = found + len(old)
        inside = old.isascii() and (
            (found > 0 and _is_letter(text[found - 1])) or _is_letter(text[end : end + 1])
        )
        parts += [text[at:found], old if inside else new]
        at = end
    return "".join([*parts, text[at:]])


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


_CHANGES: dict[str, Callable[[EditedFilm, Script, Change], Script]] = {
    "robe": _people, "figure": _people, "speech": _people, "name": _name, "title": _title,
    "place": _setting, "hour": _setting, "weather": _setting, "tone": _tone, "line": _line,
    "line_added": _line_added, "line_deleted": _line_deleted, "words": _words, "thing": _thing,
    "scene_deleted": _scene_deleted, "scenes_swapped": _scenes_swapped,
    "scene_moved": _scenes_swapped, "shot_deleted": _shot_deleted,
}  # fmt: skip
