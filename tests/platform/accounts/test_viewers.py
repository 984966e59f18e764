"""Who watches: a browser with a cookie, then a person with an account."""

from __future__ import annotations

import pytest
from django.dispatch import receiver
from django.test import Client

from huaben.accounts.models import Viewer
from huaben.accounts.signals import viewer_merged
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_browser_keeps_its_viewer_and_cannot_make_one_up():
    client = Client()
    first = client.get("/api/v1/me").json()["viewer_id"]
    assert client.get("/api/v1/me").json()["viewer_id"] == first
    client.cookies["viewer"] = client.cookies["viewer"].value[:-2] + "xx"
    assert client.get("/api/v1/me").json()["viewer_id"] != first


def test_what_a_browser_watched_is_handed_to_the_account_at_sign_in():
    merged = []

    @receiver(viewer_merged)
    def hear(from_id, into_id, **kwargs):
        merged.append((from_id, into_id))

    client = Client()
    anonymous = client.get("/api/v1/me").json()["viewer_id"]
    Viewer.objects.create(pk=anonymous)
    user = UserFactory()
    client.post(
        "/_allauth/browser/v1/auth/login",
        {"email": user.email, "password": "a long password"},
        content_type="application/json",
    )
    own = client.get("/api/v1/me").json()["viewer_id"]
    assert own != anonymous
    assert [(str(a), str(b)) for a, b in merged] == [(anonymous, own)]


def test_nobody_can_take_over_the_history_of_another_account():
    merged = []

    @receiver(viewer_merged)
    def hear(from_id, **kwargs):
        merged.append(from_id)

    victim = UserFactory()
    theirs = Viewer.objects.create(user=victim)
    from huaben.accounts.services import merge_viewer

    merge_viewer(anonymous_id=theirs.pk, user=UserFactory())
    assert merged == []
