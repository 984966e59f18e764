"""The story graph's conditions and effects."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaben.catalog.graph import apply_effects, check_condition, check_effects, check_graph, holds
from huaben.core.problems import Problem

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["all", "any", "not", "var", "op", "value", "x"]), inner)
    ),
    max_leaves=20,
)


def test_a_condition_reads_an_unset_variable_as_zero():
    assert holds({"var": "courage", "op": "eq", "value": 0}, {})
    assert not holds({"var": "courage", "op": "ge", "value": 1}, {})


def test_all_any_and_not_nest():
    condition = {
        "all": [
            {
                "any": [
                    {"var": "a", "op": "gt", "value": 3},
                    {"var": "b", "op": "eq", "value": "玉佩"},
                ]
            },
            {"not": {"var": "dead", "op": "eq", "value": True}},
        ]
    }
    assert holds(condition, {"b": "玉佩"})
    assert not holds(condition, {"b": "玉佩", "dead": True})
    assert not holds(condition, {"a": 3})


def test_a_text_is_never_less_or_more_than_a_number():
    assert not holds({"var": "name", "op": "lt", "value": 5}, {"name": "阿蘅"})


def test_effects_set_and_add_within_bounds():
    assert apply_effects([{"var": "trust", "op": "add", "value": 2}], {"trust": 3}) == {"trust": 5}
    assert apply_effects([{"var": "trust", "op": "add", "value": 10**6}], {"trust": 10**6}) == {
        "trust": 10**6
    }
    assert apply_effects([{"var": "jade", "op": "set", "value": True}], {}) == {"jade": True}


@given(json_values)
def test_any_json_is_either_named_wrong_or_can_be_evaluated(node):
    if check_condition(node) is None:
        assert holds(node, {"a": 1}) in (True, False)


@given(json_values)
def test_any_effects_are_either_named_wrong_or_can_be_applied(node):
    if check_effects(node) is None:
        assert isinstance(apply_effects(node, {}), dict)


def test_a_condition_too_deep_is_refused():
    node: object = {"var": "a", "op": "eq", "value": 1}
    for _ in range(20):
        node = {"not": node}
    wrong = check_condition(node)
    assert wrong is not None and wrong.en == "too large"


def test_every_choice_at_fault_is_named():
    a, b, stranger = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    with pytest.raises(Problem) as refused:
        check_graph(
            {a, b},
            [
                {"from_episode_id": a, "to_episode_id": stranger},
                {"from_episode_id": a, "to_episode_id": b},
                {
                    "from_episode_id": b,
                    "to_episode_id": b,
                    "condition": {"var": "A!", "op": "eq", "value": 1},
                },
            ],
        )
    assert {(e["index"], e["field"]) for e in refused.value.errors} == {
        (0, "to_episode_id"),
        (0, "text"),
        (1, "text"),
        (2, "to_episode_id"),
        (2, "condition"),
    }
