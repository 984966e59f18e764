"""Killed, wiped and restarted servers of a whole installation lose nothing acknowledged."""

from __future__ import annotations

import json
import os
import signal

import httpx
import numpy as np
import psutil
import pytest
import redis
from playwright.sync_api import Response, expect

from huaben.runtime.servers import read_addresses
from tests.e2e.demo_server import DemoServer
from tests.e2e.pages import sign_in, wait_for_film
from tests.e2e.published import published_series
from tests.platform.media.films import make_film
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def snow(time: float) -> np.ndarray:
    """Noise does not compress."""
    return np.random.default_rng(round(time * 1000)).integers(0, 255, (640, 360, 3), dtype=np.uint8)


def _is_batch(answer: Response) -> bool:
    return answer.url.endswith("/api/v1/events")


def test_ctrl_c_stops_everything_and_a_killed_supervisor_is_recovered_from():
    demo = DemoServer("killed").start()
    creator = demo.client("creator")
    made = creator.send("POST", "/api/v1/series", {"title": "断桥"})
    assert made.status_code == 201, made.text
    os.kill(demo.process.pid, signal.SIGKILL)
    demo.process.wait()
    # What it had started goes with it, before the next one is asked whether it is ready.
    wait_until(lambda: not demo.is_ready())
    demo.start()
    listed = demo.client("creator").get("/api/v1/studio/series").json()["results"]
    assert [series["title"] for series in listed] == ["断桥"]
    demo.stop()
    wait_until(lambda: not demo.pids())


def test_a_restarted_database_means_503_for_a_while_and_then_all_is_well_again(demo, open_page):
    client = demo.client("creator")
    settings = demo.var / "postgres" / "postgresql.conf"
    away = settings.rename(
        settings.with_suffix(".away")
    )  # so that it stays away long enough to be seen
    try:
        demo.child("postgres").send_signal(
            signal.SIGINT
        )  # a fast shutdown: every connection is cut
        wait_until(lambda: client.get("/readyz").status_code == 503)
        answer = client.get("/api/v1/studio/series")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        assert httpx.get(f"{demo.url}/healthz").status_code == 200
        page = open_page("/theatre")
        expect(page.get_by_text("服务正在恢复").first).to_be_visible(timeout=60_000)
    finally:
        away.rename(settings)
    wait_until(lambda: client.get("/api/v1/studio/series").status_code == 200)
    assert client.send("POST", "/api/v1/series", {"title": "又是一天"}).status_code == 201
    page.reload()
    expect(page.get_by_text("剧场刚开门")).to_be_visible(timeout=30_000)


def test_a_wiped_valkey_loses_no_job_and_the_open_page_goes_on(demo, open_page):
    client = redis.Redis.from_url(read_addresses(demo.var).redis_url)
    page = open_page("/")
    sign_in(page, "作者")
    page.goto("/studio")
    page.get_by_label("立意").fill("雨夜破庙，书生遇见提灯的女鬼")
    page.get_by_label("多长（秒）").fill("24")
    page.get_by_role("button", name="开讲").click()
    page.wait_for_url("**/studio/projects/*")
    for step in ("写剧本", "画分镜"):
        # the job's message, the worker's reply and the page's poke, whichever is on its way
        client.flushall()
        page.get_by_role("button", name=step).click(timeout=120_000)
        client.flushall()
    # Still signed in, and the page has heard of every step by itself.
    expect(page.get_by_role("button", name="拍成片")).to_be_enabled(timeout=120_000)


def test_a_malformed_event_is_named_and_the_rest_of_the_pages_queue_arrives(
    demo, open_page, tmp_path
):
    with published_series(demo, tmp_path, "灯下客") as series:
        page = open_page("/", phone=True)
        expect(page.get_by_role("heading", name="灯下客")).to_be_visible(timeout=30_000)
        wait_for_film(page, 1)
        with page.expect_response(
            lambda answer: _is_batch(answer) and answer.status == 400, timeout=30_000
        ) as refused:
            # What a browser may hold that was left by an older version of the page, and is oldest
            # in the queue.
            page.evaluate(
                """() => localStorage.setItem('huaben.event.bad', JSON.stringify(
                    {id: 'bad', kind: 'dance', at: '2026-01-01T00:00:00Z', position_ms: -1}))"""
            )
        told = refused.value.json()
        sent = json.loads(refused.value.request.post_data)["events"]
        assert told["code"] == "invalid_events"
        assert {sent[error["index"]]["id"] for error in told["errors"]} == {"bad"}
        waiting = (
            "() => Object.keys(localStorage).filter(key => key.startsWith('huaben.event.')).length"
        )
        page.wait_for_function(f"() => ({waiting})() === 0", timeout=30_000)
        seen = page.evaluate("async () => (await (await fetch('/api/v1/history')).json()).results")
        assert [item["episode"]["id"] for item in seen] == series.episode_ids


