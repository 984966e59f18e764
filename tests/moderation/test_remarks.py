"""What people say in public: most of it passes, what nobody could read waits for somebody, the
worst does not get through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from moderation.explanations import explanations
from moderation.policy import Policy, shipped_policy
from moderation.remarks import moderate_remark, moderate_remarks
from moderation.text.classifier import shipped_classifier
from moderation.text.lexicon import shipped_lexicon
from moderation.types import Report

DAY = date(2026, 12, 1)
WARM = [
    "好看",
    "太好哭了，这一集",
    "666",
    "哈哈哈哈哈",
    "😂😂😂",
    "女鬼好美，灯影绝了",
    "书生快跑！！",
    "前方高能",
    "编剧你出来，我保证不打你",
    "打卡第一",
    "剧情有点拖沓，节奏可以更快",
    "AI画的手还是有点怪",
    "笑死我了",
    "加油加油",
    "BGM 是什么，求名字",
    "BGM 求名字",
    "演员参加群演那段太真实",
    "第13集 2分08秒",
]


@pytest.fixture(scope="module")
def judge() -> Callable[..., Report]:
    classifier, lexicon = shipped_classifier(), shipped_lexicon()

    def run(text: str, policy: Policy | None = None) -> Report:
        return moderate_remark(
            text, policy or shipped_policy(), classifier=classifier, lexicon=lexicon, day=DAY
        )

    return run


def policies(report: Report) -> set[str]:
    return {finding.policy for finding in report.findings}


@pytest.mark.parametrize("text", WARM)
def test_what_an_audience_says_passes(judge: Callable[..., Report], text: str) -> None:
    assert judge(text).verdict == "pass"


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("fuck you all you idiots 哈", "never.insult"),
        ("nobody wants to hear you, worthless worm", "abuse.english"),
        ("约炮 上门服务", "never.sexual"),
        ("尼哥滚回非洲去", "never.hate"),
        ("你就是sb", "never.insult"),
        ("傻、逼", "never.insult"),
        ("看完整版加 V X abc123", "remark.contact"),
        ("完整版在 www.juchang.example", "remark.contact"),
        ("juchang.vip看全集", "remark.contact"),
        ("他电话13800138000，大家去骂", "remark.contact"),
        ("傻逼作者，去死吧", "never.insult"),
    ],
)
def test_what_the_classifier_does_not_know_or_doubts_waits_for_a_person(
    judge: Callable[..., Report], text: str, policy: str
) -> None:
    report = judge(text)
    assert report.verdict == "review"
    assert policy in policies(report)


def test_only_the_classifiers_own_score_blocks(judge: Callable[..., Report]) -> None:
    assert judge("河南人都是骗子小偷").verdict == "block"
    blocking = [
        name for name, limits in shipped_policy().thresholds.items() if limits.block is not None
    ]
    assert blocking == ["abuse.comment"]


def test_abuse_of_a_character_is_noted_and_a_plain_insult_word_is_no_reason_by_itself(
    judge: Callable[..., Report],
) -> None:
    report = judge("这个反派真是人渣啊哈哈")
    assert (report.verdict, policies(report) >= {"remark.word.insult"}) == ("pass", True)


def test_a_policy_without_rules_for_remarks_holds_nothing_but_what_the_classifier_doubts(
    judge: Callable[..., Report],
) -> None:
    shipped = shipped_policy()
    older = replace(
        shipped,
        thresholds={
            name: threshold
            for name, threshold in shipped.thresholds.items()
            if not name.startswith(("remark.", "never."))
        },
    )
    report = judge("约炮 上门服务", older)
    assert report.verdict == "pass"
    assert "never.sexual" in policies(report), "without a threshold it is evidence"


@pytest.mark.parametrize("text", ["これは面白い", "очень красиво", "wunderschöne szenerie"])
def test_a_language_that_nobody_judges_passes_with_a_note(
    judge: Callable[..., Report], text: str
) -> None:
    report = judge(text)
    assert (report.verdict, policies(report)) == ("pass", {"remark.language"})


def test_many_remarks_in_one_call_are_judged_as_each_alone(judge: Callable[..., Report]) -> None:
    texts = [*WARM, "傻、逼", "you stupid idiot", "河南人都是骗子小偷", ""]
    together = moderate_remarks(
        texts,
        shipped_policy(),
        classifier=shipped_classifier(),
        lexicon=shipped_lexicon(),
        day=DAY,
    )
    alone = [judge(text) for text in texts]
    assert [report.verdict for report in together] == [report.verdict for report in alone]
    assert [policies(report) for report in together] == [policies(report) for report in alone]


def test_every_finding_can_be_explained_and_the_same_text_is_judged_the_same(
    judge: Callable[..., Report],
) -> None:
    text = "加微信 abcde12345 约炮 come on baby 傻逼"
    report = judge(text)
    assert report == judge(text)
    assert {finding.explanation for finding in report.findings} <= set(explanations())
    assert {"never.sexual", "remark.word.sexual", "remark.contact"} <= policies(report)
