"""An upload that a killed browser left half-way, in a browser that comes back."""

from __future__ import annotations

import re

import av
import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import find
from tests.e2e.demo_server import PASSWORD
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
QUIET = (
    "--no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --no-first-run"
)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Some fifteen megabytes of snow: noise does not compress."""
    path = tmp_path_factory.mktemp("film") / "snow.mp4"
    noise = np.random.default_rng(1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24, options={"preset": "ultrafast", "qp": "18"})
        stream.width, stream.height, stream.pix_fmt = 360, 640, "yuv420p"
        for _ in range(150):
            picture = noise.integers(0, 255, (640, 360, 3), dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    assert path.stat().st_size > 12_000_000
    return path


def _open(play, demo, folder) -> tuple[BrowserContext, Page]:
    context = play.chromium.launch_persistent_context(
        folder, executable_path=find(), args=QUIET.split(), base_url=demo.url, locale="zh-CN"
    )
    return context, context.pages[0]


def test_a_killed_browser_goes_on_with_its_upload_where_it_broke_off(
    demo, chromium, film, tmp_path
):
    creator = demo.client("creator")
    series = creator.send("POST", "/api/v1/series", {"title": "雪夜来信"}).json()
    creator.send("POST", f"/api/v1/series/{series['id']}/episodes", {"title": "第一封"})
    play = type("Play", (), {"chromium": chromium.browser_type})
    profile = tmp_path / "profile"

    context, page = _open(play, demo, profile)
    page.goto("/sign-in")
    page.get_by_label("邮箱").fill("creator@demo.huaben.example")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"/studio/series/{series['id']}")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 2_000_000}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    with page.expect_response(
        lambda answer: answer.request.method == "PATCH" and answer.status == 204, timeout=60_000
    ):
        page.locator("input[type=file]").first.set_input_files(film)
    context.close()  # gone in the middle of a piece

    context, page = _open(play, demo, profile)
    started = []
    page.on(
        "request",
        lambda sent: (
            started.append(sent.headers.get("upload-offset")) if sent.method == "PATCH" else None
        ),
    )
    page.goto(f"/studio/series/{series['id']}")
    expect(page.get_by_text(re.compile("《snow.mp4》传了"))).to_be_visible(timeout=30_000)
    page.locator("input[type=file]").first.set_input_files(film)
    expect(page.get_by_text("它是 AI 做的吗？")).to_be_visible(timeout=60_000)
    assert started and int(started[0]) > 0
    page.get_by_label("不是，没有用 AI 生成").check()
    page.get_by_role("button", name="交上去").click()
    wait_until(
        lambda: creator.get(f"/api/v1/studio/series/{series['id']}").json()["episodes"][0]["cuts"],
        30,
    )
    context.close()
