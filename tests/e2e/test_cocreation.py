"""Created together, in browsers on real servers: proposed, adopted, written by two at once, made
into a project; bad days.
"""

from __future__ import annotations

import os
import re
import signal

import pytest
import redis
from playwright.sync_api import Page, expect

from huaben.runtime.servers import read_addresses
from tests.e2e.pages import faults, sign_in
from tests.e2e.published import published_series
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
SHEET = re.compile("话本正文|Text of the prompt book")


@pytest.fixture(scope="module")
def stage(demo, tmp_path_factory):
    with published_series(demo, tmp_path_factory.mktemp("films"), "第七盏灯", episodes=2) as series:
        yield series


@pytest.fixture
def series_id(stage):
    return stage.series_id


@pytest.fixture
def book(demo, series_id):
    """The series' prompt book, with the demo's viewer let in."""
    creator = demo.client("creator")
    room = creator.send("POST", f"/api/v1/series/{series_id}/writing").json()
    creator.send(
        "POST", f"/api/v1/writing/{room['id']}/writers", {"handle": "viewer"}
    ).raise_for_status()
    return room


def _open_book(page: Page, series_id: str):
    page.goto(f"/studio/writing/{series_id}")
    sheet = page.get_by_role("textbox", name=SHEET)
    expect(sheet).to_be_editable(timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="已存")).to_be_visible(timeout=30_000)
    return sheet


def _text(page: Page) -> str:
    """What stands on the sheet, without the flags of other writers' cursors."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.cm-line')].map((line) => {
            const bare = line.cloneNode(true)
            for (const flag of bare.querySelectorAll('.cm-ySelectionCaret')) flag.remove()
            return bare.textContent
        }).join('\\n')"""
    )


def _saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="已存")).to_be_visible(timeout=60_000)


def test_a_viewer_proposes_the_maker_adopts_both_write_and_it_becomes_a_project(
    open_page, demo, series_id
):
    viewer = open_page("/", phone=True)
    sign_in(viewer, "观众")
    viewer.goto(f"/series/{series_id}")
    viewer.get_by_role("button", name="出个主意").click()
    viewer.get_by_label("一句话说清").fill("让女鬼回一次家")
    viewer.get_by_label("细细说来").fill("她的家就在桥那头，第三集可以让书生撑着伞，陪她走到门口。")
    assert faults(viewer) == []
    viewer.get_by_role("button", name="递给作者").click()
    # Among the viewer's own until the worker has checked it, among everybody's then: either may
    # be what the page shows first.
    expect(viewer.get_by_role("heading", name="让女鬼回一次家")).to_be_visible(timeout=30_000)
    mine = demo.client("viewer")
    path = f"/api/v1/series/{series_id}/proposals"
    wait_until(
        lambda: mine.get(f"{path}?mine=1").json()["results"][0]["speech_state"] == "shown", 120
    )
    viewer.reload()
    expect(viewer.get_by_text("大家看得到了")).to_be_visible(timeout=30_000)
    assert faults(viewer) == []

    other = open_page("/", language="en-US")
    other.goto(f"/series/{series_id}")
    expect(other.get_by_role("heading", name="让女鬼回一次家")).to_be_visible(timeout=30_000)
    demo.client("moderator").send(
        "PUT", f"/api/v1/proposals/{mine.get(path).json()['results'][0]['id']}/support"
    )
    other.reload()
    expect(other.get_by_text("1 person wants to see it")).to_be_visible(timeout=30_000)
    assert faults(other) == []

    maker = open_page("/")
    sign_in(maker, "作者")
    maker.goto(f"/studio/series/{series_id}")
    maker.get_by_role("button", name="采纳「让女鬼回一次家」").click()
    maker.get_by_label(re.compile("来一起写话本")).check()
    maker.get_by_label("答复").select_option(label="谢谢，收下了")
    assert faults(maker) == []
    maker.get_by_role("dialog").get_by_role("button", name="采纳", exact=True).click()
    expect(maker.get_by_text("已采纳，署名已添上")).to_be_visible(timeout=30_000)

    viewer.reload()
    expect(viewer.get_by_text("主意：看客 Viewer")).to_be_visible(timeout=30_000)
    viewer.get_by_role("link", name="去写话本").click()
    guest_sheet = viewer.get_by_role("textbox", name=SHEET)
    expect(guest_sheet).to_be_editable(timeout=30_000)
    maker.get_by_role("button", name="翻开话本").click()
    maker_sheet = maker.get_by_role("textbox", name=SHEET)
    expect(maker_sheet).to_be_editable(timeout=30_000)

    maker_sheet.click()
    guest_sheet.click()
    for letter in range(8):
        maker.keyboard.type(f"甲{letter}")
        viewer.keyboard.type(f"乙{letter}")
    _saved(maker)
    _saved(viewer)
    wait_until(lambda: len(_text(maker)) == 32 and _text(maker) == _text(viewer))
    expect(maker.get_by_role("status").filter(has_text="已存 · 2 人在写")).to_be_visible(
        timeout=30_000
    )
    assert faults(maker) == faults(viewer) == []

    maker.get_by_label("这一版叫什么").fill("初稿")
    maker.get_by_role("button", name="留一版").click()
    maker_sheet.click()
    maker.keyboard.press("Control+a")
    maker.keyboard.type("雨夜破庙，书生遇见提灯的女鬼，她只想讨回当年的玉佩")
    _saved(maker)
    maker.get_by_role("button", name=re.compile("^初稿")).click()
    maker.get_by_role("button", name="回到这一版").click()
    wait_until(lambda: len(_text(viewer)) == 32)
    maker.get_by_role("button", name=re.compile("^回到「初稿」之前")).click()
    maker.get_by_role("button", name="回到这一版").click()
    wait_until(lambda: _text(viewer).startswith("雨夜破庙") and _text(maker) == _text(viewer), 30)

    maker.get_by_role("button", name="用它开一集").click()
    maker.wait_for_url("**/studio/projects/*", timeout=30_000)
    project = (
        demo.client("creator").get(f"/api/v1/studio/projects/{maker.url.rsplit('/', 1)[1]}").json()
    )
    assert (project["idea"], project["series_id"]) == (
        "雨夜破庙，书生遇见提灯的女鬼，她只想讨回当年的玉佩",
        series_id,
    )
    other.reload()
    expect(other.get_by_text("Written with: 作者 Creator, 看客 Viewer")).to_be_visible(
        timeout=30_000
    )


