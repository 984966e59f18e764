"""What a newcomer does, in a browser on real servers: make, check, file, watch; then see the feed
turn.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import faults, sign_in, wait_for_film
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
IDEA = "雨夜破庙，书生遇见提灯的女鬼，她只想讨回当年的玉佩"


def test_an_idea_becomes_an_episode_is_checked_labelled_and_shown(open_page, demo):
    page = open_page("/")
    expect(page.locator("body")).to_contain_text("话本")
    sign_in(page, "作者")
    page.goto("/studio")
    page.get_by_label("立意").fill(IDEA)
    page.get_by_label("多长（秒）").fill("24")
    page.get_by_role("button", name="开讲").click()
    page.wait_for_url("**/studio/projects/*")
    expect(page.locator("body")).to_contain_text("离线引擎：不含语言模型")
    for step in ("写剧本", "画分镜", "拍成片"):
        page.get_by_role("button", name=step).click(timeout=120_000)
    project = page.url.rsplit("/", 1)[1]
    creator = demo.client("creator")

    def made():
        view = creator.get(f"/api/v1/studio/projects/{project}").json()
        assert view["job"]["state"] != "failed", view["job"]
        return view if view["cut_id"] else None

    project_made = wait_until(made, 300)
    cut_id, title = project_made["cut_id"], project_made["outline"]["title"]
    in_review = lambda: creator.get(f"/api/v1/cuts/{cut_id}").json()["state"] == "in_review"  # noqa: E731
    wait_until(in_review, 300)
    cut = creator.get(f"/api/v1/cuts/{cut_id}").json()
    assert {reason["source"] for reason in cut["gate"]["reasons"]} == {"review", "words", "filing"}
    assert demo.client().get("/api/v1/feed").json()["results"] == []
    page.goto(page.url)
    expect(page.locator("video").first).to_be_visible(timeout=30_000)

    moderator = open_page("/")
    sign_in(moderator, "审看")
    moderator.goto("/review")
    moderator.get_by_role("navigation", name="队列").get_by_role(
        "link", name=re.compile(re.escape(title))
    ).first.click()
    moderator.get_by_role("button", name="领取").click()
    moderator.get_by_role("button", name="放行", exact=False).first.click()
    moderator.get_by_role("button", name="确认放行").click()
    wait_until(lambda: creator.get(f"/api/v1/cuts/{cut_id}").json()["state"] == "approved", 30)
    assert demo.client().get("/api/v1/feed").json()["results"] == []

    clerk = open_page("/")
    sign_in(clerk, "备案")
    clerk.goto("/filing")
    clerk.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    clerk.get_by_role("button", name="给示范号").click()
    expect(clerk.get_by_role("button", name="撤销备案")).to_be_visible()

    viewer = open_page("/", phone=True)
    expect(viewer.get_by_role("heading", name=title)).to_be_visible(timeout=30_000)
    expect(viewer.get_by_text("AI生成").first).to_be_visible()
    wait_for_film(viewer)

    # Taken back: gone everywhere at once.
    clerk.get_by_role("button", name="撤销备案").click()
    clerk.get_by_label("理由").fill("演示：撤销")
    clerk.get_by_role("button", name="确认撤销").click()
    wait_until(lambda: demo.client().get("/api/v1/feed").json()["results"] == [])


@pytest.mark.parametrize(
    "path", ["/", "/theatre", "/sign-in", "/studio", "/about/recommendation", "/about/labels"]
)
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_pages_are_without_fault_for_a_screen_reader(open_page, path, language):

    page = open_page(path, phone=True, language=language)
    page.wait_for_load_state("networkidle")
    assert faults(page) == []
