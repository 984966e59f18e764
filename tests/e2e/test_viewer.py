"""A viewer's evening on a phone: turn, keep, follow, wave away, come back, choose; and a machine
without a Chinese face.
"""

from __future__ import annotations

import re
import subprocess

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import find
from tests.e2e.pages import faults, sign_in, wait_for_film
from tests.e2e.published import publish_forked_story, published_series
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
FORKED, PLAIN = "雨夜还玉", "替嫁"


@pytest.fixture(scope="module")
def bill(demo, tmp_path_factory):
    """Two series on stage: one whose way parts, and a plain one."""
    folder = tmp_path_factory.mktemp("films")
    forked = publish_forked_story(demo, folder, FORKED, first=12.0, branch=20.0)
    with published_series(demo, folder, PLAIN, episodes=2, seconds=12) as plain:
        yield forked, plain


def _turn_to(page: Page, title: str) -> Locator:
    """Swipe down, and up again, until a play is the one on the screen."""
    on_screen = page.locator("article:not([inert])")
    expect(on_screen).to_have_count(1)
    page.mouse.move(180, 400)
    for turn in (0, 844, 844, -844, -844, -844):
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(1500 if turn else 0)
        if on_screen.count() and f"《{title}》" in (on_screen.get_attribute("aria-label") or ""):
            return on_screen
    raise AssertionError(f"{title} did not come")


def test_a_viewer_keeps_follows_waves_away_and_finds_the_place_again(open_page, demo, bill):
    page = sign_in(open_page("/", phone=True), "观众")
    page.goto("/")
    play = _turn_to(page, FORKED)
    expect(play.get_by_role("link", name=re.compile("^AI 标识"))).to_be_visible()
    wait_for_film(page, 4.5)
    # A touch stops the film and brings back the controls, which had gone away.
    page.touchscreen.tap(180, 300)
    play.get_by_role("button", name="收藏").click()
    expect(play.get_by_role("button", name="已收藏")).to_have_attribute("aria-pressed", "true")
    play.get_by_role("button", name=re.compile("^关注 ")).click()
    expect(play.get_by_role("button", name=re.compile("^取消关注"))).to_be_visible()
    _turn_to(page, PLAIN).get_by_role("button", name="不感兴趣").click()
    expect(page.get_by_text(f"以后少给你看《{PLAIN}》")).to_be_visible()
    assert faults(page) == []

    page.goto("/me/favourites")
    expect(page.get_by_text(FORKED)).to_be_visible()
    page.goto("/following")
    expect(page.get_by_text(FORKED).first).to_be_visible()
    page.goto("/me/history")
    expect(page.get_by_role("listitem").filter(has_text=FORKED)).to_be_visible()
    assert faults(page) == []
    page.goto("/me")
    expect(page.get_by_text("接着看").first).to_be_visible()
    # Waved away is gone for good, also from a page that is asked for anew.
    page.goto("/")
    expect(page.locator("article")).not_to_have_count(0)
    assert PLAIN not in " ".join(label or "" for label in page.locator("article").evaluate_all(
        "(found) => found.map((one) => one.ariaLabel)"
    ))  # fmt: skip


def test_the_next_episode_begins_from_the_end_of_the_one_before(open_page, demo, bill):
    page = open_page("/")
    play = _turn_to(page, PLAIN)
    wait_for_film(page)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    play.get_by_role("link", name="看下一集").click(timeout=30_000)
    expect(page.get_by_label(f"《{PLAIN}》第 2 集的画面")).to_be_visible(timeout=30_000)
    page.wait_for_function(
        """() => [...document.querySelectorAll('video')].some(
             (film) => !film.hidden && !film.paused && film.currentTime > 0.3
                 && film.ariaLabel.includes('第 2 集'))""",
        timeout=30_000,
    )


def test_a_choice_waits_through_a_dead_server_and_the_chosen_branch_plays(open_page, demo, bill):
    forked, _ = bill
    page = sign_in(open_page("/", phone=True), "作者")
    page.goto(f"/watch/{forked.series_id}")
    wait_for_film(page)
    expect(page.get_by_role("heading", name="戏往哪边走？")).to_be_visible(timeout=30_000)
    assert faults(page) == []
    demo.child("web").kill()
    expect(page.get_by_text("线断了，正在接回。你的位置还在。")).to_be_visible(timeout=20_000)
    wait_until(demo.is_ready)
    expect(page.get_by_text("线断了，正在接回。你的位置还在。")).to_be_hidden(timeout=60_000)
    page.get_by_role("button", name="转身走进雨里").click()
    expect(page.get_by_label(f"《{FORKED}》第 3 集的画面")).to_be_visible(timeout=30_000)
    # Somebody who comes back in another browser stands where they left.
    again = sign_in(open_page("/"), "作者")
    again.goto(f"/watch/{forked.series_id}")
    expect(again.get_by_label(f"《{FORKED}》第 3 集的画面")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="全剧终")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("选了「转身走进雨里」")).to_be_visible()


def test_a_machine_without_a_chinese_face_reads_chinese_all_the_same(chromium, demo, tmp_path):
    """A fresh Debian has none; Chromium would draw a box for each character."""
    latin = subprocess.run(
        ["fc-match", "-f", "%{file}", "DejaVu Sans"], capture_output=True, text=True, check=True
    )
    bare = tmp_path / "fonts.conf"
    bare.write_text(
        f"<fontconfig><dir>{latin.stdout.rpartition('/')[0]}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    browser = chromium.browser_type.launch(
        executable_path=find(),
        args=["--no-sandbox", "--disable-gpu"],
        env={"FONTCONFIG_FILE": str(bare)},
    )
    try:
        page = browser.new_page(base_url=demo.url, locale="zh-CN")
        page.goto("/sign-in")
        expect(page.locator("body")).to_have_css("font-family", re.compile('"LXGW WenKai"$'))
    finally:
        browser.close()
