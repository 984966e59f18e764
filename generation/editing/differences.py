"""What is otherwise between two states of a film, in words: before → after, field by field."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.editing.film import EditedFilm
from generation.editing.types import Text
from generation.editing.words import spoken_value
from generation.story.types import Scene, Script, ScriptLine
from generation.storyboard import Action, Placement, Shot

_NONE = Text("（无）", "(none)")
_SAME = Text("", "")
_FIELDS = {
    "title": Text("片名", "title"), "name": Text("名字", "name"), "robe": Text("衣服", "robe"),
    "figure": Text("人物造型", "figure"), "speech": Text("语速", "speaking speed"),
    "place": Text("地点", "place"), "hour": Text("时间", "time of day"),
    "weather": Text("天气", "weather"), "line": Text("台词", "line"),
    "tone": Text("语气", "tone"), "scene": Text("场次", "scene"), "shot": Text("镜头", "shot"),
    "framing": Text("景别", "framing"), "move": Text("运镜", "camera move"),
    "seconds": Text("时长", "length"), "expression": Text("表情", "expression"),
    "act": Text("动作", "act"), "prop": Text("手持", "in the hand"), "music": Text("音乐", "music"),
    "present": Text("在场", "in the picture"), "order": Text("顺序", "order"),
}  # fmt: skip
_KINDS = {"tone": "emotion", "expression": "emotion"}


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise: where (a scene, a shot, a person), which field, from what to
    what.
    """

    where: Text
    field: Text
    before: Text
    after: Text

    def line(self, language: str) -> str:
        """The difference as one line."""
        if language == "zh":
            return f"{self.where.zh}·{self.field.zh}：{self.before.zh} → {self.after.zh}"
        return f"{self.where.en}, {self.field.en}: {self.before.en} → {self.after.en}"


def differences(before: EditedFilm, after: EditedFilm) -> tuple[Difference, ...]:
    """Everything that is otherwise in people, words, scenes and shots, in that order."""
    found = [*_of_people(before, after)]
    if before.script is not None and after.script is not None:
        found += _of_script(before, after, before.script, after.script)
    found += _of_board(before, after)
    return tuple(found)


def _value(field: str, value: object) -> Text:
    if value in (None, "", ()):
        return _NONE
    if isinstance(value, float):
        return Text(f"{value:g}", f"{value:g}")
    zh, en = spoken_value(_KINDS.get(field, field), str(value))
    return Text(zh, en)


def _text(words: str) -> Text:
    return Text(f"“{words}”", f"“{words}”") if words else _NONE


def _of_people(before: EditedFilm, after: EditedFilm) -> Iterator[Difference]:
    film = Text("全片", "whole film")
    if before.board.title != after.board.title:
        yield Difference(
            film, _FIELDS["title"], _text(before.board.title), _text(after.board.title)
        )
    if before.board.music != after.board.music:
        yield Difference(
            film, _FIELDS["music"], _share(before.board.music), _share(after.board.music)
        )
    new = {person.id: person for person in after.people}
    for person in before.people:
        other = new.get(person.id, person)
        where = Text(person.name, person.name)
        if person.name != other.name:
            yield Difference(where, _FIELDS["name"], _text(person.name), _text(other.name))
        for field in ("robe", "figure"):
            old, now = getattr(person, field), getattr(other, field)
            if old != now:
                yield Difference(where, _FIELDS[field], _value(field, old), _value(field, now))
        if person.speed != other.speed:
            yield Difference(where, _FIELDS["speech"], _share(person.speed), _share(other.speed))


def _share(value: float) -> Text:
    return Text(f"{value:.0%}", f"{value:.0%}")


def _scene(number: int) -> Text:
    return Text(f"第 {number} 场", f"scene {number}")


def _of_script(
    before: EditedFilm, after: EditedFilm, old: Script, new: Script
) -> Iterator[Difference]:
    pairs = _scene_pairs(old.scenes, new.scenes)
    kept = [number for number, _ in pairs]
    for at, scene in enumerate(old.scenes):
        if at not in kept:
            said = scene.lines[0].text if scene.lines else ""
            yield Difference(_scene(at + 1), _FIELDS["scene"], _text(said), _NONE)
    if kept != sorted(kept):
        yield Difference(
            Text("全片", "whole film"),
            _FIELDS["order"],
            _numbers(sorted(kept)),
            _numbers(kept),
        )
    for was, now in sorted(pairs):
        where = _scene(was + 1)
        first, second = old.scenes[was], new.scenes[now]
        for field in ("place", "hour", "weather"):
            left, right = getattr(first.setting, field), getattr(second.setting, field)
            if left != right:
                yield Difference(where, _FIELDS[field], _value(field, left), _value(field, right))
        yield from _of_lines(before, after, where, first.lines, second.lines)


def _numbers(scenes: Sequence[int]) -> Text:
    listed = " ".join(str(number + 1) for number in scenes)
    return Text(listed, listed)


def _scene_pairs(old: Sequence[Scene], new: Sequence[Scene]) -> list[tuple[int, int]]:
    """Which scene became which, in the new order: by most of their lines, each once."""
    free = set(range(len(old)))
    pairs: list[tuple[int, int]] = []
    for now, scene in enumerate(new):
        texts = {line.text for line in scene.lines}

        def likeness(at: int, texts: set[str] = texts, now: int = now) -> tuple[float, int]:
            same = len(texts & {line.text for line in old[at].lines})
            return same / max(1, len(texts)), -abs(at - now)

        if free:
            best = max(free, key=likeness)
            free.discard(best)
            pairs.append((best, now))
    return pairs


