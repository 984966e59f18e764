"""The AIGC object, provider codes, the explicit mark and the notice table."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.labels import (
    TEST_PRODUCER,
    AigcLabel,
    ExplicitMark,
    LabelError,
    MalformedCode,
    MalformedLabel,
    NoRuleInForce,
    ProducerCode,
    check_explicit_mark,
    explicit_mark,
    producer_label,
    producer_or_test,
    propagator_label,
    required_notice,
    rules_in_force,
)
from moderation.labels.producer import check_character

LAWFUL = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "\\")
values = st.text(LAWFUL, max_size=60)
labels = st.builds(
    AigcLabel,
    Label=st.sampled_from("123"),
    ContentProducer=values,
    ProduceID=values,
    ReservedCode1=values,
    ContentPropagator=values,
    PropagateID=values,
    ReservedCode2=values,
)


@given(labels)
def test_a_label_goes_to_json_and_back_flat_and_wrapped(label: AigcLabel) -> None:
    text = label.to_json()
    assert AigcLabel.from_json(text) == label
    assert AigcLabel.from_json(json.dumps({"AIGC": json.loads(text)})) == label
    assert "AIGC" not in json.loads(text), "we write flat"
    assert list(json.loads(text)) == list(asdict(label)), "in the standard's order"


@given(
    st.text(min_size=1, max_size=20).filter(
        lambda text: any(character not in LAWFUL for character in text)
    )
)
def test_no_value_holds_a_character_outside_the_standards_set(text: str) -> None:
    with pytest.raises(MalformedLabel):
        AigcLabel(Label="1", ProduceID=text)


@given(
    st.text(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps)
)
def test_whatever_stands_in_the_metadata_reading_gives_a_label_or_says_malformed(text: str) -> None:
    with pytest.raises(MalformedLabel):
        AigcLabel.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"Label":"4"}',
        '{"Label":1}',
        '{"Label":"1","Label":"3"}',
        '{"AIGC":"1"}',
        '{"Label":"1","ProduceID":null}',
        '{"Label":"1","ProduceID":"a b"}',
        '{"Label":"1","ProduceID":"' + "x" * 2000 + '"}',
        "[" * 5000,
    ],
)
def test_malformed_metadata_is_refused(text: str) -> None:
    with pytest.raises(MalformedLabel):
        AigcLabel.from_json(text)


def test_a_makers_label_names_the_maker_as_first_propagator() -> None:
    label = producer_label(str(TEST_PRODUCER), "ep-1")
    assert (label.Label, label.ContentPropagator, label.PropagateID) == (
        "1",
        str(TEST_PRODUCER),
        "ep-1",
    )
    assert label.missing() == ()


def test_propagating_fills_the_propagators_elements_and_keeps_the_makers() -> None:
    label = replace(producer_label("maker", "m-1", reserved="signed"), ReservedCode2="old")
    passed_on = propagator_label(label, "platform", "p-9")
    assert passed_on == replace(
        label, ContentPropagator="platform", PropagateID="p-9", ReservedCode2=""
    )
    assert propagator_label(None, "platform", "p-9", "3").missing() == ()
    with pytest.raises(MalformedLabel):
        propagator_label(None, "platform", "p-9")


def test_the_check_character_agrees_with_the_example_of_the_standard() -> None:
    assert check_character("91350100M000100Y4") == "3"  # GB 32100-2015, annex


@given(
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17),
    st.integers(0, 16),
    st.data(),
)
def test_a_slip_in_one_character_of_a_credit_code_is_caught(
    first: str, at: int, data: st.DataObject
) -> None:
    code = ProducerCode(first + check_character(first), "1", "0A0Z")
    assert ProducerCode.parse(str(code)) == code
    wrong = data.draw(
        st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY").filter(lambda other: other != first[at])
    )
    slipped = replace(code, credit_code=first[:at] + wrong + first[at + 1 :] + code.credit_code[17])
    with pytest.raises(MalformedCode):
        ProducerCode.parse(str(slipped))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "00",
        "0" * 27 + "1",
        "01" + str(TEST_PRODUCER)[2:],
        "0091" + "0" * 18 + "1TEST",
        "0011" + "0" * 18 + "9TEST",
        "0011" + "0" * 18 + "1te st",
    ],
)
def test_a_code_of_the_wrong_form_is_refused(code: str) -> None:
    with pytest.raises(MalformedCode):
        ProducerCode.parse(code)


def test_without_a_code_the_test_operator_stands_in_and_is_recognised() -> None:
    assert producer_or_test(None).is_test
    assert len(str(producer_or_test(None))) == 27
    assert ProducerCode.parse("0011" + "0" * 18 + "00000") == ProducerCode("0" * 18)


@given(st.integers(64, 4096), st.integers(64, 4096), st.sampled_from(["zh", "en"]))
def test_the_mark_is_lawful_on_every_picture(width: int, height: int, language: str) -> None:
    mark = explicit_mark(width, height, language)
    assert check_explicit_mark(mark, width, height) == ()
    assert "AI生成" in mark.text
    assert mark.height_px >= 0.055 * min(width, height)


def test_each_way_of_breaking_the_rule_of_the_mark_is_named() -> None:
    good = explicit_mark(720, 1280)
    assert good.height_px == 40
    for changed, problem in (
        (replace(good, text="AI"), "words"),
        (replace(good, text="AI-generated"), "words"),
        (replace(good, text="人工制作"), "words"),
        (replace(good, start=0.5), "late"),
        (replace(good, end=1.9), "short"),
        (replace(good, end=float("nan")), "short"),
        (replace(good, height_px=35), "small"),
        (replace(good, margin_px=1300), "outside"),
    ):
        assert check_explicit_mark(changed, 720, 1280) == (problem,)
    assert (
        check_explicit_mark(ExplicitMark("人工智能合成", 0, 2, 36, "top_left", 0), 720, 1280) == ()
    )


@pytest.mark.parametrize(
    ("width", "height", "seconds"),
    [(0, 10, None), (10, -1, None), (9, 9, 1.0), (9, 9, float("nan"))],
)
def test_an_impossible_mark_is_refused(width: int, height: int, seconds: float | None) -> None:
    with pytest.raises(ValueError):
        explicit_mark(width, height, seconds=seconds)


def test_the_notice_table_of_article_six() -> None:
    is_ai, may_be, suspected = (AigcLabel(Label=value) for value in "123")
    for carried, declared, traces, expected in (
        (is_ai, False, 0.0, "1"),
        (is_ai, True, 1.0, "1"),
        (None, True, 0.0, "2"),
        (None, True, 1.0, "2"),
        (None, False, 0.5, "3"),
        (None, False, 0.49, None),
        (may_be, False, 0.0, "2"),
        (suspected, True, 0.0, "2"),
        (suspected, False, 0.0, "3"),
    ):
        notice = required_notice(carried, declared, traces)
        assert (notice.label if notice else None) == expected
    notice = required_notice(None, True, 0)
    assert notice is not None
    assert notice.zh == "可能为生成合成内容"
    assert notice.en
    with pytest.raises(ValueError):
        required_notice(None, False, float("nan"))


def test_no_rule_is_in_force_before_the_first() -> None:
    assert rules_in_force(date(2025, 9, 1)).version.startswith("cn-label")
    with pytest.raises(NoRuleInForce):
        rules_in_force(date(2025, 8, 31))
    assert issubclass(NoRuleInForce, LabelError)
