"""Every state of a claim by every action: what is listed succeeds, what is not is refused, and its
block is in force exactly while it should be.
"""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from huaben.catalog.models import Cut
from huaben.core.problems import Problem
from huaben.rights import services
from huaben.rights.claim_actions import (
    BLOCKING_STATES,
    admin_actions,
    claimant_actions,
    creator_actions,
)
from huaben.rights.keepers import rights_reasons, unblocked
from huaben.rights.models import Block, Claim
from tests.factories import UserFactory
from tests.platform.rights.claims import NOON, made
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db
ACTIONS = {
    "complete": lambda pk, by, creator: services.confirm_claim(claim_id=pk, by=by),
    "incomplete": lambda pk, by, creator: services.mark_incomplete(claim_id=pk, by=by, missing="x"),
    "reject": lambda pk, by, creator: services.reject_claim(claim_id=pk, by=by, reason="x"),
    "uphold": lambda pk, by, creator: services.uphold_claim(claim_id=pk, by=by, reason="x"),
    "suit": lambda pk, by, creator: services.record_suit_as_admin(claim_id=pk, by=by, note="x"),
    "extend": lambda pk, by, creator: services.extend_wait(claim_id=pk, by=by, note="x"),
    "supplement": lambda pk, by, creator: services.supplement_claim(
        claim_id=pk, address="x", work_title="x", work_place="x", statement="x"
    ),
    "withdraw": lambda pk, by, creator: services.withdraw_claim(claim_id=pk),
    "counter": lambda pk, by, creator: services.counter_claim(
        claim_id=pk, by=creator, statement="x", signature="x", good_faith=True
    ),
}
STEPS_TO = {
    "received": (),
    "incomplete": ("incomplete",),
    "standing": ("complete",),
    "countered": ("complete", "counter"),
    "withdrawn": ("withdraw",),
    "rejected": ("reject",),
    "upheld": ("complete", "uphold"),
}


@pytest.mark.parametrize(("state", "action"), list(product(STEPS_TO, ACTIONS)))
def test_in_every_state_an_action_succeeds_when_it_is_listed_and_fails_otherwise(state, action):
    claim, admin = made(), UserFactory(roles=["copyright_admin"])
    creator = claim.series.creator
    for step in STEPS_TO[state]:
        ACTIONS[step](claim.pk, admin, creator)
    claim.refresh_from_db()
    assert claim.state == state
    listed = action in {*admin_actions(claim), *claimant_actions(claim), *creator_actions(claim)}
    if listed:
        ACTIONS[action](claim.pk, admin, creator)
    else:
        with pytest.raises(Problem):
            ACTIONS[action](claim.pk, admin, creator)
        claim.refresh_from_db()
        assert claim.state == state


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_a_block_stands_exactly_while_its_claim_does(seed):
    rng = random.Random(seed)
    series = show_series("断桥", episodes=2)
    cuts = list(Cut.objects.filter(episode__series=series))
    admin = UserFactory(roles=["copyright_admin"])
    claims = [made(series), made(series, episode_id=cuts[0].episode_id)]
    for _ in range(14):
        claim = rng.choice(claims)
        with suppress(Problem):
            ACTIONS[rng.choice(list(ACTIONS))](claim.pk, admin, series.creator)
        if rng.random() < 0.2:
            services.restore_due(now=NOON + timedelta(days=4000))
        for claim in claims:
            claim.refresh_from_db()
            assert Block.objects.filter(claim=claim, lifted_at=None).exists() == (
                claim.state in BLOCKING_STATES
            )
        through = set(
            Cut.objects.filter(unblocked(), pk__in=[cut.pk for cut in cuts]).values_list(
                "pk", flat=True
            )
        )
        assert through == {cut.pk for cut in cuts if not rights_reasons(cut)}


def test_the_state_is_changed_by_transitions_alone():
    claim = made()
    with pytest.raises(AttributeError):
        claim.state = Claim.State.UPHELD
    with pytest.raises(TransitionNotAllowed):
        claim.uphold(NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="standing")
