"""A number stands for a title: when that changes, filing is told until somebody confirms it."""

from __future__ import annotations

import pytest

from huaben.catalog.services import clear_revision, update_series
from huaben.filing.models import Filing
from tests.platform.catalog.writing import FINE, newest
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db
REGISTER = "/api/v1/filing/filings"


def retitled(client):
    rows = client.get(REGISTER, {"state": "retitled"}).json()["results"]
    return [(row["filed_title"], row["series"]["title"]) for row in rows]


def confirm(client, series, title):
    path = f"{REGISTER}/{series.pk}/confirm-title"
    return client.post(path, {"title": title}, format="json")


def test_a_number_is_kept_with_the_title_under_which_it_was_given(signed_in):
    series = show_series("灯影录")
    Filing.objects.all().delete()
    admin = signed_in("filing_admin")
    body = {
        "number": "（粤）网微剧备字（2026）第901号",
        "tier": "ordinary",
        "issued_on": "2026-10-09",
    }
    card = admin.post(f"{REGISTER}/{series.pk}/number", body, format="json").json()
    assert (card["filed_title"], card["retitled"]) == ("灯影录", False)


def test_filing_is_told_of_another_title_until_it_is_confirmed(signed_in):
    series, admin = show_series("灯影录"), signed_in("filing_admin")
    update_series(series=series, title=FINE)
    assert retitled(admin) == [], "it is not on stage yet"
    clear_revision(revision_id=newest().pk)
    assert retitled(admin) == [("灯影录", FINE)]
    answer = confirm(admin, series, "灯影录")
    assert (answer.status_code, answer.json()["code"]) == (409, "title_changed")
    for _ in range(2):
        card = confirm(admin, series, FINE).json()
        assert (card["filed_title"], card["retitled"], card["by"]) == (FINE, False, admin.user.name)
    assert retitled(admin) == [] and len(card["history"]) == 2


def test_nobody_confirms_the_title_of_a_work_of_their_own_or_of_one_without_a_number(signed_in):
    series = show_series("灯影录")
    series.creator.roles = ["creator", "filing_admin"]
    series.creator.save()
    assert confirm(signed_in(user=series.creator), series, "灯影录").status_code == 403
    assert confirm(signed_in("moderator"), series, "灯影录").status_code == 403
    Filing.objects.all().delete()
    answer = confirm(signed_in("filing_admin"), series, "灯影录")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_number")
