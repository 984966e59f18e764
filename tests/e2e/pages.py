"""What every browser test does with a page: sign in, wait for the film, ask a screen reader's
checker.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser import axe_source


def sign_in(page: Page, name: str) -> Page:
    """Sign in as one of the demo's people, by the first words of the button, and come back to the
    page that asked.
    """
    page.goto("/sign-in")
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def wait_for_film(page: Page, seconds: float = 0.3) -> Page:
    """Wait until some film of the page has run so far."""
    page.wait_for_function(
        "(least) => [...document.querySelectorAll('video')].some((film) => film.currentTime > "
        "least)",
        arg=seconds,
        timeout=60_000,
    )
    return page


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page once it has come to rest: the rule, and the element that breaks
    it.
    """
    # What is still coming in from the dark has not its own colours yet; the lamp that breathes
    # never ends.
    page.wait_for_function(
        """() => document.getAnimations().every(
             (a) => !(a instanceof CSSAnimation) || a.effect.getTiming().iterations > 1
                 || a.playState === 'finished')"""
    )
    page.evaluate(axe_source())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found["violations"]]
