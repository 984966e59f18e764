"""Every endpoint, asked by schemathesis as every role: whatever is sent, nothing answers 5xx.

The requests come from the published schema: such as it allows, and such as it forbids. They are the
same in each run; ``FUZZ_SEED`` gives others, ``FUZZ_EXAMPLES`` more of them for each endpoint.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import requests
import schemathesis
from django.apps import apps
from django.core.cache import cache as django_cache
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient
from schemathesis.generation import GenerationMode

from tests import contract
from tests.factories import UserFactory
from tests.platform.api.entering import ROLES
from tests.platform.rights.claims import made as made_claim
from tests.platform.watching.works import show_series

SEED = int(os.environ.get("FUZZ_SEED", "1"))
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))
# The bytes of an upload.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
bounded = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def clients(db: None) -> dict[str, APIClient]:
    """A browser of each role, in a house where one series is shown and one complaint is open."""
    made_claim(show_series("fuzz"))
    browsers = {role: APIClient(raise_request_exception=False) for role in ROLES}
    for role, browser in browsers.items():
        if role != "nobody":
            browser.force_login(
                UserFactory(roles=[role]),
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
    return browsers


@pytest.mark.parametrize("name", sorted(contract.operations()))
def test_whatever_is_sent_nothing_answers_with_a_server_error(
    name: str, clients: dict[str, APIClient]
) -> None:
    method, path = name.split(" ")
    operation = _schema()[path][method]
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @seed(SEED)
    @bounded
    @given(case=cases, real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        if real:
            case.path_parameters = {**(case.path_parameters or {}), **_ids_of_rows(path)}
        try:
            request = requests.Request(**case.as_transport_kwargs("http://testserver")).prepare()
        except (ValueError, requests.RequestException):
            return  # what no client can put into HTTP
        django_cache.clear()  # or the limits on how often one may ask answer for the rest
        for role, browser in clients.items():
            answer = _send(browser, request)
            assert answer.status_code < 500, (
                f"{role}: {request.method} {request.url} {request.body!r} answered "
                f"{answer.status_code} (FUZZ_SEED={SEED})"
            )

    ask()


def _send(browser: APIClient, request: requests.PreparedRequest) -> Any:
    address = urlsplit(str(request.url))
    body = request.body or b""
    return browser.generic(
        str(request.method),
        unquote(address.path),
        body.encode() if isinstance(body, str) else body,
        content_type=request.headers.get("Content-Type", "application/octet-stream"),
        QUERY_STRING=address.query,
    )


def _ids_of_rows(path: str) -> dict[str, str]:
    """For ``{series_id}`` the id of a series that is there, and so on."""
    found = {}
    models = {model._meta.model_name: model for model in apps.get_models()}
    for part in path.split("/"):
        model = models.get(part.strip("{}").removesuffix("_id"))
        row = model._default_manager.first() if part.startswith("{") and model else None
        if row is not None:
            found[part.strip("{}")] = str(row.pk)
    return found


@cache
def _schema() -> Any:
    return schemathesis.openapi.from_dict(json.loads(contract.SCHEMA.read_text()))
