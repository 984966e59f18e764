"""What people say, in browsers on a whole demo: seen by others once it was checked, and lost on no
bad day.
"""

from __future__ import annotations

import re
import signal
import time
import uuid

import pytest
import redis
from playwright.sync_api import Page, expect

from huaben.runtime.servers import read_addresses
from tests.e2e.pages import faults, sign_in, wait_for_film
from tests.e2e.published import published_series
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
FINE, DOUBTFUL, WORST = "这把伞借得好", "you stupid idiot", "河南人都是骗子小偷"


@pytest.fixture(scope="module")
def work(demo, tmp_path_factory):
    """An episode on stage, long enough to speak over."""
    with published_series(demo, tmp_path_factory.mktemp("films"), "断桥夜话", seconds=60) as series:
        yield series


def _watch(page: Page, work) -> Page:
    page.goto(f"/watch/{work.series_id}")
    return wait_for_film(page)


def _say(page: Page, text: str) -> None:
    page.get_by_role("button", name="弹幕", exact=True).first.click()
    page.get_by_label("发一条弹幕").last.fill(text)
    page.get_by_role("button", name="发送").click()


def _write(page: Page, text: str) -> None:
    page.get_by_label("写评论").fill(text)
    page.get_by_role("dialog").get_by_role("button", name="发送").click()


def _breathe() -> None:
    """Each may speak once a second, by the server's clock; what was said before has arrived."""
    time.sleep(1.1)  # noqa: TID251


def test_two_who_watch_see_a_danmaku_and_a_bad_one_is_seen_by_nobody(open_page, work):
    author = _watch(sign_in(open_page("/", phone=True), "观众"), work)
    other = _watch(open_page("/", phone=True), work)
    expect(other.locator("[data-danmaku]")).to_be_attached(timeout=15_000)
    _say(author, FINE)
    expect(author.locator("[data-danmaku]").get_by_text(FINE)).to_be_attached(timeout=15_000)
    expect(other.locator("[data-danmaku]").get_by_text(FINE)).to_be_attached(timeout=30_000)
    _breathe()
    author.get_by_label("发一条弹幕").last.fill(WORST)
    author.get_by_role("button", name="发送").click()
    expect(author.get_by_text(re.compile("弹幕未能发布"))).to_be_visible(timeout=20_000)
    expect(author.locator("[data-danmaku]").get_by_text(WORST)).to_have_count(0)
    assert other.get_by_text(WORST).count() == 0
    assert faults(author) == []


def test_a_comment_is_checked_answered_held_for_a_person_and_shown_by_one(open_page, work, demo):
    author = _watch(sign_in(open_page("/"), "观众"), work)
    author.get_by_role("button", name="评论").first.click()
    _write(author, FINE)
    row = author.get_by_role("listitem").filter(has_text=FINE)
    expect(row).to_be_visible()
    expect(row.get_by_text("正在查验")).to_have_count(0, timeout=20_000)
    _breathe()
    _write(author, DOUBTFUL)
    expect(author.get_by_text(re.compile("自动查验拿不准，要等人看过"))).to_be_visible(
        timeout=20_000
    )
    _breathe()
    _write(author, WORST)
    expect(author.get_by_text(re.compile("未能发布："))).to_be_visible(timeout=20_000)
    expect(author.get_by_role("button", name="请人再看")).to_be_visible()
    assert faults(author) == []

    other = _watch(sign_in(open_page("/"), "作者"), work)
    other.get_by_role("button", name="评论").first.click()
    expect(other.get_by_text(FINE)).to_be_visible()
    assert other.get_by_text(DOUBTFUL).count() == other.get_by_text(WORST).count() == 0
    other.get_by_role("listitem").filter(has_text=FINE).get_by_role("button", name="回复").click()
    _write(other, "同意，雨也借得好")
    expect(
        other.get_by_role("listitem").filter(has_text=FINE).get_by_text("同意，雨也借得好")
    ).to_be_visible()

    moderator = sign_in(open_page("/"), "审看")
    moderator.goto("/review/remarks")
    moderator.get_by_role("button", name=re.compile(DOUBTFUL)).click()
    expect(moderator.locator("blockquote")).to_have_text(DOUBTFUL)
    expect(moderator.get_by_text(re.compile("断桥夜话.*第 1 集")).last).to_be_visible()
    assert faults(moderator) == []
    moderator.keyboard.press("a")
    expect(moderator.get_by_text("放出了").first).to_be_visible()
    expect(author.get_by_text(re.compile("等人看过"))).to_have_count(0, timeout=20_000)
    other.reload()
    other.get_by_role("button", name="评论").first.click()
    expect(other.get_by_text(DOUBTFUL)).to_be_visible(timeout=15_000)


def test_what_cannot_be_sent_stays_in_the_field_and_is_sent_once(open_page, work):
    page = _watch(sign_in(open_page("/", phone=True), "观众"), work)
    page.get_by_role("button", name="评论").first.click()
    expect(page.get_by_label("写评论")).to_be_visible()
    page.context.set_offline(True)
    _write(page, "断网时写的")
    # The film may say that the line is down, too.
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("连不上茶馆")
    expect(page.get_by_label("写评论")).to_have_value("断网时写的")
    page.context.set_offline(False)
    page.get_by_role("dialog").get_by_role("button", name="发送").click()
    expect(page.get_by_role("listitem").filter(has_text="断网时写的")).to_have_count(1)
    expect(page.get_by_label("写评论")).to_have_value("")


def test_who_is_not_signed_in_is_asked_to_and_the_words_go_out_then(open_page, work, demo):
    page = _watch(open_page("/", phone=True), work)
    page.get_by_role("button", name="评论").first.click()
    _write(page, "登录前写的")
    page.get_by_role("button", name=re.compile("^作者")).click()
    reader = demo.client("creator")
    path = f"/api/v1/episodes/{work.episode_ids[0]}/comments"
    wait_until(lambda: "登录前写的" in reader.get(path).text)


def test_a_wiped_valkey_loses_nothing_that_was_said(demo, work):
    author, path = demo.client("viewer"), f"/api/v1/episodes/{work.episode_ids[0]}/danmaku"
    client = redis.Redis.from_url(read_addresses(demo.var).redis_url)
    said = []
    for n in range(3):
        body = {"id": str(uuid.uuid4()), "text": f"洗掉也在 {n}", "position_ms": 1000 * n}
        assert author.send("POST", path, body).status_code == 201
        client.flushall()
        said.append(body["id"])
        _breathe()

    def shown():
        return {row["id"] for row in demo.client().get(path).json()["results"]}

    wait_until(lambda: set(said) <= shown(), 90)


def test_words_do_not_wait_behind_films(demo, work):
    author, path = demo.client("viewer"), f"/api/v1/episodes/{work.episode_ids[0]}/danmaku"
    worker = demo.child("worker")
    family = [worker, *worker.children(recursive=True)]
    for process in family:
        process.send_signal(signal.SIGSTOP)
    try:
        body = {"id": str(uuid.uuid4()), "text": "不等排戏", "position_ms": 500}
        assert author.send("POST", path, body).status_code == 201
        wait_until(lambda: "不等排戏" in demo.client().get(path).text)
    finally:
        for process in family:
            process.send_signal(signal.SIGCONT)
