"""Who may vote is chosen beforehand, published, and held against a crowd of made-up voters."""

from __future__ import annotations

import uuid

import pytest

from huaben.accounts.services import get_or_create_viewer
from huaben.core.addresses import network_digest
from huaben.core.problems import Refused
from huaben.interactive.models import Vote
from tests.factories import UserFactory
from tests.platform.interactive.stories import at_the_first_vote, forked_tale, premiere_at_eight
from tests.platform.interactive.stories import vote as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def tale():
    return forked_tale()


def refusal(*arguments, **more):
    with pytest.raises(Refused) as caught:
        cast(*arguments, **more)
    return caught.value.code


def test_fifty_cookies_of_one_network_have_five_votes(tale):
    premiere, now = at_the_first_vote(tale)
    network = network_digest("203.0.113.9")
    for _ in range(5):
        cast(premiere, "转身走进雨里", now, network=network)
    for _ in range(45):
        assert refusal(premiere, "转身走进雨里", now, network=network) == "network_has_voted"
    assert Vote.objects.count() == 5
    cast(premiere, "收下玉佩", now, network=network_digest("198.51.100.1"))


def test_whoever_has_voted_may_still_change_it_when_the_network_has_had_its_votes(tale):
    premiere, now = at_the_first_vote(tale)
    network, mine = network_digest("203.0.113.9"), uuid.uuid4()
    cast(premiere, "转身走进雨里", now, viewer=mine, network=network)
    for _ in range(4):
        cast(premiere, "转身走进雨里", now, network=network)
    changed = cast(premiere, "收下玉佩", now, viewer=mine, network=network)
    assert len(changed.keys) == 2


def test_where_an_account_is_asked_for_a_cookie_has_no_vote(tale):
    premiere, now = at_the_first_vote(tale, vote_rule="accounts")
    assert refusal(premiere, "收下玉佩", now) == "account_needed"
    viewer = get_or_create_viewer(user=UserFactory())
    cast(premiere, "收下玉佩", now, viewer=viewer.pk)
    shut = get_or_create_viewer(user=UserFactory(is_active=False))
    assert refusal(premiere, "收下玉佩", now, viewer=shut.pk) == "account_needed"


def test_the_rule_is_chosen_with_the_premiere_and_told_in_words(tale, signed_in, api):
    host = signed_in(user=tale.creator)
    address = f"/api/v1/studio/series/{tale.pk}/premieres"
    body = {"starts_at": "2099-01-01T12:00:00Z", "vote_rule": "nobody"}
    assert host.post(address, body, format="json").status_code == 400
    premiere = premiere_at_eight(tale, vote_rule="accounts")
    told = api.get(f"/api/v1/premieres/{premiere.pk}").json()
    assert told["vote_rule"] == "accounts"
    assert "一个账号一票" in told["vote_rule_text"]["zh"]
    assert "account" in told["vote_rule_text"]["en"]


def test_addresses_of_one_household_are_one_network_and_others_are_not():
    assert network_digest("203.0.113.9") == network_digest("203.0.113.200")
    assert network_digest("::ffff:203.0.113.9") == network_digest("203.0.113.1")
    assert network_digest("203.0.113.9") != network_digest("203.0.114.9")
    assert network_digest("2001:db8:1:200::1") == network_digest("2001:db8:1:2ff::9")
    assert network_digest("2001:db8:1:200::1") != network_digest("2001:db8:1:300::1")
    assert network_digest(None) == network_digest("unix") == ""
