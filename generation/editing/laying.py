"""A changed script on a storyboard that was changed by hand as well: what was set there is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from generation.storyboard import Action, Placement, Setting, Shot, Storyboard


def merge(base: Storyboard, current: Storyboard, laid_out: Storyboard) -> Storyboard:
    """The new layout with what ``current`` has otherwise than ``base``, the layout of the script as
    it was: a shot that did not change stays as it is, of a changed one camera, faces, acts, length
    and surroundings that were set are carried over.
    """
    ours = {shot.id: shot for shot in current.shots}
    left = list(base.shots)
    pairs: dict[int, Shot] = {}
    for key in (_whole, _words):
        waiting: dict[object, list[Shot]] = defaultdict(list)
        for shot in left:
            waiting[key(shot)].append(shot)
        for at, shot in enumerate(laid_out.shots):
            if at not in pairs and waiting[key(shot)]:
                pairs[at] = waiting[key(shot)].pop(0)
        taken = {id(shot) for shot in pairs.values()}
        left = [shot for shot in left if id(shot) not in taken]
    alone = [at for at in range(len(laid_out.shots)) if at not in pairs]
    if len(alone) == len(left):
        pairs |= dict(zip(alone, left, strict=True))
    shots = tuple(
        _carried(pairs[at], ours.get(pairs[at].id, pairs[at]), shot) if at in pairs else shot
        for at, shot in enumerate(laid_out.shots)
    )
    return replace(laid_out, shots=shots, music=current.music)


def _whole(shot: Shot) -> object:
    return replace(shot, id="", summary="")


def _words(shot: Shot) -> object:
    said = tuple(cue.text for cue in shot.cues)
    return said, shot.card.kind if shot.card else "", len(shot.placements)


def _carried(base: Shot, current: Shot, new: Shot) -> Shot:
    if base == current:
        return new
    if _whole(base) == _whole(new):
        return replace(current, id=new.id, summary=new.summary)
    camera = current.camera if current.camera != base.camera else new.camera
    placements = _placements(base.placements, current.placements, new.placements)
    shown = {placement.role_id for placement in placements}
    added = [action for action in current.actions if action not in base.actions]
    gone = {(action.role_id, action.verb) for action in base.actions
            if action not in current.actions}  # fmt: skip
    kept = [action for action in new.actions if (action.role_id, action.verb) not in gone]
    duration = new.duration + current.duration - base.duration
    least = max((cue.end for cue in new.cues), default=0.0)
    if duration < least or new.card is not None:
        duration = new.duration
    actions = [_within(action, duration) for action in (*kept, *added) if action.role_id in shown]
    return replace(
        new,
        camera=camera,
        setting=_setting(base.setting, current.setting, new.setting),
        placements=placements,
        actions=tuple(actions),
        duration=duration,
    )


def _within(action: Action, duration: float) -> Action:
    end = min(action.end, duration)
    return replace(action, start=max(0.0, min(action.start, end - 0.2)), end=end)


def _setting(base: Setting, current: Setting, new: Setting) -> Setting:
    return Setting(
        current.place if current.place != base.place else new.place,
        current.hour if current.hour != base.hour else new.hour,
        current.weather if current.weather != base.weather else new.weather,
    )


def _placements(
    base: Sequence[Placement], current: Sequence[Placement], new: Sequence[Placement]
) -> tuple[Placement, ...]:
    were = {placement.role_id: placement for placement in base}
    are = {placement.role_id: placement for placement in current}
    made = []
    for laid in new:
        was, now, placement = were.get(laid.role_id), are.get(laid.role_id), laid
        if was is not None and now is not None:
            placement = replace(
                laid,
                emotion=now.emotion if now.emotion != was.emotion else placement.emotion,
                prop=now.prop if now.prop != was.prop else placement.prop,
                placard=now.placard if now.placard != was.placard else placement.placard,
                facing=now.facing if now.facing != was.facing else placement.facing,
            )
        made.append(placement)
    shown = {placement.role_id for placement in new}
    made += [now for who, now in are.items() if who not in were and who not in shown]
    return tuple(made[:4])
