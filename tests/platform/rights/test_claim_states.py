"""Every state of a claim by every act: what is named is done, what is not is refused, and its block
keeps step.
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
from huaben.rights.acts import BLOCKING, claimant_acts, creator_acts, desk_acts
from huaben.rights.keepers import rights_reasons, unblocked
from huaben.rights.models import Block, Claim
from tests.factories import UserFactory
from tests.platform.rights.claims import NOON, made
from tests.platform.watching.works import show_series

pytestmark = pytest.mark.django_db
ACTS = {
    "complete": lambda pk, by, creator: services.confirm_claim(claim_id=pk, by=by),
    "incomplete": lambda pk, by, creator: services.mark_incomplete(claim_id=pk, by=by, missing="x"),
    "reject": lambda pk, by, creator: services.reject_claim(claim_id=pk, by=by, reason="x"),
    "uphold": lambda pk, by, creator: services.uphold_claim(claim_id=pk, by=by, reason="x"),
    "suit": lambda pk, by, creator: services.record_suit(claim_id=pk, by=by, note="x"),
    "extend": lambda pk, by, creator: services.extend_wait(claim_id=pk, by=by, note="x"),
    "supplement": lambda pk, by, creator: services.supplement_notice(
        claim_id=pk, address="x", work_title="x", work_place="x", statement="x"
    ),
    "withdraw": lambda pk, by, creator: services.withdraw_claim(claim_id=pk),
    "counter": lambda pk, by, creator: services.counter_claim(
        claim_id=pk, by=creator, statement="x", signature="x", good_faith=True
    ),
}
WAYS = {
    "received": (),
    "incomplete": ("incomplete",),
    "standing": ("complete",),
    "countered": ("complete", "counter"),
    "withdrawn": ("withdraw",),
    "rejected": ("reject",),
    "upheld": ("complete", "uphold"),
}


@pytest.mark.parametrize(("state", "act"), list(product(WAYS, ACTS)))
def test_in_every_state_an_act_is_done_when_it_is_named_and_refused_when_it_is_not(state, act):
    claim, admin = made(), UserFactory(roles=["copyright_admin"])
    creator = claim.series.creator
    for step in WAYS[state]:
        ACTS[step](claim.pk, admin, creator)
    claim.refresh_from_db()
    assert claim.state == state
    named = act in {*desk_acts(claim), *claimant_acts(claim), *creator_acts(claim)}
    if named:
        ACTS[act](claim.pk, admin, creator)
    else:
        with pytest.raises(Problem):
            ACTS[act](claim.pk, admin, creator)
        claim.refresh_from_db()
        assert claim.state == state


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_a_block_stands_exactly_while_its_claim_does(seed):
    dice = random.Random(seed)
    series = show_series("断桥", episodes=2)
    cuts = list(Cut.objects.filter(episode__series=series))
    admin = UserFactory(roles=["copyright_admin"])
    claims = [made(series), made(series, episode_id=cuts[0].episode_id)]
    for _ in range(14):
        claim = dice.choice(claims)
        with suppress(Problem):
            ACTS[dice.choice(list(ACTS))](claim.pk, admin, series.creator)
        if dice.random() < 0.2:
            services.restore_due(now=NOON + timedelta(days=4000))
        for one in claims:
            one.refresh_from_db()
            assert Block.objects.filter(claim=one, lifted_at=None).exists() == (
                one.state in BLOCKING
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
