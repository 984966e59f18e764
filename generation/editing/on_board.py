"""Changes of shots: faces, acts, what is held, the camera, lengths, the music."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generation.editing import lengths
from generation.editing.film import EditedFilm
from generation.editing.types import CannotApply, Change, Scope, Text, nothing_changes
from generation.editing.words import spoken_value
from generation.story.types import PersonId
from generation.storyboard import Action, Camera, Placement, Setting, Shot, Storyboard
from generation.storyboarding.acted import MAX_PRESENT
from generation.values import from_json, to_json

_FRAMINGS = ("wide", "medium", "close", "extreme")
# What a feeling looks like when the face alone is not enough.
_GESTURES = {"sorrow": "weep", "anger": "point", "fear": "recoil", "surprise": "recoil",
             "joy": "reach", "love": "reach", "resolve": "stand", "calm": "stand"}  # fmt: skip
_MIN_ACT_SECONDS = 1.2
_COMING = frozenset({"enter", "drift"})
_FREE_SPOTS = (0.24, 0.74, 0.5, 0.13, 0.87)
_MUSIC = {"little": 0.7, "": 0.5, "much": 0.25}
MAX_MUSIC = 2.0


def change_board(film: EditedFilm, change: Change) -> Storyboard:
    """The board with one change. Raises ``CannotApply`` where it does not fit."""
    if change.attribute == "music":
        return _music(film.board, change)
    made = _CHANGES[change.attribute](film, change)
    shots = tuple(made.get(at, shot) for at, shot in enumerate(film.board.shots))
    if shots == film.board.shots:
        raise nothing_changes()
    return replace(film.board, shots=shots)


def shots_in(film: EditedFilm, scope: Scope) -> list[int]:
    """The shots of a scope, from 0, without cards unless they are named."""
    shots = film.board.shots
    if scope.unit == "shot":
        found = [number - 1 if number > 0 else len(shots) + number for number in scope.numbers]
        if any(not 0 <= at < len(shots) for at in found):
            raise CannotApply(
                Text(f"一共只有 {len(shots)} 个镜头。", f"There are only {len(shots)} shots.")
            )
        return found
    ids = {shot.id for shot in shots if shot.card is None}
    if scope.unit == "scene":
        scenes = film.scenes
        ids = set()
        for number in scope.numbers:
            at = number - 1 if number > 0 else len(scenes) + number
            if not 0 <= at < len(scenes):
                raise CannotApply(
                    Text(f"一共只有 {len(scenes)} 场。", f"There are only {len(scenes)} scenes.")
                )
            ids |= {shot.id for shot in scenes[at]}
    return [at for at, shot in enumerate(shots) if shot.id in ids]


def _part(found: Sequence[int], scope: Scope) -> list[int]:
    if scope.part == "all" or not found:
        return list(found)
    return [found[0] if scope.part == "start" else found[-1]]


def _with_people(film: EditedFilm, change: Change) -> list[int]:
    """The shots of the scope in which somebody meant is seen."""
    wanted = set(change.people)
    seen = [
        at for at in shots_in(film, change.scope)
        if wanted & {placement.role_id for placement in film.board.shots[at].placements}
    ]  # fmt: skip
    if not seen:
        names = [film.name_of(person) for person in change.people]
        raise CannotApply(
            Text(f"{'、'.join(names)}不在那里。", f"{', '.join(names)} cannot be seen there.")
        )
    return _part(seen, change.scope)


def _expression(film: EditedFilm, change: Change) -> dict[int, Shot]:
    made = {}
    for at in _with_people(film, change):
        shot = film.board.shots[at]
        for person in change.people:
            if any(placement.role_id == person for placement in shot.placements):
                shot = _face(shot, person, change)
        made[at] = shot
    return made


def _face(shot: Shot, person: PersonId, change: Change) -> Shot:
    """A person's face through a shot. Where it had that feeling already, or much is asked, a
    gesture says it too.
    """
    before = next(placement for placement in shot.placements if placement.role_id == person)
    feelings = {before.emotion, *(action.emotion for action in shot.actions
                                  if action.role_id == person and action.emotion)}  # fmt: skip
    if change.degree == "less":
        if change.value not in feelings:
            return shot
        return _feeling(shot, person, "calm", change.value)
    had = feelings == {change.value}
    felt = _feeling(shot, person, change.value, "")
    busy = any(action.role_id == person and action.verb != "stand" for action in shot.actions)
    if change.degree == "much" or (had and change.degree in ("little", "more")):
        gesture = _GESTURES[change.value]
        if not busy and gesture != "stand":
            start = max(0.0, min(shot.duration * 0.3, shot.duration - _MIN_ACT_SECONDS))
            action = _action(person, gesture, start, shot.duration, emotion=change.value)
            return replace(felt, actions=(*felt.actions, action))
    return felt


def _feeling(shot: Shot, person: PersonId, emotion: str, only: str) -> Shot:
    """The shot with a person's feelings, or ``only`` one of them, as ``emotion``."""

    def is_meant(role: PersonId, felt: str | None) -> bool:
        return role == person and felt is not None and (not only or felt == only)

    return replace(
        shot,
        placements=tuple(
            _placement(placement, emotion=emotion)
            if is_meant(placement.role_id, placement.emotion)
            else placement
            for placement in shot.placements
        ),
        actions=tuple(
            from_json(Action, to_json(action) | {"emotion": emotion})
            if is_meant(action.role_id, action.emotion)
            else action
            for action in shot.actions
        ),
    )