def _of_lines(
    before: EditedFilm,
    after: EditedFilm,
    where: Text,
    old: Sequence[ScriptLine],
    new: Sequence[ScriptLine],
) -> Iterator[Difference]:
    matcher = difflib.SequenceMatcher(
        a=[(line.person, line.text) for line in old],
        b=[(line.person, line.text) for line in new],
        autojunk=False,
    )
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            for left, right in zip(old[a:a_end], new[b:b_end], strict=True):
                if left.emotion != right.emotion:
                    whose = Text(f"{where.zh}“{left.text}”", f"{where.en} “{left.text}”")
                    yield Difference(
                        whose, _FIELDS["tone"], _value("tone", left.emotion),
                        _value("tone", right.emotion),
                    )  # fmt: skip
            continue
        for step in range(max(a_end - a, b_end - b)):
            was = _spoken(before, old[a + step]) if a + step < a_end else _NONE
            now = _spoken(after, new[b + step]) if b + step < b_end else _NONE
            yield Difference(where, _FIELDS["line"], was, now)


def _spoken(film: EditedFilm, line: ScriptLine) -> Text:
    name = film.name_of(line.person)
    return Text(f"{name or '旁白'}：“{line.text}”", f"{name or 'storyteller'}: “{line.text}”")


def _of_board(before: EditedFilm, after: EditedFilm) -> Iterator[Difference]:
    """Shots with the same words, held against each other; what the script's scenes say is not said
    again for each shot.
    """
    old, new = before.board.shots, after.board.shots
    matcher = difflib.SequenceMatcher(
        a=[_words(shot) for shot in old], b=[_words(shot) for shot in new], autojunk=False
    )
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag != "equal" and (before.script is None or a_end - a == b_end - b == 0):
            continue
        if tag == "equal":
            for left, right in zip(old[a:a_end], new[b:b_end], strict=True):
                yield from _of_shot(before, after, left, right)


def _words(shot: Shot) -> tuple[str, ...]:
    return (shot.card.kind if shot.card else "", *(cue.text for cue in shot.cues))


def _of_shot(before: EditedFilm, after: EditedFilm, old: Shot, new: Shot) -> Iterator[Difference]:
    where = Text(f"镜头 {new.id}", f"shot {new.id}")
    if abs(old.duration - new.duration) > 1e-6 and _lines_stand(before, after):
        yield Difference(
            where, _FIELDS["seconds"],
            Text(f"{old.duration:.2f} 秒", f"{old.duration:.2f} s"),
            Text(f"{new.duration:.2f} 秒", f"{new.duration:.2f} s"),
        )  # fmt: skip
    for field in ("framing", "move"):
        left, right = getattr(old.camera, field), getattr(new.camera, field)
        if left != right:
            yield Difference(where, _FIELDS[field], _value(field, left), _value(field, right))
    if before.script == after.script:
        for field in ("place", "hour", "weather"):
            left, right = getattr(old.setting, field), getattr(new.setting, field)
            if left != right:
                yield Difference(where, _FIELDS[field], _value(field, left), _value(field, right))
    yield from _of_puppets(before, where, old, new)


def _lines_stand(before: EditedFilm, after: EditedFilm) -> bool:
    """Whether a shot's length was set, and does not follow from how fast somebody speaks."""
    return [person.speed for person in before.people] == [person.speed for person in after.people]


def _of_puppets(film: EditedFilm, where: Text, old: Shot, new: Shot) -> Iterator[Difference]:
    were = {placement.role_id: placement for placement in old.placements}
    for placement in new.placements:
        name = film.name_of(placement.role_id)
        whose = Text(f"{where.zh}{name}", f"{where.en} {name}")
        was = were.get(placement.role_id)
        if was is None:
            yield Difference(whose, _FIELDS["present"], _NONE, Text(name, name))
        elif (left := _feelings(old, was)) != (right := _feelings(new, placement)):
            yield Difference(whose, _FIELDS["expression"], left, right)
        if was is not None and was.prop != placement.prop:
            yield Difference(
                whose, _FIELDS["prop"], _value("prop", was.prop), _value("prop", placement.prop)
            )
        left, right = _acts(old.actions, placement), _acts(new.actions, placement)
        if left != right:
            yield Difference(whose, _FIELDS["act"], left, right)


def _feelings(shot: Shot, placement: Placement) -> Text:
    felt = [placement.emotion]
    felt += [action.emotion for action in shot.actions
             if action.role_id == placement.role_id and action.emotion]  # fmt: skip
    return _joined("emotion", felt)


def _acts(actions: Sequence[Action], placement: Placement) -> Text:
    done = [action.verb for action in actions
            if action.role_id == placement.role_id and action.verb != "stand"]  # fmt: skip
    return _joined("act", done)


def _joined(kind: str, values: Sequence[str]) -> Text:
    words = [spoken_value(kind, value) for value in dict.fromkeys(values)]
    if not words:
        return _NONE
    return Text("、".join(zh for zh, _ in words), ", ".join(en for _, en in words))
