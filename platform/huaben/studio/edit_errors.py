"""What is wrong with an edited outline or script, as messages for its author."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.corrections import Correction, CorrectionFault
from generation.story.facts.corrections import find_faults as find_wrong
from generation.story.facts.types import Facts
from generation.story.types import Outline, Script
from generation.story.validation import (
    MAX_LINE_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    Fault,
    find_faults,
)
from generation.values import from_json, to_json
from huaben.core.localized import LocalizedText
from huaben.core.problems import FieldError, Problem
from huaben.core.types import JsonObject

MAX_ERRORS = 20
_FIELDS = {
    "title": LocalizedText("标题", "The title"),
    "seconds": LocalizedText("时长", "The length"),
    "choices": LocalizedText("选择的文字", "A choice's words"),
    "people": LocalizedText("角色", "The cast"),
    "name": LocalizedText("角色的名字", "A name in the cast"),
    "voice": LocalizedText("角色的声音", "A voice in the cast"),
    "beats": LocalizedText("情节", "The plot"),
    "summary": LocalizedText("情节说明", "A step's summary"),
    "told": LocalizedText("讲述的文字", "The words told"),
    "tension": LocalizedText("张力", "The tension"),
    "lines": LocalizedText("台词", "The lines"),
    "line": LocalizedText("这句台词", "This line"),
    "person": LocalizedText("说话的人", "The speaker"),
    "act": LocalizedText("动作里的人", "Who acts"),
    "pause": LocalizedText("句后停顿", "The pause"),
    "breath": LocalizedText("开场停顿", "The opening pause"),
}
_CODES = {
    "empty": LocalizedText("不能为空", "may not be empty"),
    "too_long": LocalizedText("太长了", "is too long"),
    "too_many": LocalizedText("太多了", "are too many"),
    "unknown_person": LocalizedText("不在角色表里", "is not in the cast"),
    "twice": LocalizedText("有两个用了同一个代号", "has two people with one id"),
    "out_of_range": LocalizedText("超出了可用的范围", "is out of range"),
}
_MAX_CHARACTERS = {
    "line": MAX_LINE_CHARACTERS,
    "title": MAX_TITLE_CHARACTERS,
    "name": MAX_TITLE_CHARACTERS,
    "choices": MAX_TITLE_CHARACTERS,
}


def fault_message(fault: Fault) -> LocalizedText:
    """One sentence: in which scene and line, what is wrong, and how long it may be."""
    field, code = _FIELDS[fault.field], _CODES[fault.code]
    zh, en = f"{field.zh}{code.zh}", f"{field.en} {code.en}"
    if fault.code == "too_long" and fault.field in _MAX_CHARACTERS:
        zh, en = (
            f"{zh}，最多 {_MAX_CHARACTERS[fault.field]} 个字",
            f"{en}: at most {_MAX_CHARACTERS[fault.field]} characters",
        )
    if fault.scene is None:
        return LocalizedText(zh, en)
    line = fault.line
    at_zh = f"第 {fault.scene + 1} 场" + (f"第 {line + 1} 句" if line is not None else "")
    at_en = f"Scene {fault.scene + 1}" + (f", line {line + 1}" if line is not None else "")
    return LocalizedText(f"{at_zh}：{zh}", f"{at_en}: {en[0].lower()}{en[1:]}")


def field_errors(faults: Sequence[Fault]) -> list[FieldError]:
    """The first ``MAX_ERRORS`` faults as the ``errors`` of a Problem."""
    return [
        {"field": fault.field, "message": fault_message(fault).localized()}
        for fault in faults[:MAX_ERRORS]
    ]


def canonical_edit(kind: type[Outline | Script], field: str, data: JsonObject) -> JsonObject:
    """An edited outline or script in its canonical form. Raises Problem that names the faults."""
    title = LocalizedText("改动有误，没有保存", "The edit is not sound; nothing was saved")
    try:
        edited = from_json(kind, data)
    except (ValueError, TypeError) as exc:  # what no form of ours sends
        detail = LocalizedText(f"格式不对：{exc}", f"Not of the right form: {exc}")
        raise Problem(
            f"bad_{field}", title, detail=detail, errors=[{"field": field, "message": str(exc)}]
        ) from exc
    if faults := find_faults(edited):
        raise Problem(
            f"bad_{field}", title, detail=fault_message(faults[0]), errors=field_errors(faults)
        )
    valid: JsonObject = to_json(edited)
    return valid


_CORRECTION_CODES = {
    "not_there": LocalizedText("那里没有读出这样的事实", "no such fact was read there"),
    "out_of_text": LocalizedText("不在原文里", "is not within the text"),
    "only_people": LocalizedText("只有人物可以添改", "only people can be added or changed"),
    "no_words": LocalizedText("不像一个名字", "does not look like a name"),
    "there_already": LocalizedText("那里已经有一个人了", "there is somebody there already"),
    "too_many": LocalizedText("太多了", "are too many"),
}


def correction_message(fault: CorrectionFault) -> LocalizedText:
    """Which correction is at fault, counted from one, and why."""
    why = _CORRECTION_CODES[fault.code]
    if fault.field == "corrections":
        return LocalizedText(f"更正{why.zh}", f"The corrections {why.en}")
    number = fault.index + 1
    return LocalizedText(f"第 {number} 处更正：{why.zh}", f"Correction {number}: {why.en}")


def canonical_corrections(facts: JsonObject, corrections: Sequence[JsonObject]) -> list[JsonObject]:
    """Corrections in their canonical form. Raises Problem ``bad_corrections`` that names those
    which do nothing to the facts as they were read.
    """
    read = [from_json(Correction, data) for data in corrections]
    faults = list(find_wrong(from_json(Facts, facts), read))
    if faults:
        errors: list[FieldError] = [
            {
                "field": f"corrections.{fault.index}.{fault.field}",
                "message": correction_message(fault).localized(),
                "index": fault.index,
            }
            for fault in faults[:MAX_ERRORS]
        ]
        raise Problem(
            "bad_corrections",
            LocalizedText("更正有误，没有保存", "The correction is not sound; nothing was saved"),
            detail=correction_message(faults[0]),
            errors=errors,
        )
    valid: list[JsonObject] = to_json(read)
    return valid
