"""One demo server for all browser tests of a worker, and browsers that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import find
from tests.e2e.demo_server import DemoServer

# Patience for a machine that draws films for other tests meanwhile.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoServer]:
    """A running demo server."""
    made = DemoServer("demo").start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, without a screen and without calling home.

    It closes with its file: while Playwright is open its event loop counts as running in this
    thread, and Django would let no other test of the process near a database.
    """
    quiet = (
        "--no-sandbox --disable-gpu --disable-background-networking "
        "--disable-component-update --no-first-run"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=find(),
            args=[*quiet.split(), "--autoplay-policy=no-user-gesture-required"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, demo: DemoServer) -> Iterator[Callable[..., Page]]:
    """``open_page("/", phone=True, language="en")``: a fresh browser profile on it; errors
    of the page fail the test.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def open_at(
        path: str = "/", *, phone: bool = False, language: str = "zh-CN", **more: Any
    ) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        context = chromium.new_context(
            viewport=size, locale=language, base_url=demo.url, has_touch=phone, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert faults == []
