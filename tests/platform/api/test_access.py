"""Every endpoint × every role, from the OpenAPI schema; and other people's objects.

``access.json`` lists who may call which endpoint. A new endpoint, or a policy that allows more,
changes that file, so that somebody reads it: ``python -m tests.platform.api.write_access`` writes
it anew.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories import UserFactory
from tests.platform.api.endpoints import every_endpoint
from tests.platform.api.entering import ROLES, who_may_enter

EXPECTED = Path(__file__).with_name("access.json")


@pytest.mark.django_db
@pytest.mark.timeout(900)  # more than a thousand requests
def test_who_may_enter_where_is_what_the_list_says():
    assert who_may_enter() == json.loads(EXPECTED.read_text())


def test_no_endpoint_is_outside_the_list():
    assert sorted(json.loads(EXPECTED.read_text())) == sorted(
        endpoint.name for endpoint in every_endpoint()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", every_endpoint(), ids=lambda endpoint: endpoint.name)
def test_no_answer_is_a_server_error_whatever_the_body(endpoint, signed_in):
    client = signed_in(user=UserFactory(roles=[role for role in ROLES if role != "nobody"]))
    bodies = [{}, [], None, {"unexpected": ["深"] * 3}, {"title": "\x00", "idea": "", "events": 7}]
    for body in bodies[:1] if endpoint.method == "GET" else bodies:
        answer = getattr(client, endpoint.method.lower())(endpoint.address(), body, format="json")
        assert answer.status_code < 500, (endpoint.name, body, answer.content[:300])
        if answer.status_code >= 400:
            assert answer["Content-Type"].startswith("application/problem+json"), endpoint.name
            assert {"code", "title", "status", "request_id"} <= set(answer.json())
