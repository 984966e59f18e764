"""The tier rules: data with the day it came into force, read from a row of ``RuleVersion``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

import re2

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.types import JsonObject

from .number_parts import IssuerLevel

Tier = Literal["key", "ordinary", "other"]
TIERS: tuple[Tier, ...] = get_args(Tier)
# Real numbers are copied from documents, with either kind of bracket.
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", "〔": "（", "〕": "）"})
# Whose numbers a tier has, where a version of the rules does not say it: 重点 goes to the province
# first and to the NRTA again, 普通 stays with the province (docs/filing.md), the rest is not known.
ISSUERS_OF: dict[str, tuple[IssuerLevel, ...]] = {
    "key": ("central", "provincial"),
    "ordinary": ("provincial",),
    "other": ("central", "provincial"),
}
MAX_PATTERN_LENGTH = 200
MAX_PATTERN_MEMORY = 1024**2


@dataclass(frozen=True)
class TierRule:
    """One tier: who belongs to it by budget (fen; ``budget_below`` None: no end) and what its
    numbers look like.
    """

    tier: Tier
    name: LocalizedText
    budget_from: int
    budget_below: int | None
    special_theme: bool
    number_pattern: str
    example: str
    pattern_certainty: str
    issuers: tuple[IssuerLevel, ...] = ("central", "provincial")


def read_tiers(rows: Iterable[JsonObject]) -> dict[str, TierRule]:
    """The tiers of a rule version, by name. Raises Problem ``bad_rule`` for data of another
    form.
    """
    try:
        tiers = {row["tier"]: _read_tier(row) for row in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise _bad_rule(str(error)) from error
    if set(tiers) != set(TIERS):
        raise _bad_rule(f"tiers must be {', '.join(TIERS)}")
    ranges = sorted((rule.budget_from, rule.budget_below) for rule in tiers.values())
    below: int | None = 0
    for start, end in ranges:
        if start != below:
            raise _bad_rule("budgets must run from 0 without gap or overlap")
        below = end
    if below is not None:
        raise _bad_rule("the highest tier has no upper end")
    return tiers


def find_tier(tiers: Mapping[str, TierRule], *, budget_fen: int, special_theme: bool) -> Tier:
    """The tier of a work by its budget; one with a special theme is in the tier for such themes
    whatever it cost. Raises ValueError when no tier has such a budget.
    """
    for rule in tiers.values():
        if special_theme and rule.special_theme:
            return rule.tier
    for rule in tiers.values():
        if rule.budget_from <= budget_fen and (
            rule.budget_below is None or budget_fen < rule.budget_below
        ):
            return rule.tier
    raise ValueError(f"no tier for {budget_fen} fen")


def normalize_number(number: str) -> str:
    """A number as it is stored: no spaces around, full-width brackets."""
    return " ".join(number.split()).translate(_FULL_WIDTH)


def matches_tier(rule: TierRule, number: str) -> bool:
    """Whether a normalized number looks like one of this tier."""
    return _compiled(rule.number_pattern).fullmatch(number) is not None


def _read_tier(row: JsonObject) -> TierRule:
    if len(row["number_pattern"]) > MAX_PATTERN_LENGTH:
        raise ValueError("the number pattern is too long")
    _compiled(row["number_pattern"])
    start, below = row["budget_from_fen"], row["budget_below_fen"]
    if type(start) is not int or (below is not None and type(below) is not int):
        raise ValueError("budgets are whole fen")
    return TierRule(
        tier=row["tier"],
        name=LocalizedText(row["zh"], row["en"]),
        budget_from=start,
        budget_below=below,
        special_theme=bool(row["special_theme"]),
        number_pattern=row["number_pattern"],
        example=row["example"],
        pattern_certainty=row["pattern_certainty"],
        issuers=tuple(row.get("issuers") or ISSUERS_OF[row["tier"]]),
    )


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    """The pattern as RE2 has it: matched in linear time, whatever an admin wrote. Python's own
    would hold the process for ever at ``(a|aa)+$``. Raises ValueError.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MAX_PATTERN_MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as exc:
        raise ValueError(f"the number pattern is none that RE2 takes: {exc}") from exc


def _bad_rule(detail: str) -> Problem:
    return Problem(
        "bad_rule",
        LocalizedText("规则表的格式不对", "The rule table is not in the right form"),
        detail=LocalizedText(detail, detail),
    )
