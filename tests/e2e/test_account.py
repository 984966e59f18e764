"""A person signs up, confirms the address, forgets the password and gets in again, by mails."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import faults, sign_in
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
PASSWORD, NEW = "lantern on the bridge", "boat under the moon"


def mail_link(page, demo, email, path):
    """Open the link of a mail to this address as a person would, in the demo's viewer."""

    def arrived():
        mails = demo.client().get("/api/v1/demo/mails").json()
        return any(mail["to"] == email and path in mail["body"] for mail in mails)

    wait_until(arrived, 120)
    page.goto("/demo/mails")
    mail = page.get_by_role("listitem").filter(has_text=email)
    mail.get_by_role("link", name=path).first.click()


def test_the_demos_mails_confirm_an_address_and_reset_a_password(open_page, demo):
    email = f"lan-{secrets.token_hex(3)}@example.org"
    page = open_page("/sign-up", phone=True, language="en-US")
    page.get_by_label("Email", exact=True).fill(email)
    if page.get_by_label("Name").count():
        page.get_by_label("Name").fill("lan")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_text(f"A mail is on its way to {email}")).to_be_visible(timeout=60_000)
    assert faults(page) == []
    mail_link(page, demo, email, "/email/confirm/")
    page.get_by_role("button", name="It is mine, confirm it").click()
    expect(page.get_by_text("you are signed in")).to_be_visible()

    other = open_page("/sign-in", language="en-US")
    other.get_by_role("link", name="Forgot your password?").click()
    other.get_by_label("Email address").fill(email)
    other.get_by_role("button", name="Send me the link").click()
    expect(other.get_by_text("whether or not an account has this address")).to_be_visible()
    mail_link(other, demo, email, "/password/reset/key/")
    assert faults(other) == []
    other.get_by_label("New password").fill("short")
    other.get_by_label("New password").fill(NEW)
    other.get_by_role("button", name="Set the password").click()
    expect(other.get_by_text("The new password is set")).to_be_visible()
    other.get_by_role("link", name="Sign in").last.click()
    other.get_by_label("Email", exact=True).fill(email)
    other.get_by_label("Password").fill(NEW)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.wait_for_url("**/me")
    other.goto("/account")
    expect(other.get_by_text("This device")).to_be_visible()
    assert faults(other) == []


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize(
    "path", ["/password/reset", "/password/reset/key/spent", "/email/confirm/spent", "/demo/mails"]
)
def test_the_pages_of_mails_are_without_fault_for_a_screen_reader(open_page, path, language):
    page = open_page(path, phone=True, language=language)
    page.wait_for_load_state("networkidle")
    assert faults(page) == []


def test_the_account_page_is_without_fault_for_a_screen_reader(open_page):
    page = sign_in(open_page("/"), "观众")
    page.goto("/account")
    expect(page.get_by_role("heading", name="登录的设备")).to_be_visible()
    assert faults(page) == []
