"""A rightholder complains, an admin takes the film down, its creator answers, and it is back: each
in a browser.
"""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import faults, sign_in
from tests.e2e.published import published_series
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
TITLE = "断桥灯影"
NOTICE = {
    "claimant_name": "涌金书局",
    "email": "rights@publisher.example",
    "address": "钱塘门外涌金路8号",
    "work_title": "断桥旧事",
    "work_place": "https://publisher.example/duanqiao",
    "statement": "第一回照搬了第三章的对白",
    "good_faith": True,
    "signature": "许宣",
}


@pytest.fixture(scope="module")
def stage(demo, tmp_path_factory):
    """A series on stage while this module's tests run."""
    with published_series(demo, tmp_path_factory.mktemp("stage"), TITLE) as series:
        yield series


def _faults_at_rest(page: Page) -> list[tuple[str, str]]:
    """Of a page that was just opened: once everything that it asks for has come."""
    page.wait_for_load_state("networkidle")
    return faults(page)


def test_a_rightholder_complains_the_film_goes_its_creator_answers_and_it_returns(
    demo, open_page, stage
):
    def feed():
        return [
            item["episode"]["id"] for item in demo.client().get("/api/v1/feed").json()["results"]
        ]

    assert feed() == stage.episode_ids
    claimant = open_page(f"/series/{stage.series_id}", phone=True)
    claimant.get_by_role("link", name="权利人？告诉我们").click()
    claimant.get_by_label("权利人姓名或名称").fill("涌金书局")
    claimant.get_by_label("邮箱").fill("rights@publisher.example")
    claimant.get_by_label("通信地址").fill("钱塘门外涌金路8号")
    claimant.get_by_label("作品名称").fill("断桥旧事")
    claimant.get_by_label("在哪里可以看到它").fill("https://publisher.example/duanqiao")
    claimant.get_by_label("第 1 集").check()
    claimant.get_by_label("哪些地方用了你的作品").fill("第一回照搬了第三章的对白")
    claimant.get_by_label("证明材料的链接").fill("javascript:alert(1)")
    claimant.get_by_label("我是权利人或得到了授权").check()
    claimant.get_by_label("署名").fill("许宣")
    claimant.get_by_role("button", name="提交投诉").click()
    expect(claimant.get_by_text("请填 http 或 https 链接")).to_be_visible()
    claimant.get_by_label("证明材料的链接").fill("https://publisher.example/proof")
    claimant.get_by_role("button", name="提交投诉").click()
    expect(claimant.get_by_role("heading", name="收到了")).to_be_focused()
    link = claimant.get_by_label("你的链接").input_value()
    claimant.get_by_role("link", name="去看进展").click()
    expect(claimant.get_by_role("heading", name="已收到")).to_be_visible()
    number = claimant.get_by_text(re.compile("^编号")).inner_text().removeprefix("编号 ")
    assert feed() == stage.episode_ids, "nobody has read it yet"

    admin = open_page("/")
    sign_in(admin, "版权")
    admin.goto("/rights")
    admin.get_by_role("link", name=number).click()
    expect(admin.get_by_text("rights@publisher.example")).to_be_visible()
    admin.get_by_role("button", name="材料齐全，下架").click()
    admin.get_by_label("按哪里的规则").select_option(label="中国：凭说明即恢复（条例）")
    admin.get_by_role("button", name="确认下架").click()
    expect(admin.get_by_text("等作者答复")).to_be_visible()
    wait_until(lambda: feed() == [])
    gone = open_page(f"/series/{stage.series_id}", phone=True)
    expect(gone.get_by_role("heading", name="这部戏已经撤下")).to_be_visible()

    creator = open_page("/")
    sign_in(creator, "作者")
    creator.goto("/studio")
    creator.get_by_role("link", name=re.compile("涌金书局 称《断桥灯影》")).click()
    expect(creator.get_by_text("交上后作品随即恢复")).to_be_visible()
    expect(creator.locator("body")).not_to_contain_text("rights@publisher.example")
    creator.get_by_role("button", name="交上声明").click()
    expect(creator.get_by_text("要先作这项声明")).to_be_visible()
    creator.get_by_label("为什么不侵权").fill("剧本是我自己写的，有草稿")
    creator.get_by_label("证明链接").fill("https://creator.example/draft")
    creator.get_by_label("以上属实").check()
    creator.get_by_label("署名").fill("作者本人")
    creator.get_by_role("button", name="交上声明").click()
    expect(creator.get_by_text("作品已经恢复。")).to_be_visible()
    wait_until(lambda: feed() == stage.episode_ids)
    gone.reload()
    expect(gone.get_by_role("heading", name=TITLE)).to_be_visible()

    claimant.goto(link)
    expect(claimant.get_by_role("heading", name="已恢复")).to_be_visible()
    expect(claimant.get_by_text("剧本是我自己写的，有草稿")).to_be_visible()
    again = demo.client().send(
        "POST", "/api/v1/rights/notices", {"series_id": stage.series_id, **NOTICE}
    )
    assert again.status_code == 201, "the whole series is another target than its one version"
    secret = again.json()["secret"]
    assert (
        demo.client().send("POST", f"/api/v1/rights/notices/{secret}/withdraw").status_code == 200
    )


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_pages_of_a_claim_and_of_people_are_without_fault_for_a_screen_reader(
    demo, open_page, stage, language
):
    admin, operator = demo.client("copyright"), demo.client("operator")
    body = {
        "series_id": stage.series_id,
        **NOTICE,
        "claimant_name": language,
        "email": f"{uuid.uuid4()}@x.example",
    }
    filed = demo.client().send("POST", "/api/v1/rights/notices", body).json()
    claims = admin.get("/api/v1/rights/claims").json()["results"]
    claim_id = next(claim["id"] for claim in claims if claim["number"] == filed["number"])
    person = operator.get("/api/v1/people?q=viewer").json()["results"][0]["id"]

    found = {}
    phone = open_page(f"/rights/notice?series={stage.series_id}", phone=True, language=language)
    found["notice"] = _faults_at_rest(phone)
    phone.goto("/rights/notice")
    found["no series"] = _faults_at_rest(phone)
    admin.send("POST", f"/api/v1/rights/claims/{claim_id}/complete").raise_for_status()
    phone.goto(f"/rights/claims/{filed['secret']}")
    phone.locator("main button").first.click()
    found["filed"] = _faults_at_rest(phone)
    for name, who, paths in (
        ("Copyright", "版权", ["/rights", "/rights/blocks", f"/rights/desk/{claim_id}"]),
        ("Creator", "作者", ["/studio", f"/studio/claims/{claim_id}"]),
        ("Operator", "运维", ["/ops", "/ops/people", f"/ops/people/{person}"]),
    ):
        page = open_page("/", language=language)
        # The reader's own choice; else the account's language counts.
        page.evaluate("language => localStorage.setItem('huaben.language', language)", language[:2])
        sign_in(page, f"(?:{who}|{name})")
        for path in paths:
            page.goto(path)
            found[path] = _faults_at_rest(page)
    assert {path: faulty for path, faulty in found.items() if faulty} == {}
    demo.client().send(
        "POST", f"/api/v1/rights/notices/{filed['secret']}/withdraw"
    ).raise_for_status()


def test_an_operator_gives_a_role_and_takes_it_in_the_page(demo, open_page):
    page = open_page("/")
    sign_in(page, "运维")
    page.goto("/ops")
    page.get_by_role("link", name="人与职责").click()
    page.get_by_label("找人").fill("viewer@demo")
    page.get_by_role("link", name="viewer", exact=True).click()
    role = page.get_by_role("button", name="审看员")
    expect(role).to_have_attribute("aria-pressed", "false")
    role.click()
    expect(role).to_have_attribute("aria-pressed", "true")
    assert "moderator" in demo.client("viewer").get("/api/v1/me").json()["user"]["roles"]
    role.click()
    expect(role).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("由 operator")).to_have_count(2)
    assert demo.client("viewer").get("/api/v1/review/cases").status_code == 403
    assert (
        demo.client("operator")
        .send("DELETE", "/api/v1/people/" + _id(demo) + "/roles/operator")
        .status_code
        == 403
    )


def _id(demo) -> str:
    return str(demo.client("operator").get("/api/v1/me").json()["user"]["id"])
