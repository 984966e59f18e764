"""Rules of edits in the stage's own terms: feelings, robes, acts, places, camera, lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from generation.editing.clause import Clause
from generation.editing.types import Attribute, Change, Degree, Reading, Text
from generation.editing.who import Ask, ask_who
from generation.editing.words import Token

Changes = tuple[Change, ...] | None
_POINTED = frozenset({"strike", "point", "reach", "bow", "kneel"})  # done to somebody
_SET = frozenset({"让", "把", "将", "使", "设在", "放在", "放到", "设", "发生", "希望", "想", "要",
                  "let", "make", "set", "put", "have", "want", "get", "happen"})  # fmt: skip
_NEAR_WORDS = frozenset({"推近", "拉近", "放大", "拉远", "推远", "zoom in", "zoom out", "move in",
                         "move back", "step back"})  # fmt: skip


def structure(clause: Clause) -> Changes:
    """Scenes, shots and lines that are deleted; scenes that change places."""
    if clause.scope.part != "all":
        return _moved(clause)
    if clause.only("op:delete") and len(clause.all("op")) == 1:
        if clause.found.lines:
            return _lines_deleted(clause)
        if clause.scope.unit == "shot":
            return (Change("shot_deleted", clause.scope),)
        if clause.scope.unit == "scene":
            return (Change("scene_deleted", clause.scope),)
    if clause.only("op:delete person figure noun:line") and clause.found.lines:
        return _lines_deleted(clause)
    ops = clause.all("op")
    switches = len(ops) == 1 and (ops[0].value == "swap" or ops[0].text.casefold() == "switch")
    swaps = switches and clause.only("op:swap op:change and")
    if swaps and clause.scope.unit == "scene" and len(clause.scope.numbers) == 2:
        return (Change("scenes_swapped", clause.scope),)
    return _moved(clause)


def _lines_deleted(clause: Clause) -> Changes:
    people = clause.people()
    return tuple(
        Change("line_deleted", clause.scope, people, line=number)
        for number in sorted(clause.found.lines, reverse=True)
    )


def _moved(clause: Clause) -> Changes:
    if not clause.has("op", "move_to") or clause.found.shots or clause.found.lines:
        return None
    numbers = clause.scope.numbers
    if clause.scope.part != "all":
        if clause.only("op:move_to to") and len(numbers) == 1 and clause.scope.unit == "scene":
            scope = type(clause.scope)("scene", numbers)
            return (Change("scene_moved", scope, value=clause.scope.part),)
        return None
    sides = [token for token in clause.content
             if token.kind in ("toward",) or token.value in ("before", "after")]  # fmt: skip
    allowed = "op:move_to op:before op:after toward to"
    if len(sides) != 1 or len(numbers) != 2 or not clause.only(allowed):
        return None
    if sides[0].kind == "toward" and sides[0].text not in ("before", "in front of"):
        return None
    side = "after" if sides[0].value == "after" else "before"
    scope = type(clause.scope)("scene", numbers[:1])
    return (Change("scene_moved", scope, value=f"{side} {numbers[1]}"),)


def seconds(clause: Clause) -> Changes:
    """缩短到五秒, a bit longer, a faster pace."""
    if clause.found.lines or clause.has("person") or clause.has("figure"):
        return None
    numbers = clause.all("number")
    if numbers:
        return _seconds_of(clause, numbers)
    shorter = clause.has("op", "shorten", "faster")
    longer = clause.has("op", "lengthen", "slower")
    paced = clause.has("op", "faster", "slower")
    allowed = "op:shorten op:lengthen op:faster op:slower degree noun:pace noun:seconds"
    if shorter == longer or not clause.only(allowed) or clause.has("degree", "less"):
        return None
    film = clause.said(("film", "movie", "片子", "影片", "电影"))
    if paced and not (clause.has("noun", "pace") or clause.found.given or film):
        return None
    if not paced and not clause.found.given and not clause.has("noun", "seconds"):
        return None
    degree: Degree = "less" if shorter else "more"
    return (Change("seconds", clause.scope, degree=degree, value=clause.amount()),)


def _seconds_of(clause: Clause, numbers: list[Token]) -> Changes:
    allowed = (
        "op:shorten op:lengthen op:change op:delete number seconds_unit to by off "
        "noun:seconds noun:hour op:add"
    )
    ops = list({token.value: token for token in clause.all("op")}.values())
    if len(numbers) != 1 or not clause.has("seconds_unit") or not clause.only(allowed):
        return None
    named = clause.found.given or clause.has("noun", "seconds")
    if (len(ops) > 1 and not clause.has("to")) or not named:
        return None
    op = ops[0] if ops else None
    value = f"{float(numbers[0].value):g}"
    reaches = clause.has("to") or op is None or op.value == "change" or clause.said(("成", "为"))
    if clause.has("by") and clause.has("to"):
        return None
    if reaches and not clause.has("by"):
        if op is not None and op.value == "add":
            return None
        return (Change("seconds", clause.scope, value=value),)
    shorter = op is not None and op.value in ("shorten", "delete")
    english_unclear = op is not None and op.text.isascii() and op.value != "delete"
    if english_unclear and not (clause.has("by") or clause.has("off") or op.value == "add"):  # type: ignore[union-attr]
        return None
    return (Change("seconds", clause.scope, degree="less" if shorter else "more", value=value),)


def music(clause: Clause) -> Changes:
    """音乐安静一点, no music."""
    if len(clause.all("noun", "music")) != 1:
        return None
    allowed = "noun:music op:quieter op:louder op:stop op:delete op:change degree neg off"
    quieter, louder = clause.has("op", "quieter"), clause.has("op", "louder")
    off = clause.has("op", "stop", "delete") or clause.has("neg") or clause.has("off")
    if not clause.only(allowed) or (quieter, louder, off).count(True) != 1:
        return None
    if clause.has("degree", "less") and not (quieter or louder):
        return None
    if clause.found.given and not clause.found.film:
        raise Ask(_whole_film("音乐的响度", "How loud the music is"))
    degree: Degree = "off" if off else "less" if quieter else "more"
    return (Change("music", degree=degree, value="" if off else clause.amount()),)


def robe(clause: Clause) -> Changes:
    """娘子的衣服换成红色, dress Qing in red."""
    worn = clause.has("noun", "robe") or clause.has("op", "wear")
    value = clause.new_value("robe")
    allowed = "robe person figure noun:robe op:change op:wear to and"
    if value is None or not worn or not clause.only(allowed):
        return None
    people = clause.people()
    if not people and len(clause.film.people) > 1:
        raise ask_who(clause.film)
    if clause.found.given and not clause.found.film:
        raise Ask(_whole_film("一个人的衣服", "What somebody wears"))
    everybody = tuple(person.id for person in clause.film.people)
    return (Change("robe", people=people or everybody, value=value),)


def figure(clause: Clause) -> Changes:
    """把许文换成和尚, turn Qing into a fox spirit."""
    tokens = clause.person_tokens()
    changes = clause.all("op", "change")
    if len(tokens) != 2 or len(changes) != 1 or not clause.only("person figure op:change to"):
        return None
    if tokens[1].kind != "figure" or (clause.found.given and not clause.found.film):
        return None
    if not changes[0].text.isascii() and not tokens[0].end <= changes[0].start < tokens[1].start:
        return None
    people = clause.people(tokens[:1])
    return (Change("figure", people=people, value=tokens[1].value),)


def prop(clause: Clause) -> Changes:
    """让她拿着剑; take the sword away from Wen; 把伞换成灯笼."""
    things = clause.all("prop")
    if len(things) == 2 and clause.has("op", "change") and clause.only("prop op:change to"):
        return (Change("thing", clause.scope, old=things[0].value, value=things[1].value),)
    allowed = "prop person figure op:hold op:delete op:add noun:hand and by"
    if len(things) != 1 or not clause.only(f"{allowed} neg"):
        return None
    taken = clause.has("op", "delete") or clause.has("neg")
    gives = clause.has("op", "hold") or clause.has("noun", "hand") or clause.said(("give", "给"))
    people = clause.people()
    if (
        taken
        and not clause.has("op", "add")
        and not (clause.has("neg") and clause.has("op", "delete"))
    ):
        return (Change("prop", clause.scope, people, "off", things[0].value),)
    if taken or not gives:
        return None
    if not people:
        raise ask_who(clause.film)
    return (Change("prop", clause.scope, people, value=things[0].value),)


def camera(clause: Clause) -> Changes:
    """镜头推近一些, a close-up of Qing in scene 2, pan left."""
    framings, moves = clause.all("framing"), clause.all("move")
    near = [token for token in clause.content
            if token.kind == "op" and token.value in ("closer", "farther")]  # fmt: skip
    allowed = (
        "framing move op:closer op:farther op:change op:add op:move_to noun:camera degree "
        "person figure to toward"
    )
    if len(framings) + len(moves) + len(near) != 1 or not clause.only(allowed):
        return None
    if clause.has("degree", "less") or clause.found.lines:
        return None
    people = clause.people()
    if near:
        named = clause.has("noun", "camera") or clause.scope.unit == "shot"
        if not named and near[0].text.casefold() not in _NEAR_WORDS:
            return None
        degree = clause.degree()
        degree = "more" if degree == "set" else degree
        return (Change("framing", clause.scope, people, degree, near[0].value),)
    if clause.has("degree"):
        return None
    attribute: Attribute = "framing" if framings else "move"
    value = (framings or moves)[0].value
    shown = clause.has("noun", "camera") or clause.found.given or bool(people)
    if not shown or (moves and people):
        return None
    if people and not clause.found.given:
        raise ask_where(clause)
    return (Change(attribute, clause.scope, people, value=value),)


def speech(clause: Clause) -> Changes:
    """阿青说话慢一点."""
    faster, slower = clause.has("op", "faster"), clause.has("op", "slower")
    allowed = "noun:speech op:faster op:slower degree person figure and"
    if not clause.has("noun", "speech") or faster == slower or not clause.only(allowed):
        return None
    if clause.has("degree", "less"):
        return None
    if clause.found.given and not clause.found.film:
        raise Ask(_whole_film("一个人说话的快慢", "How fast somebody speaks"))
    people = clause.people()
    if not people:
        raise ask_who(clause.film)
    degree: Degree = "more" if faster else "less"
    return (Change("speech", people=people, degree=degree, value=clause.amount()),)


def feeling(clause: Clause) -> Changes:
    """让主角在第三幕的表情更悲伤一点; say the first line more angrily."""
    allowed = (
        "emotion noun:expression noun:tone noun:speech noun:line degree neg op:change "
        "person figure and to"
    )
    value = clause.new_value("emotion")
    if value is None or not clause.only(allowed) or len(clause.all("neg")) > 1:
        return None
    if clause.has("neg") and clause.has("op", "change"):
        return None
    voiced = clause.has("noun", "tone", "speech", "line") or clause.found.lines
    if voiced and clause.has("noun", "expression"):
        return None
    degree = "less" if clause.has("neg") else clause.degree()
    people = clause.people()
    attribute: Attribute = "tone" if voiced else "expression"
    if len(clause.found.lines) > 1:
        return None
    line = clause.found.lines[0] if clause.found.lines else 0
    if not people and not line:
        if len(clause.film.people) != 1:
            raise ask_who(clause.film)
        people = (clause.film.people[0].id,)
    return (Change(attribute, clause.scope, people, degree, value, line=line),)


def act(clause: Clause) -> Changes:
    """Let them kneel at the end; 第二场不要让阿青哭."""
    acts = clause.all("act")
    allowed = "act person figure op:stop op:begin op:delete toward to neg and op:add"
    if len(acts) != 1 or not clause.only(allowed) or clause.found.lines:
        return None
    tokens = clause.person_tokens()
    links = [token for token in clause.content if token.kind in ("toward", "to")]
    targets = _targets(acts[0], tokens, links)
    subjects = [token for token in tokens if token not in targets]
    if (links and not targets) or len(targets) > 1 or (targets and acts[0].value not in _POINTED):
        return None
    off = clause.has("neg") or clause.has("op", "stop", "delete")
    if off and (targets or len(clause.all("neg")) + len(clause.all("op")) != 1):
        return None
    if not subjects:
        raise ask_who(clause.film)
    people = clause.people(subjects)
    to = clause.people(targets)
    if len(to) > 1 or (to and to[0] in people):
        return None
    if off:
        return (Change("act", clause.scope, people, "off", acts[0].value),)
    if not clause.found.given and clause.scope.unit == "film" and len(clause.film.scenes) > 1:
        raise ask_where(clause)
    return (Change("act", clause.scope, people, value=acts[0].value, to=to[0] if to else None),)


def _targets(act: Token, people: list[Token], links: list[Token]) -> list[Token]:
    """Whom an act is done to: who follows 向 or "to", else who follows the verb."""
    if links:
        behind = [token for token in people if token.start >= links[0].end]
        return behind[:1]
    before = [token for token in people if token.start < act.start]
    behind = [token for token in people if token.start > act.start]
    return behind if before else []


def surroundings(clause: Clause) -> Changes:
    """把背景建筑换成寺庙; make the rain stop in scene 2; 第二场改到夜里."""
    allowed = (
        "place hour weather noun:place noun:weather noun:hour op:change op:begin op:stop "
        "op:delete op:move_to op:add neg to"
    )
    if not clause.only(allowed) or clause.scope.part != "all" or clause.found.lines:
        return None
    ends = len(clause.all("op", "stop")) + len(clause.all("op", "delete")) + len(clause.all("neg"))
    if ends:
        weathers = clause.all("weather")
        alone = clause.only("weather noun:weather op:stop op:delete neg to op:begin")
        if ends != 1 or len(weathers) != 1 or not alone or weathers[0].value == "clear":
            return None
        return (Change("weather", clause.scope, degree="off", value=weathers[0].value),)
    wished = clause.has("op") or clause.has("noun") or clause.found.given or clause.said(_SET)
    kinds = [kind for kind in ("place", "hour", "weather") if clause.has(kind)]
    if not kinds or not wished:
        return None
    values = {kind: clause.new_value(kind) for kind in kinds}
    replaced = any(len(clause.all(kind)) > 1 for kind in kinds)
    if any(value is None for value in values.values()) or (replaced and len(kinds) > 1):
        return None
    return tuple(
        Change(cast(Attribute, kind), clause.scope, value=str(value),
               old=clause.all(kind)[0].value if len(clause.all(kind)) > 1 else "")
        for kind, value in values.items()
    )  # fmt: skip


def ask_where(clause: Clause) -> Ask:
    """The question in which scene."""
    count = len(clause.film.scenes)
    return Ask(
        Reading(
            "question",
            message=Text(f"在第几场？一共 {count} 场。", f"In which scene? There are {count}."),
            options=tuple(str(number) for number in range(1, count + 1)),
        )
    )


def _whole_film(zh: str, en: str) -> Reading:
    return Reading(
        "not_drawn",
        message=Text(
            f"{zh}全片只有一种。要改全片，请不要写明哪一场。什么也没有改。",
            f"{en} is the same in the whole film. To change it, name no scene. Nothing changed.",
        ),
    )


RULES: tuple[Callable[[Clause], Changes], ...] = (
    structure, seconds, music, robe, figure, prop, camera, speech, feeling, act, surroundings,
)  # fmt: skip
