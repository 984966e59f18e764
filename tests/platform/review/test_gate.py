"""Review's keepers say the same as a query and in words, whatever state a Cut is in."""

import itertools
import random

import pytest
from django.utils import timezone

from huaben.catalog.facts import AiNotice, PlayerNotices, get_player_notices
from huaben.catalog.gate import REQUIRED, keepers
from huaben.catalog.models import Cut
from huaben.core.localized import LocalizedText
from huaben.media.models import Asset
from huaben.review.keepers import approved, label_reasons, labelled, review_reasons
from huaben.review.models import Case, CutLabel, Decision
from tests.factories import AssetFactory, CutFactory, EpisodeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_gate_knows_its_keepers():
    assert {keeper.source for keeper in keepers()} >= REQUIRED


def random_review(cut, by, dice):
    """A case in any state, with a decision of any kind about these or other bytes, in every way the
    tables allow.
    """
    state = dice.choice([None, *["approved"] * 8, *Case.State.values])
    if state is None:
        return
    if state == "taken":
        Case.objects.create(cut=cut, state=state, reviewer=by)
        return
    case, decision = Case.objects.create(cut=cut), None
    sha256, package_sha256 = (cut.asset.sha256, cut.asset.package_sha256) if cut.asset else ("", "")
    if state in ("approved", "rejected", "taken_down") or dice.random() < 0.5:
        decision = Decision.objects.create(
            case=dice.choice([case, case, case, Case.objects.first()]),
            outcome=dice.choice([*["approved"] * 5, *Decision.Outcome.values]),
            by=by,
            sha256=dice.choice([*[sha256] * 4, "f" * 64]),
            package_sha256=dice.choice([*[package_sha256] * 4, "e" * 64, ""]),
        )
    Case.objects.filter(pk=case.pk).update(state=state, decision=decision)


def random_label(cut, dice):
    if dice.random() < 0.15:
        return
    other = AssetFactory()
    asset = dice.choice([cut.asset or other] * 4 + [other])
    CutLabel.objects.create(
        cut=cut,
        asset=asset,
        sha256=dice.choice([asset.sha256] * 4 + ["d" * 64]),
        value=dice.choice(["", "1", "2", "3"]),
        rules_version="test",
        verified_at=timezone.now(),
    )


@pytest.mark.parametrize("seed", range(3))
def test_query_and_words_agree_over_random_states(seed):
    dice, by, episode = random.Random(seed), UserFactory(), EpisodeFactory()
    cuts = []
    for number, (origin, declaration) in enumerate(
        itertools.islice(itertools.cycle(itertools.product(Cut.Origin, Cut.Declaration)), 90)
    ):
        package = dice.choice(["", "c" * 64, "c" * 64])
        state = Asset.State.READY if package else dice.choice(Asset.State.values)
        asset = AssetFactory(package_sha256=package, state=state)
        cut = CutFactory(
            episode=episode,
            number=number + 1,
            origin=origin,
            declaration=declaration,
            source=asset,
            asset=dice.choice([asset] * 9 + [None]),
        )
        random_review(cut, by, dice)
        random_label(cut, dice)
        cuts.append(cut)
    for passing, reasons in ((approved, review_reasons), (labelled, label_reasons)):
        through = set(Cut.objects.filter(passing()).values_list("pk", flat=True))
        assert through == {cut.pk for cut in cuts if not reasons(cut)}
        assert 0 < len(through) < len(cuts)


@pytest.mark.parametrize(
    ("origin", "declaration", "value", "opens"),
    [
        ("generated", "ai", "1", True),
        ("generated", "ai", "2", False),
        ("generated", "ai", "", False),
        ("upload", "ai", "2", True),
        ("upload", "ai", "", False),
        ("upload", "not_ai", "", True),
        ("upload", "unknown", "", True),
        ("upload", "not_ai", "3", True),
    ],
)
def test_a_cut_needs_the_label_that_its_making_asks_for(
    label_cut, origin, declaration, value, opens
):
    cut = CutFactory(origin=origin, declaration=declaration)
    label_cut(cut, value)
    assert Cut.objects.filter(labelled(), pk=cut.pk).exists() is opens
    assert (not label_reasons(cut)) is opens


def test_a_label_read_from_other_bytes_does_not_count(label_cut):
    cut = CutFactory()
    label_cut(cut, sha256="0" * 64)
    assert [reason.code for reason in label_reasons(cut)] == ["label_other_bytes"]


def test_a_cut_that_review_never_saw_waits():
    cut = CutFactory()
    assert [reason.code for reason in (*review_reasons(cut), *label_reasons(cut))] == [
        "review_waiting",
        "label_waiting",
    ]


def test_each_labelled_cut_has_its_notice_beside_the_player(label_cut):
    made, plain = CutFactory(), CutFactory(origin="upload", declaration="not_ai")
    label_cut(made, "1")
    label_cut(plain, "")
    ai_notice = AiNotice("1", LocalizedText("AI生成", "AI-generated"))
    assert get_player_notices([made.pk, plain.pk]) == {
        made.pk: PlayerNotices(ai_notice=ai_notice),
        plain.pk: PlayerNotices(),
    }
