"""An operator takes a display name away, and its person is told."""

import pytest

from huaben.accounts.models import NameRemoval, User
from huaben.catalog.models import Series
from huaben.catalog.search import search_series
from huaben.core.models import Job
from tests.factories import UserFactory
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db


def remove(client, user, reason="名字里有辱骂"):
    return client.post(f"/api/v1/people/{user.pk}/name/remove", {"reason": reason}, format="json")


@pytest.fixture
def named():
    return UserFactory(handle="guest-1a2b3c4d", display_name="坏名字社", email="who@example.com")


def test_others_read_the_handle_at_once_and_who_did_it_is_kept(named, signed_in, api):
    series = show_series("断桥", creator=named)
    operator = signed_in("operator")
    answer = remove(operator, named)
    assert answer.status_code == 200, answer.json()
    record = answer.json()
    assert (record["display_name"], record["has_display_name"]) == ("guest-1a2b3c4d", False)
    assert [(row["name"], row["reason"], row["by"]) for row in record["removed_names"]] == [
        ("坏名字社", "名字里有辱骂", operator.user.handle)
    ]
    seen = api.get(f"/api/v1/series/{series.pk}").json()
    assert seen["creator"]["display_name"] == "guest-1a2b3c4d"
    assert not search_series(Series.objects.all(), "坏名字社")


def test_the_person_is_told_by_mail_and_on_their_page_until_they_choose_another(named, signed_in):
    remove(signed_in("operator"), named)
    mail = Job.objects.get(kind="accounts.send_mail").args
    assert mail["to"] == "who@example.com"
    assert "坏名字社" in mail["body"] and "名字里有辱骂" in mail["body"]
    named.refresh_from_db()
    client = signed_in(user=named)
    notice = client.get("/api/v1/me").json()["user"]["name_notice"]
    assert (notice["name"], notice["reason"]) == ("坏名字社", "名字里有辱骂")
    again = client.patch("/api/v1/me", {"display_name": "坏 名字社"}, format="json")
    assert (again.status_code, again.json()["code"]) == (400, "name_removed")
    chosen = client.patch("/api/v1/me", {"display_name": "好名字社"}, format="json").json()
    assert chosen["user"]["display_name"] == "好名字社"
    assert chosen["user"]["name_notice"] is None
    assert client.get("/api/v1/me").json()["user"]["name_notice"] is None


def test_only_an_operator_takes_a_name_of_another_that_is_there(named, signed_in):
    for role in ("viewer", "moderator", "filing_admin"):
        assert remove(signed_in(role), named).status_code == 403
    operator = signed_in("operator")
    assert remove(operator, named, " ").status_code == 400
    assert remove(operator, operator.user).json()["code"] == "own_account"
    assert remove(operator, named).status_code == 200
    assert remove(operator, named).json()["code"] == "no_name"
    assert NameRemoval.objects.count() == 1


def test_a_new_name_is_found_in_the_search_and_the_old_one_is_not(signed_in):
    client = signed_in(user=UserFactory(display_name="南昌灯影社"))
    show_series("断桥", creator=client.user)
    client.patch("/api/v1/me", {"display_name": "钱塘书会"}, format="json")
    assert search_series(Series.objects.all(), "钱塘书会")
    assert not search_series(Series.objects.all(), "灯影社")
    assert User.objects.get(pk=client.user.pk).name == "钱塘书会"
