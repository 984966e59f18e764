"""Bad days of a whole house: killed, wiped and restarted servers. Nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import re
import signal
import uuid
from datetime import UTC, datetime

import httpx
import pytest
import redis
from playwright.sync_api import expect

from huaben.runtime.servers import read_addresses
from tests.e2e.house import House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900), pytest.mark.xdist_group("house")]


def test_ctrl_c_stops_everything_and_a_killed_supervisor_is_recovered_from(tmp_path):
    house = House(tmp_path / "var").start()
    creator = house.visitor("creator")
    made = creator.send("POST", "/api/v1/series", {"title": "断桥"})
    assert made.status_code == 201, made.text
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait()
    house.start()
    listed = house.visitor("creator").get("/api/v1/studio/series").json()["results"]
    assert [series["title"] for series in listed] == ["断桥"]
    house.stop()
    house.wait_until(lambda: not house.pids(), 20)


def test_a_restarted_database_means_503_for_a_while_and_then_all_is_well_again(house, open_page):
    visitor = house.visitor("creator")
    settings = house.var / "postgres" / "postgresql.conf"
    away = settings.rename(settings.with_suffix(".away"))  # so that it stays away long enough to be seen
    try:
        house.child("postgres").send_signal(signal.SIGINT)  # a fast shutdown: every connection is cut
        house.wait_until(lambda: visitor.get("/readyz").status_code == 503, 60)
        answer = visitor.get("/api/v1/studio/series")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        assert httpx.get(f"{house.url}/healthz").status_code == 200
        page = open_page("/theatre")
        expect(page.get_by_text("服务正在恢复").first).to_be_visible(timeout=60_000)
    finally:
        away.rename(settings)
    house.wait_until(lambda: visitor.get("/api/v1/studio/series").status_code == 200, 60)
    assert visitor.send("POST", "/api/v1/series", {"title": "又是一天"}).status_code == 201
    page.reload()
    expect(page.get_by_text("剧场刚开门")).to_be_visible(timeout=30_000)


def test_a_wiped_valkey_loses_no_job_and_no_event(house):
    client = redis.Redis.from_url(read_addresses(house.var).redis_url)
    creator = house.visitor("creator")
    body = {"idea": "雨夜破庙，书生遇见提灯的女鬼", "language": "zh", "seconds": 24}
    project = creator.send("POST", "/api/v1/studio/projects", body).json()
    client.flushall()
    path = f"/api/v1/studio/projects/{project['id']}"
    done = house.wait_until(lambda: (view := creator.get(path).json())["stage"] == "outline" and view, 90)
    assert done["outline"]["title"]


def test_a_malformed_batch_names_the_bad_item_and_the_rest_of_the_queue_is_not_poisoned(house):
    visitor = house.visitor()
    event = {
        "id": str(uuid.uuid4()),
        "kind": "start",
        "episode_id": str(uuid.uuid4()),
        "cut_id": str(uuid.uuid4()),
        "at": datetime.now(UTC).isoformat(),
        "position_ms": 0,
        "watched_ms": 0,
        "duration_ms": 1000,
    }
    answer = visitor.send("POST", "/api/v1/events", {"events": [event, event | {"kind": "dance", "id": "x"}]})
    assert answer.status_code == 400 and answer.json()["code"] == "invalid_events"
    assert {error["index"] for error in answer.json()["errors"]} >= {1}


@pytest.mark.slow
def test_a_worker_killed_while_it_draws_finishes_after_restart_and_redoes_no_shot(house, open_page):
    creator = house.visitor("creator")
    body = {"idea": "断桥边的雨伞，一对失散多年的恋人在雪中重逢", "language": "zh", "seconds": 24, "seed": 5}
    project = creator.send("POST", "/api/v1/studio/projects", body).json()
    path = f"/api/v1/studio/projects/{project['id']}"

    def at(stage):
        view = creator.get(path).json()
        assert view["job"] is None or view["job"]["state"] != "failed", view["job"]
        return view if view["stage"] == stage and view["job"]["state"] == "succeeded" else None

    house.wait_until(lambda: at("outline"), 90)
    for step, stage in (("script", "script"), ("storyboard", "storyboard")):
        creator.send("POST", f"{path}/advance", {"to": step})
        house.wait_until(lambda stage=stage: at(stage), 240)
    creator.send("POST", f"{path}/advance", {"to": "render"})

    def drawn():
        return [s["id"] for s in creator.get(path).json()["storyboard"]["shots"] if s["state"] == "done"]

    house.wait_until(lambda: len(drawn()) >= 2, 240)
    page = open_page("/sign-in")
    page.get_by_role("button", name=re.compile("^作者")).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"/studio/projects/{project['id']}")
    films = {file: file.stat().st_mtime_ns for file in house.var.glob("generation/**/*.mp4")}
    worker = house.child("worker")
    os.killpg(worker.pid, signal.SIGKILL)
    assert films
    house.wait_until(lambda: at("done"), 500)
    assert {file: file.stat().st_mtime_ns for file in films} == films
    assert creator.get(path).json()["job"]["attempts"] == 2
    # Whoever was looking all the while sees the film when it is packed, without having done anything.
    expect(page.locator("video").first).to_be_visible(timeout=180_000)