def _act(film: EditedFilm, change: Change) -> dict[int, Shot]:
    if change.degree == "off":
        return _acts_off(film, change)
    wanted = {*change.people, *([change.to] if change.to else [])}
    found = [at for at in shots_in(film, change.scope) if film.board.shots[at].card is None]
    if not found:
        raise CannotApply(Text("那里没有人物的画面。", "Nobody can be shown there."))
    if change.scope.part == "end":
        found.reverse()

    def absent(at: int) -> int:
        shown = {placement.role_id for placement in film.board.shots[at].placements}
        return len(wanted - shown)

    at = found[0] if change.scope.part != "all" else min(found, key=absent)
    shot = film.board.shots[at]
    for person in [*change.people, *([change.to] if change.to else [])]:
        shot = _present(film, shot, person)
    for person in change.people:
        shot = _acting(shot, person, change.value)
        if change.to:
            shot = _facing(shot, person, change.to)
    return {at: _seen_whole(shot, change.people)}


def _acts_off(film: EditedFilm, change: Change) -> dict[int, Shot]:
    made = {}
    for at in _with_people(film, change):
        shot = film.board.shots[at]
        kept = tuple(
            action
            for action in shot.actions
            if action.role_id not in change.people or action.verb != change.value
        )
        made[at] = replace(shot, actions=kept)
    return made


def _present(film: EditedFilm, shot: Shot, person: PersonId) -> Shot:
    """The shot with a person in it."""
    if any(placement.role_id == person for placement in shot.placements):
        return shot
    if len(shot.placements) >= MAX_PRESENT:
        name = film.name_of(person)
        raise CannotApply(
            Text(f"那个镜头里站不下{name}了。", f"There is no room for {name} in that shot.")
        )
    taken = [placement.x for placement in shot.placements]
    spot = max(_FREE_SPOTS, key=lambda x: min((abs(x - other) for other in taken), default=1.0))
    placement = Placement(person, spot, 1 if spot <= 0.5 else -1)
    return replace(shot, placements=(*shot.placements, placement))


def _acting(shot: Shot, person: PersonId, verb: str) -> Shot:
    """The shot in which a person does something, from the first words on."""
    first = shot.cues[0].start if shot.cues else shot.duration * 0.2
    start = max(0.0, min(first, shot.duration - _MIN_ACT_SECONDS))
    end, to_x = shot.duration, None
    placement = next(known for known in shot.placements if known.role_id == person)
    if verb in _COMING:
        start, end, to_x = 0.0, min(shot.duration, 1.8), placement.x
    elif verb == "walk":
        to_x = round(min(0.9, max(0.1, placement.x + 0.14 * placement.facing)), 3)
    elif verb in ("exit", "vanish"):
        start = max(0.0, shot.duration - 1.5)
    kept = tuple(
        action
        for action in shot.actions
        if action.role_id != person or action.end <= start or action.start >= end
    )
    feeling = next(
        (action.emotion for action in shot.actions if action.role_id == person and action.emotion),
        None,
    )
    action = _action(person, verb, start, end, to_x=to_x, emotion=feeling)
    return replace(shot, actions=(*kept, action))


def _action(
    person: PersonId,
    verb: str,
    start: float,
    end: float,
    *,
    to_x: float | None = None,
    emotion: str | None = None,
) -> Action:
    data = {"role_id": person, "verb": verb, "start": round(start, 3), "end": round(end, 3),
            "to_x": to_x, "emotion": emotion}  # fmt: skip
    return from_json(Action, data)


def _facing(shot: Shot, person: PersonId, other: PersonId) -> Shot:
    places = {placement.role_id: placement.x for placement in shot.placements}
    facing = 1 if places[other] >= places[person] else -1
    return replace(
        shot,
        placements=tuple(
            _placement(placement, facing=facing) if placement.role_id == person else placement
            for placement in shot.placements
        ),
    )


def _seen_whole(shot: Shot, people: Sequence[PersonId]) -> Shot:
    """The shot from far enough to see what is done."""
    near = shot.camera.framing in ("close", "extreme")
    another = shot.camera.subject is not None and shot.camera.subject not in people
    if not near and not another:
        return shot
    if len(shot.placements) > 1:
        return replace(shot, camera=Camera("wide", shot.camera.move))
    return replace(shot, camera=Camera("medium", shot.camera.move, people[0]))


