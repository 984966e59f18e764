"""The jurisdictions' terms are data with a day on which they came into force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from huaben.core.problems import Problem
from huaben.rights.models import Profile
from huaben.rights.services import create_profile, get_profile_in_force
from huaben.rights.terms import read_terms
from tests.factories import UserFactory
from tests.platform.rights.claims import NOON, desk, made

pytestmark = pytest.mark.django_db
PATH = "/api/v1/rights/profiles"


def terms_of(kind):
    return Profile.objects.filter(kind=kind).latest("effective").terms


def version(kind="cn", **changes):
    terms = {**terms_of("cn"), **changes.pop("terms", {})}
    return {
        "version": "cn-2027-01-01.1",
        "kind": kind,
        "effective": date(2027, 1, 1),
        "certainty": "L",
        "sources": ["测试"],
        "terms": terms,
        **changes,
    }


def test_every_jurisdiction_that_is_known_can_be_read():
    assert {profile.kind for profile in Profile.objects.all()} == {"cn", "cn-networks", "us"}
    for profile in Profile.objects.all():
        assert read_terms(profile.terms).name.zh and profile.sources


def test_chinas_default_waits_fifteen_days_and_twenty_working_days_on_proof():
    terms = read_terms(terms_of("cn"))
    assert terms.wait_from(date(2026, 11, 16)).last_day == date(2026, 12, 1)
    assert terms.extended_from(date(2026, 11, 16)).last_day == date(2026, 12, 14)


def test_the_united_states_wait_ten_business_days_without_thanksgiving():
    assert read_terms(terms_of("us")).wait_from(date(2026, 11, 20)).last_day == date(2026, 12, 7)


def test_an_extension_is_never_shorter_than_the_wait():
    terms = read_terms({**terms_of("cn"), "extension_count": 1})
    assert terms.extended_from(date(2026, 11, 16)) == terms.wait_from(date(2026, 11, 16))


def test_the_newest_row_of_the_day_counts_and_earlier_days_keep_theirs():
    by = UserFactory()
    create_profile(by=by, **version(terms={"wait_count": 10}))
    corrected = create_profile(
        by=by, **version(version="cn-2027-01-01.2", terms={"wait_count": 12})
    )
    assert get_profile_in_force(kind="cn", day=date(2027, 1, 1)) == corrected
    assert get_profile_in_force(kind="cn", day=date(2026, 12, 31)).version == "cn-2021-01-01.1"
    with pytest.raises(Problem, match="no_profile"):
        get_profile_in_force(kind="cn", day=date(2020, 12, 31))


def test_a_claim_keeps_the_terms_of_the_day_on_which_it_came(signed_in):
    claim = made(now=NOON)
    create_profile(by=UserFactory(), **version(effective=date(2026, 11, 21)))
    later = made(now=NOON + timedelta(days=1))
    admin = signed_in("copyright_admin")
    assert desk(admin, claim, "complete").json()["terms"]["version"] == "cn-2021-01-01.1"
    assert desk(admin, later, "complete").json()["terms"]["version"] == "cn-2027-01-01.1"


@pytest.mark.parametrize(
    "changes",
    [
        {"wait_count": 0},
        {"wait_count": None},
        {"wait_count": 401},
        {"wait_count": True},
        {"wait_count": "15"},
        {"wait_unit": "weeks"},
        {"restore": "at_once"},
        {"restore": "at_once", "wait_count": None},
        {"restore": "never"},
        {"calendar": "XX"},
        {"calendar": ""},
        {"zh": " "},
        {"act_within_hours": 0},
    ],
)
def test_terms_of_another_form_are_refused(changes):
    with pytest.raises(Problem, match="bad_terms"):
        read_terms({**terms_of("cn"), **changes})


def test_terms_that_lack_a_field_are_refused():
    for name in terms_of("cn"):
        with pytest.raises(Problem, match="bad_terms"):
            read_terms({key: value for key, value in terms_of("cn").items() if key != name})


def test_an_admin_corrects_the_terms_without_a_release(signed_in):
    admin = signed_in("copyright_admin")
    body = {**version(), "effective": "2027-01-01"}
    assert admin.post(PATH, body, format="json").status_code == 201
    assert admin.post(PATH, body, format="json").json()["code"] == "version_exists"
    bad = {**body, "version": "x", "terms": {**body["terms"], "calendar": "XX"}}
    assert admin.post(PATH, bad, format="json").json()["code"] == "bad_terms"
    assert "cn-2027-01-01.1" in [row["version"] for row in admin.get(PATH).json()]


def test_a_row_is_never_changed():
    with pytest.raises(DatabaseError), transaction.atomic():
        Profile.objects.update(effective=date(2000, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Profile.objects.filter(kind="us").delete()
