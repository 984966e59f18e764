"""The rule tables: what the law asks of a label, as data with the day it came into force.

The table lies in ``rules.json``. An operator who must correct it before a release passes a table of
his own, in the same form, to ``load_rules``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from moderation.labels.errors import LabelError, NoRuleInForce

Language = Literal["zh", "en"]
Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]

SHIPPED_TABLE = Path(__file__).with_name("rules.json")


@dataclass(frozen=True)
class LabelNotice:
    """What stands beside the content for one kind of evidence, and the ``Label`` value that goes
    with it.
    """

    key: str
    label: str
    zh: str
    en: str


@dataclass(frozen=True)
class LabelRules:
    """One version of the rules. Ratios are fractions of the picture's shortest side, times are
    seconds.
    """

    version: str
    effective: date
    min_seconds: float
    min_height_ratio: float
    ai_words: tuple[str, ...]
    made_words: tuple[str, ...]
    mark_seconds: float
    mark_height_ratio: float
    mark_margin_ratio: float
    mark_corner: Corner
    mark_text: dict[str, str]
    code_reserved: str
    code_subject_types: tuple[str, ...]
    code_bindings: tuple[str, ...]
    code_services: dict[str, str]
    code_no_extension: str
    trace_threshold: float
    notice_metadata: LabelNotice
    notice_declared: LabelNotice
    notice_traces: LabelNotice
    source_type_ai: str
    source_type_assisted: str


def _notice(row: dict[str, str]) -> LabelNotice:
    return LabelNotice(row["notice"], row["label"], row["zh"], row["en"])


def _rules(row: dict[str, Any]) -> LabelRules:
    explicit, house, code, duty = row["explicit"], row["house"], row["producer_code"], row["duty"]
    return LabelRules(
        version=row["version"],
        effective=date.fromisoformat(row["effective"]),
        min_seconds=float(explicit["min_seconds"]),
        min_height_ratio=float(explicit["min_height_ratio"]),
        ai_words=tuple(explicit["ai_words"]),
        made_words=tuple(explicit["made_words"]),
        mark_seconds=float(house["seconds"]),
        mark_height_ratio=float(house["height_ratio"]),
        mark_margin_ratio=float(house["margin_ratio"]),
        mark_corner=house["corner"],
        mark_text=dict(house["text"]),
        code_reserved=code["reserved"],
        code_subject_types=tuple(code["subject_types"]),
        code_bindings=tuple(code["bindings"]),
        code_services=dict(code["services"]),
        code_no_extension=code["no_extension"],
        trace_threshold=float(duty["trace_threshold"]),
        notice_metadata=_notice(duty["metadata"]),
        notice_declared=_notice(duty["declared"]),
        notice_traces=_notice(duty["traces"]),
        source_type_ai=row["digital_source_type"]["ai"],
        source_type_assisted=row["digital_source_type"]["assisted"],
    )


@cache
def load_rules(table: Path = SHIPPED_TABLE) -> tuple[LabelRules, ...]:
    """All versions in a table, oldest first. Raises LabelError when the table is not in the shipped
    one's form.
    """
    try:
        versions = [_rules(row) for row in json.loads(table.read_text("utf-8"))["versions"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabelError(f"the label rules in {table} cannot be read: {error!r}") from error
    return tuple(sorted(versions, key=lambda rules: rules.effective))


def rules_in_force(
    day: date | None = None, versions: tuple[LabelRules, ...] | None = None
) -> LabelRules:
    """The version in force on ``day`` (today when None). Raises NoRuleInForce before the first
    one.
    """
    day = day or date.today()
    in_force = [rules for rules in (versions or load_rules()) if rules.effective <= day]
    if not in_force:
        raise NoRuleInForce(f"no label rule is in force on {day.isoformat()}")
    return in_force[-1]
