"""What is wrong with an edited outline or script, in words for its author."""

from __future__ import annotations

from typing import Any

from generation.story.validation import MAX_LINE_CHARACTERS, MAX_TITLE_CHARACTERS, Fault
from huaben.core.localized import LocalizedText

_FIELDS = {
    "title": LocalizedText("标题", "The title"),
    "seconds": LocalizedText("时长", "The length"),
    "choices": LocalizedText("选择的文字", "A choice's words"),
    "people": LocalizedText("角色", "The cast"),
    "name": LocalizedText("角色的名字", "A name in the cast"),
    "voice": LocalizedText("角色的声音", "A voice in the cast"),
    "beats": LocalizedText("情节", "The plot"),
    "summary": LocalizedText("情节说明", "A step's summary"),
    "tension": LocalizedText("张力", "The tension"),
    "lines": LocalizedText("台词", "The lines"),
    "line": LocalizedText("这句台词", "This line"),
    "person": LocalizedText("说话的人", "The speaker"),
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
_MOST = {
    "line": MAX_LINE_CHARACTERS,
    "title": MAX_TITLE_CHARACTERS,
    "name": MAX_TITLE_CHARACTERS,
    "choices": MAX_TITLE_CHARACTERS,
}


def words_for(fault: Fault) -> LocalizedText:
    """One sentence: where, what, and how long it may be at most."""
    field, code = _FIELDS[fault.field], _CODES[fault.code]
    zh, en = f"{field.zh}{code.zh}", f"{field.en} {code.en}"
    if fault.code == "too_long" and fault.field in _MOST:
        zh, en = (
            f"{zh}，最多 {_MOST[fault.field]} 个字",
            f"{en}: at most {_MOST[fault.field]} characters",
        )
    if fault.scene is None:
        return LocalizedText(zh, en)
    line = fault.line
    at_zh = f"第 {fault.scene + 1} 场" + (f"第 {line + 1} 句" if line is not None else "")
    at_en = f"Scene {fault.scene + 1}" + (f", line {line + 1}" if line is not None else "")
    return LocalizedText(f"{at_zh}：{zh}", f"{at_en}: {en[0].lower()}{en[1:]}")


def errors_of(faults: list[Fault]) -> list[dict[str, Any]]:
    """The faults as a problem names them."""
    return [
        {"field": fault.field, "message": words_for(fault).localized()} for fault in faults[:20]
    ]
