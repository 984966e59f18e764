"""Deleting an account, and having everything that is one's own as a file."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from huaben.accounts.models import DataExport, User, Viewer
from huaben.accounts.services import delete_expired_exports
from huaben.catalog.gate import may_show
from huaben.catalog.models import Cut
from huaben.core.jobs import run_job
from huaben.speech.models import Speech
from huaben.watching.models import Favourite
from tests.factories import UserFactory
from tests.platform.accounts.mails import deliver
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1"
ACCOUNT = "/api/v1/me/account"
EXPORTS = "/api/v1/me/exports"
PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def signed_in_as(user):
    client = Client()
    body = {"email": user.email, "password": PASSWORD}
    answer = client.post(f"{AUTH}/auth/login", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return client


def reauthenticate(client):
    body = {"password": PASSWORD}
    client.post(f"{AUTH}/auth/reauthenticate", body, content_type="application/json")


def test_deleting_asks_for_the_password_and_leaves_a_pseudonym():
    user = UserFactory(email="lan@example.com", handle="lan", display_name="Lan")
    client, elsewhere = signed_in_as(user), signed_in_as(user)
    assert client.delete(ACCOUNT).json()["code"] == "reauthentication_needed"
    reauthenticate(client)
    assert client.delete(ACCOUNT).status_code == 204
    for browser in (client, elsewhere):
        assert browser.get("/api/v1/me").json()["user"] is None
    user.refresh_from_db()
    assert not user.is_active and user.deleted_at and user.roles == []
    rows = [
        vars(user),
        *apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj=user.pk).values(),
    ]
    assert not any("lan@example.com" in str(row) or "Lan" in str(row) for row in rows)
    assert not EmailAddress.objects.filter(user=user).exists()
    (farewell,) = deliver()
    assert farewell.to == ["lan@example.com"]
    again = {"email": "lan@example.com", "password": PASSWORD}
    answer = Client().post(f"{AUTH}/auth/login", again, content_type="application/json")
    assert answer.status_code == 400
    answer = Client().post(f"{AUTH}/auth/signup", again, content_type="application/json")
    assert answer.status_code == 401, "the address is free again"


def test_a_deleted_accounts_works_history_and_words_are_gone_for_others():
    series = show_series("断桥")
    creator, cut = series.creator, Cut.objects.get(episode__series=series)
    if not creator.emailaddress_set.exists():
        EmailAddress.objects.create(user=creator, email=creator.email, verified=True, primary=True)
    viewer = Viewer.objects.create(user=creator)
    Favourite.objects.create(viewer=viewer, series=series)
    said = Speech.objects.create(
        pk=uuid4(), author=creator, kind="comment", series=series, text="好", state="shown",
        settled_at=timezone.now(),
    )  # fmt: skip
    assert may_show(cut.pk)
    client = signed_in_as(creator)
    reauthenticate(client)
    assert client.delete(ACCOUNT).status_code == 204
    assert not may_show(cut.pk) and Cut.objects.filter(pk=cut.pk).exists()
    assert Client().get(f"/api/v1/series/{series.pk}").status_code == 404
    assert not Favourite.objects.exists() and not Viewer.objects.filter(pk=viewer.pk).exists()
    said.refresh_from_db()
    assert said.state == "withdrawn"


def test_the_last_operator_stays():
    operator = UserFactory(roles=["operator"])
    client = signed_in_as(operator)
    reauthenticate(client)
    assert client.delete(ACCOUNT).json()["code"] == "last_operator"
    UserFactory(roles=["operator"])
    assert client.delete(ACCOUNT).status_code == 204


def test_everything_of_a_person_is_had_as_a_file_by_them_alone_until_it_expires(signed_in):
    user = UserFactory(email="lan@example.com")
    client, stranger = signed_in(user=user), signed_in()
    series = show_series("断桥")
    client.put(f"/api/v1/favourites/{series.pk}")
    made = client.post(EXPORTS)
    assert made.status_code == 201 and made.json()["size"] == 0
    assert client.post(EXPORTS).json()["id"] == made.json()["id"], "one at a time"
    export = DataExport.objects.get()
    path = f"{EXPORTS}/{export.pk}/file"
    assert client.get(path).status_code == 404
    run_job(export.job_id)
    (listed,) = client.get(EXPORTS).json()
    assert listed["size"] > 0 and listed["job"]["state"] == "succeeded"
    answer = client.get(path)
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    (account,) = json.loads(archive.read("account.json"))
    assert account["email"] == "lan@example.com"
    assert set(archive.namelist()) >= {"series.json", "comments_and_danmaku.json", "sessions.json"}
    assert stranger.get(path).status_code == 404 and stranger.get(EXPORTS).json() == []
    assert Client().get(path).status_code == 401
    assert client.post(EXPORTS).status_code == 429
    export.refresh_from_db()
    later = export.expires_at + timedelta(seconds=1)
    assert delete_expired_exports(now=later) == 1
    assert not default_storage.exists(export.file) and client.get(path).status_code == 404


def test_two_operators_together_remove_lost_second_factors(signed_in):
    from allauth.mfa.models import Authenticator

    person, one, two = UserFactory(language="en"), signed_in("operator"), signed_in("operator")
    path = f"/api/v1/people/{person.pk}/recovery"
    reason = {"reason": "came by with a passport"}
    assert one.post(path, reason, format="json").json()["code"] == "no_factors"
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    assert one.post(f"{path}/approve").json()["code"] == "no_recovery"
    asked = one.post(path, reason, format="json").json()
    assert asked["factors"] == 1 and asked["recovery"]["by_oneself"] is True
    assert one.post(path, reason, format="json").json()["code"] == "recovery_pending"
    assert one.post(f"{path}/approve").json()["code"] == "one_person"
    theirs = signed_in(user=person)
    assert two.post(f"{path}/approve").json()["factors"] == 0
    assert theirs.get("/api/v1/me").json()["user"] is None
    (told,) = deliver()
    assert told.to == [person.email] and "two operators" in told.body
    own = f"/api/v1/people/{one.user.pk}/recovery"
    assert one.post(own, reason, format="json").json()["code"] == "own_account"
    assert signed_in("moderator").post(path, reason, format="json").status_code == 403
    assert User.objects.get(pk=person.pk).is_active
