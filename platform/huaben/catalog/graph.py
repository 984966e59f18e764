"""The story graph's own rules: conditions and effects over variables, as a small JSON tree.

A condition is ``{"var": NAME, "op": "eq|ne|lt|le|gt|ge", "value": V}``, ``{"all": [...]}``,
``{"any": [...]}`` or ``{"not": ...}``; an unset variable reads as 0. An effect is
``{"var": NAME, "op": "set|add", "value": V}``. Values are whole numbers, booleans or short texts.
Nothing here is ever evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from huaben.core.localized import LocalizedText
from huaben.core.problems import FieldError, Problem
from huaben.core.text import clean_line
from huaben.core.types import JsonObject, JsonValue

NAME = re.compile(r"^[a-z\u3400-\u9fff][a-z0-9_\u3400-\u9fff]{0,29}$")
MAX_DEPTH = 8
MAX_PARTS = 64
MAX_NUMBER = 1_000_000
Value = int | bool | str
Variables = dict[str, Value]


def holds(condition: JsonObject | None, variables: Mapping[str, Value]) -> bool:
    """Whether a checked condition holds; None always does. A text is never less or more than a
    number.
    """
    if condition is None:
        return True
    if "all" in condition:
        return all(holds(part, variables) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, variables) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], variables)
    current, expected, op = variables.get(condition["var"], 0), condition["value"], condition["op"]
    if op == "eq":
        return bool(current == expected)
    if op == "ne":
        return bool(current != expected)
    if isinstance(current, str) or isinstance(expected, str):
        return False
    return bool(
        {
            "lt": current < expected,
            "le": current <= expected,
            "gt": current > expected,
            "ge": current >= expected,
        }[op]
    )


def apply_effects(effects: Sequence[JsonObject], variables: Mapping[str, Value]) -> Variables:
    """The variables after checked effects; numbers stay within ±1,000,000."""
    after: Variables = dict(variables)
    for effect in effects:
        name, value = effect["var"], effect["value"]
        if effect["op"] == "add":
            current = after.get(name, 0)
            total = int(value) + (0 if isinstance(current, str) else int(current))
            after[name] = max(-MAX_NUMBER, min(MAX_NUMBER, total))
        else:
            after[name] = value
    return after


def check_condition(condition: JsonValue) -> LocalizedText | None:
    """What is wrong with a condition, for the author's form; None when it is sound."""
    budget = [MAX_PARTS]

    def check(node: JsonValue, depth: int) -> LocalizedText | None:
        budget[0] -= 1
        if budget[0] < 0 or depth > MAX_DEPTH:
            return LocalizedText("太复杂了", "too large")
        if not isinstance(node, Mapping):
            return LocalizedText("格式不对", "must be an object")
        if set(node) in ({"all"}, {"any"}):
            parts = next(iter(node.values()))
            if not isinstance(parts, list) or not parts:
                return LocalizedText(
                    "“全部”与“任一”里至少要有一项", "'all' and 'any' need a list that is not empty"
                )
            return next((wrong for part in parts if (wrong := check(part, depth + 1))), None)
        if set(node) == {"not"}:
            return check(node["not"], depth + 1)
        if set(node) != {"var", "op", "value"}:
            return LocalizedText("要写明变量、运算和值", "needs var, op and value")
        if not isinstance(node["var"], str) or not NAME.match(node["var"]):
            return LocalizedText("变量名不合规", "has no proper variable name")
        if node["op"] not in ("eq", "ne", "lt", "le", "gt", "ge"):
            return LocalizedText("没有这种运算", "has an unknown op")
        return _check_value(node["value"])

    return None if condition is None else check(condition, 0)


def check_effects(effects: JsonValue) -> LocalizedText | None:
    """What is wrong with a list of effects; None when it is sound."""
    if not isinstance(effects, list) or len(effects) > 16:
        return LocalizedText("最多 16 条", "must be a list of at most 16")
    for effect in effects:
        if not isinstance(effect, Mapping) or set(effect) != {"var", "op", "value"}:
            return LocalizedText("要写明变量、运算和值", "needs var, op and value")
        if not isinstance(effect["var"], str) or not NAME.match(effect["var"]):
            return LocalizedText("变量名不合规", "has no proper variable name")
        if effect["op"] not in ("set", "add"):
            return LocalizedText("没有这种运算", "has an unknown op")
        if wrong := _check_value(effect["value"]):
            return wrong
        if effect["op"] == "add" and (
            isinstance(effect["value"], bool) or not isinstance(effect["value"], int)
        ):
            return LocalizedText("只能加数字", "adds a value that is not a number")
    return None


def check_graph(episodes: set[UUID], choices: Sequence[JsonObject]) -> None:
    """Raise Problem ``bad_graph``, naming every choice at fault: unknown episodes, bad conditions,
    two ways without words.
    """
    errors: list[FieldError] = []

    def fault(index: int, field: str, message: LocalizedText) -> None:
        errors.append({"index": index, "field": field, "message": message.localized()})

    ways: dict[UUID, list[int]] = {}
    if len(choices) > 500:
        fault(500, "choices", LocalizedText("最多 500 条", "at most 500"))
    for index, choice in enumerate(choices):
        for field in ("text", "seal"):
            sent = str(choice.get(field, ""))
            if sent.strip() and not clean_line(sent):
                shows_nothing = LocalizedText("这里看不到任何字", "shows nothing that can be seen")
                fault(index, field, shows_nothing)
        for end in ("from_episode_id", "to_episode_id"):
            if choice.get(end) not in episodes:
                fault(
                    index,
                    end,
                    LocalizedText("不是这部剧里的集", "is not an episode of this series"),
                )
        if choice.get("from_episode_id") == choice.get("to_episode_id"):
            fault(
                index,
                "to_episode_id",
                LocalizedText("不能通向自己", "leads back to the same episode"),
            )
        if wrong := check_condition(choice.get("condition")):
            fault(index, "condition", wrong)
        if wrong := check_effects(list(choice.get("effects") or [])):
            fault(index, "effects", wrong)
        ways.setdefault(choice["from_episode_id"], []).append(index)
    for indexes in ways.values():
        if len(indexes) > 1:
            for index in indexes:
                if not str(choices[index].get("text", "")).strip():
                    fault(
                        index,
                        "text",
                        LocalizedText(
                            "同一集有两条出路时，每条都要有文字",
                            "two ways out of one episode need words",
                        ),
                    )
    if errors:
        raise Problem(
            "bad_graph",
            LocalizedText(
                "剧情图有误，未作改动", "The story graph has faults; nothing was changed"
            ),
            errors=errors,
        )


def _check_value(value: JsonValue) -> LocalizedText | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return (
            None if abs(value) <= MAX_NUMBER else LocalizedText("数字太大", "is too large a number")
        )
    if isinstance(value, str):
        return None if len(value) <= 40 else LocalizedText("文字太长", "is too long a text")
    return LocalizedText(
        "要是整数、真假或短文字", "must be a whole number, true or false, or a short text"
    )
