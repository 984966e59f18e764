"""Patterns of filing numbers, which an admin writes: matched in linear time."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from huaben.core.localized import LocalizedText
from huaben.filing.tier_rules import TierRule, matches_tier

RULE = TierRule("key", LocalizedText("重点", "key"), 0, None, False, "", "", "H")


@pytest.mark.parametrize(
    "pattern", ["(a|aa)+$", "(a+)+b", "(.*)*x", ".*.*.*.*.*.*.*.*.*.*y", "(a?){60}a{60}"]
)
def test_no_pattern_holds_the_process(pattern):
    started = time.process_time()
    matches_tier(replace(RULE, number_pattern=pattern), "a" * 59 + "!")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("number", "ours"),
    [
        ("（总局）网微剧审字（2026）第012号", True),
        ("（浙）网微剧备字（2026）第01234号", True),
        ("（浙）网微剧备字（2026）第1号", False),
        ("x（浙）网微剧备字（2026）第01234号", False),
    ],
)
def test_the_patterns_in_force_are_understood(number, ours):
    pattern = "（(总局|[一-鿿]{1,4})）网微剧(审|备)字（[0-9]{4}）第[0-9]{3,5}号"
    assert matches_tier(replace(RULE, number_pattern=pattern), number) is ours


@pytest.mark.parametrize("pattern", ["(", "(?=a)", r"(a)\1", "a{1000}{1000}"])
def test_a_pattern_that_cannot_be_matched_so_is_refused(pattern):
    with pytest.raises(ValueError, match="RE2"):
        matches_tier(replace(RULE, number_pattern=pattern), "a")