def test_the_web_server_killed_while_two_write_loses_no_letter_and_says_so_meanwhile(
    open_page, demo, series_id, book
):
    maker, guest = open_page("/"), open_page("/")
    sign_in(maker, "作者")
    sign_in(guest, "观众")
    for page in (maker, guest):
        _open_book(page, series_id).click()
    maker.keyboard.press("Control+a")
    maker.keyboard.press("Delete")
    _saved(maker)
    maker.keyboard.type("风起。", delay=20)
    web = demo.child("web")
    os.killpg(web.pid, signal.SIGKILL)
    maker.keyboard.type("灯灭。", delay=20)
    guest.keyboard.type("人去。", delay=20)
    expect(maker.get_by_text("连接断开，写下的都留着，回来就合上")).to_be_visible(timeout=30_000)
    wait_until(demo.is_ready, 90)
    for page in (maker, guest):
        _saved(page)
    wait_until(lambda: _text(maker) == _text(guest) and len(_text(maker)) == 9)
    assert all(part in _text(maker) for part in ("风起。", "灯灭。", "人去。"))
    fresh = open_page("/")
    sign_in(fresh, "作者")
    _open_book(fresh, series_id)
    wait_until(lambda: _text(fresh) == _text(maker))


def test_a_wiped_valkey_loses_no_letter_and_both_go_on_writing(open_page, demo, series_id, book):
    maker, guest = open_page("/"), open_page("/")
    sign_in(maker, "作者")
    sign_in(guest, "观众")
    for page in (maker, guest):
        _open_book(page, series_id).click()
    maker.keyboard.type("前")
    _saved(maker)
    redis.Redis.from_url(read_addresses(demo.var).redis_url).flushall()
    maker.keyboard.type("后")
    guest.keyboard.press("Control+End")
    guest.keyboard.type("又")
    _saved(maker)
    _saved(guest)
    wait_until(lambda: _text(maker) == _text(guest) and set("前后又") <= set(_text(maker)), 60)


def test_too_much_at_once_is_told_beside_the_sheet_and_the_line_stays(
    open_page, demo, series_id, book
):
    page = open_page("/")
    sign_in(page, "作者")
    sheet = _open_book(page, series_id)
    sheet.click()
    page.keyboard.press("Control+End")
    before = _text(page)
    page.keyboard.insert_text("山" * 61_000)
    expect(
        page.get_by_text("话本太长了").or_(page.get_by_text("一本最多 60000 字")).first
    ).to_be_visible(timeout=60_000)
    page.keyboard.press("Control+z")
    _saved(page)
    assert _text(page) == before


def test_whoever_is_shown_out_keeps_what_is_on_the_page_and_cannot_come_back(
    open_page, demo, series_id, book
):
    guest = open_page("/")
    sign_in(guest, "观众")
    _open_book(guest, series_id)
    creator = demo.client("creator")
    viewer = next(
        writer["person"]
        for writer in creator.get(f"/api/v1/series/{series_id}/writing").json()["writers"]
        if not writer["maker"]
    )
    answer = creator.send("DELETE", f"/api/v1/writing/{book['id']}/writers/{viewer['id']}")
    assert answer.status_code == 204
    expect(guest.get_by_text("你已不在这间屋里")).to_be_visible(timeout=30_000)
    assert faults(guest) == []
    guest.reload()
    expect(guest.get_by_text("这本话本不在你手边")).to_be_visible(timeout=30_000)
    assert faults(guest) == []
