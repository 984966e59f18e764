"""An operator finds people, gives and takes roles, and shuts accounts."""

from __future__ import annotations

import threading
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from rest_framework.test import APIClient

from huaben.accounts.models import User
from huaben.accounts.services import revoke_role
from huaben.core.problems import Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PATH = "/api/v1/people"
LOGIN = "/_allauth/browser/v1/auth/login"


def of(user):
    return f"{PATH}/{user.pk}"


def test_people_are_found_by_handle_name_address_and_role(signed_in):
    operator = signed_in("operator")
    lantern = UserFactory(
        handle="lantern", display_name="提灯人", email="lamp@example.com", roles=["moderator"]
    )
    UserFactory(handle="bridge")

    def found(**params):
        return [person["handle"] for person in operator.get(PATH, params).json()["results"]]

    for query in ("LANT", "提灯", "lamp@"):
        assert found(q=query) == ["lantern"]
    assert found(role="moderator") == ["lantern"] and found(q="bridge", role="moderator") == []
    assert found(q="%") == []
    assert operator.get(PATH, {"role": "king"}).status_code == 400
    assert operator.get(of(lantern)).json()["email"] == "lamp@example.com"
    assert operator.get(f"{PATH}/{uuid4()}").status_code == 404


def test_a_page_of_people_costs_one_query_beside_the_session(
    signed_in, django_assert_max_num_queries
):
    operator = signed_in("operator")
    for _ in range(5):
        UserFactory()
    with django_assert_max_num_queries(3):
        page = operator.get(f"{PATH}?limit=4").json()
    assert len(page["results"]) == 4
    rest = operator.get(f"{PATH}?limit=4&cursor={page['next_cursor']}").json()
    assert len(rest["results"]) == 2 and rest["next_cursor"] is None


def test_a_role_is_given_and_taken_and_who_did_it_is_kept(signed_in):
    operator, person = signed_in("operator"), UserFactory()
    theirs = signed_in(user=person)
    assert theirs.get("/api/v1/review/cases").status_code == 403
    for _ in range(2):
        given = operator.put(f"{of(person)}/roles/moderator")
        assert given.json()["roles"] == ["viewer", "creator", "moderator"]
    assert theirs.get("/api/v1/review/cases").status_code == 200
    for _ in range(2):
        assert operator.delete(f"{of(person)}/roles/moderator").json()["roles"] == [
            "viewer",
            "creator",
        ]
    assert theirs.get("/api/v1/review/cases").status_code == 403
    changes = operator.get(of(person)).json()["changes"]
    assert [(change["roles"], change["by"]) for change in changes] == [
        (["viewer", "creator"], operator.user.handle),
        (["viewer", "creator", "moderator"], operator.user.handle),
        (["viewer", "creator"], None),
    ]
    assert operator.put(f"{of(person)}/roles/king").json()["code"] == "unknown_role"
    assert operator.put(f"{PATH}/{uuid4()}/roles/moderator").status_code == 404


def test_nobody_takes_their_own_operator_role_or_shuts_their_own_account(signed_in):
    operator = signed_in("operator", "moderator")
    assert (
        operator.delete(f"{of(operator.user)}/roles/operator").json()["code"] == "own_operator_role"
    )
    assert operator.post(f"{of(operator.user)}/deactivate").json()["code"] == "own_account"
    assert operator.delete(f"{of(operator.user)}/roles/moderator").json()["roles"] == ["operator"]
    assert operator.get(of(operator.user)).json()["oneself"] is True


def test_an_operator_who_was_put_out_a_moment_ago_acts_no_more():
    one, two = UserFactory(roles=["operator"]), UserFactory(roles=["operator"])
    revoke_role(user_id=two.pk, role="operator", by=one)
    with pytest.raises(Refused):  # two's request had passed the door already
        revoke_role(user_id=one.pk, role="operator", by=two)
    one.refresh_from_db()
    assert one.roles == ["operator"]


@pytest.mark.django_db(transaction=True)
def test_two_operators_who_put_each_other_out_leave_one():
    one, two = UserFactory(roles=["operator"]), UserFactory(roles=["operator"])
    together, refused = threading.Barrier(2), []

    def put_out(by, whom):
        together.wait()
        try:
            revoke_role(user_id=whom.pk, role="operator", by=by)
        except Refused:
            refused.append(by)
        finally:
            connection.close()

    threads = [threading.Thread(target=put_out, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(roles__contains=["operator"]).count() == 1 and len(refused) == 1


def test_a_shut_accounts_sessions_end_at_once_and_do_not_come_back(signed_in):
    operator, person = signed_in("operator"), UserFactory(email="p@example.com")
    browser, other = APIClient(), APIClient()
    login = {"email": "p@example.com", "password": "a long password"}
    for client in (browser, other):
        assert client.post(LOGIN, login, format="json").status_code == 200
        assert client.get("/api/v1/me").json()["user"]["handle"] == person.handle
    assert operator.post(f"{of(person)}/deactivate").json()["is_active"] is False
    for client in (browser, other):
        assert client.get("/api/v1/me").json()["user"] is None
        assert client.get("/api/v1/studio/series").status_code == 401
    assert APIClient().post(LOGIN, login, format="json").status_code != 200
    assert operator.post(f"{of(person)}/deactivate").json()["code"] == "shut_already"

    assert operator.post(f"{of(person)}/reactivate").json()["is_active"] is True
    assert operator.post(f"{of(person)}/reactivate").json()["code"] == "open_already"
    assert browser.get("/api/v1/me").json()["user"] is None, "a session that was ended stays ended"
    assert browser.post(LOGIN, login, format="json").status_code == 200
    assert browser.get("/api/v1/me").json()["user"]["handle"] == person.handle


def test_only_operators_see_people(api, signed_in):
    person = UserFactory()
    everyone_else = signed_in("viewer", "creator", "moderator", "filing_admin", "copyright_admin")
    for client, status in ((api, 401), (everyone_else, 403)):
        assert client.get(PATH).status_code == status
        assert client.get(of(person)).status_code == status
        assert client.put(f"{of(person)}/roles/operator").status_code == status
        assert client.post(f"{of(person)}/deactivate").status_code == status
    person.refresh_from_db()
    assert person.is_active and "operator" not in person.roles


def test_the_first_operator_comes_from_a_command(signed_in):
    person, out = UserFactory(handle="owner", email="owner@example.com"), StringIO()
    call_command("grant_role", "Owner@example.com", "operator", stdout=out)
    call_command("grant_role", "owner", "operator", stdout=out)
    person.refresh_from_db()
    assert person.roles == ["viewer", "creator", "operator"]
    assert out.getvalue().splitlines()[0] == "owner: viewer, creator, operator"
    with pytest.raises(CommandError, match="no account nobody"):
        call_command("grant_role", "nobody", "operator")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("grant_role", "owner", "king")
    assert signed_in(user=person).get(of(person)).json()["changes"][0]["by"] is None