def test_a_disk_that_fills_up_during_an_upload_is_told_and_nothing_half_stays(
    demo, open_page, tmp_path
):
    creator = demo.client("creator")
    series = creator.send("POST", "/api/v1/series", {"title": "满仓"}).json()
    creator.send("POST", f"/api/v1/series/{series['id']}/episodes", {"title": "第一回"})
    film = make_film(tmp_path / "snow.mp4", seconds=6, size=(360, 640), paint=snow)
    assert film.stat().st_size > 6_000_000
    page = open_page("/")
    sign_in(page, "作者")
    page.goto(f"/studio/series/{series['id']}")
    web = demo.child("web")
    # The kernel refuses to let a file of the web process grow past this, as it would on a full
    # disk.
    before = web.rlimit(psutil.RLIMIT_FSIZE)
    web.rlimit(psutil.RLIMIT_FSIZE, (3_000_000, before[1]))
    try:
        page.locator("input[type=file]").first.set_input_files(film)
        expect(page.get_by_text("服务器存储空间不足")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("已传的部分不会丢失")).to_be_visible()
        stored = [
            file
            for folder in ("uploads", "media")
            for file in (demo.var / folder).rglob("*")
            if file.is_file()
        ]
        assert all(file.stat().st_size <= 3_000_000 for file in stored)
        assert (
            demo.client("creator")
            .get(f"/api/v1/studio/series/{series['id']}")
            .json()["episodes"][0]["cuts"]
            == []
        )
    finally:
        web.rlimit(psutil.RLIMIT_FSIZE, before)
    page.get_by_role("button", name="接着传").click()
    expect(page.get_by_text("它是 AI 做的吗？")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="不传了").click()


@pytest.mark.slow
def test_a_worker_killed_while_it_draws_finishes_after_restart_and_redoes_no_shot(demo, open_page):
    creator = demo.client("creator")
    body = {
        "idea": "断桥边的雨伞，一对失散多年的恋人在雪中重逢",
        "language": "zh",
        "seconds": 24,
        "seed": 5,
    }
    project = creator.send("POST", "/api/v1/studio/projects", body).json()
    path = f"/api/v1/studio/projects/{project['id']}"

    def at(stage):
        view = creator.get(path).json()
        assert view["job"] is None or view["job"]["state"] != "failed", view["job"]
        return view if view["stage"] == stage and view["job"]["state"] == "succeeded" else None

    wait_until(lambda: at("outline"), 90)
    for step, stage in (("script", "script"), ("storyboard", "storyboard")):
        creator.send("POST", f"{path}/advance", {"to": step})
        wait_until(lambda stage=stage: at(stage), 240)
    creator.send("POST", f"{path}/advance", {"to": "render"})

    def drawn():
        return [
            s["id"] for s in creator.get(path).json()["storyboard"]["shots"] if s["state"] == "done"
        ]

    wait_until(lambda: len(drawn()) >= 2, 240)
    page = open_page("/")
    sign_in(page, "作者")
    page.goto(f"/studio/projects/{project['id']}")
    films = {file: file.stat().st_mtime_ns for file in demo.var.glob("generation/**/*.mp4")}
    worker = demo.child("worker")
    os.killpg(worker.pid, signal.SIGKILL)
    assert films
    wait_until(lambda: at("done"), 500)
    assert {file: file.stat().st_mtime_ns for file in films} == films
    assert creator.get(path).json()["job"]["attempts"] == 2
    # Whoever was looking all the while sees the film when it is packed, without having done
    # anything.
    expect(page.locator("video").first).to_be_visible(timeout=180_000)