def _prop(film: EditedFilm, change: Change) -> dict[int, Shot]:
    people = change.people or tuple(person.id for person in film.people)
    made = {}
    for at in _with_people(film, replace(change, people=people)):
        shot = film.board.shots[at]
        made[at] = replace(
            shot,
            placements=tuple(
                _held(placement, change) if placement.role_id in people else placement
                for placement in shot.placements
            ),
        )
    return made


def _held(placement: Placement, change: Change) -> Placement:
    if change.degree != "off":
        return _placement(placement, prop=change.value, placard="")
    return _placement(placement, prop=None) if placement.prop == change.value else placement


def _placement(placement: Placement, **fields: object) -> Placement:
    return from_json(Placement, to_json(placement) | fields)


def _thing(film: EditedFilm, change: Change) -> dict[int, Shot]:
    """One prop for another in the hands of a few shots."""
    made = {}
    for at in shots_in(film, change.scope):
        shot = film.board.shots[at]
        made[at] = replace(
            shot,
            placements=tuple(
                _placement(placement, prop=change.value)
                if placement.prop == change.old
                else placement
                for placement in shot.placements
            ),
        )
    return made


def _camera(film: EditedFilm, change: Change) -> dict[int, Shot]:
    if change.people:
        found = _with_people(film, change)[:1]
    else:
        found = _part(shots_in(film, change.scope), change.scope)
    made = {}
    for at in found:
        shot = film.board.shots[at]
        data = to_json(shot.camera)
        if change.attribute == "move":
            data["move"] = change.value
        else:
            data["framing"] = _framing(shot.camera.framing, change)
            data["subject"] = _subject(shot, str(data["framing"]), change.people)
            if data["framing"] in ("close", "extreme") and data["subject"] is None:
                continue  # nobody is there to come close to
        made[at] = replace(shot, camera=from_json(Camera, data))
    return made


def _framing(framing: str, change: Change) -> str:
    if change.value in _FRAMINGS:
        return change.value
    step = 2 if change.degree == "much" else 1
    at = _FRAMINGS.index(framing) + (step if change.value == "closer" else -step)
    return _FRAMINGS[min(len(_FRAMINGS) - 1, max(0, at))]


def _subject(shot: Shot, framing: str, people: Sequence[PersonId]) -> PersonId | None:
    shown = [placement.role_id for placement in shot.placements]
    if people:
        return next(person for person in people if person in shown)
    if framing == "wide" or (framing == "medium" and len(shown) > 1):
        return None
    speakers = [cue.role_id for cue in shot.cues if cue.role_id in shown]
    return shot.camera.subject or next(iter([*speakers, *shown]), None)


def _setting(film: EditedFilm, change: Change) -> dict[int, Shot]:
    """Place, hour or weather of single shots, or of a film without a script."""
    wanted = "clear" if change.degree == "off" else change.value
    replaced = change.value if change.degree == "off" else change.old
    made = {}
    for at in _part(shots_in(film, change.scope), change.scope):
        shot = film.board.shots[at]
        if not replaced or getattr(shot.setting, change.attribute) == replaced:
            data = to_json(shot.setting) | {change.attribute: wanted}
            board = "" if change.attribute == "place" else shot.board
            made[at] = replace(shot, setting=from_json(Setting, data), board=board)
    if replaced and not made:
        zh, en = spoken_value(change.attribute, replaced)
        raise CannotApply(Text(f"那里本来就没有“{zh}”。", f"There is no {en} there."))
    return made


def _seconds(film: EditedFilm, change: Change) -> dict[int, Shot]:
    found = _part(shots_in(film, change.scope), change.scope)
    fixed = 0.0
    if change.scope.unit == "film" and change.scope.part == "all":
        fixed = sum(shot.duration for shot in film.board.shots if shot.card is not None)
    shots = [film.board.shots[at] for at in found]
    return dict(zip(found, lengths.retimed(shots, change, film.board.fps, fixed), strict=True))


def _music(board: Storyboard, change: Change) -> Storyboard:
    if change.degree == "off":
        level = 0.0
    elif change.degree == "less":
        level = board.music * _MUSIC[change.value]
    else:
        level = min(MAX_MUSIC, max(board.music, 0.1) / _MUSIC[change.value])
    if level == board.music:
        raise nothing_changes()
    return replace(board, music=round(level, 3))


_CHANGES: dict[str, Callable[[EditedFilm, Change], dict[int, Shot]]] = {
    "expression": _expression, "act": _act, "prop": _prop, "thing": _thing, "framing": _camera,
    "move": _camera, "place": _setting, "hour": _setting, "weather": _setting,
    "seconds": _seconds,
}  # fmt: skip
