"""The condition of the gate that rights answers: no block is in force."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from huaben.catalog.gate import Keeper, Reason, register_keeper
from huaben.catalog.models import Cut
from huaben.core.localized import LocalizedText

from .models import Block, Claim


def unblocked() -> Q:
    """Cuts that no block covers."""
    standing = Block.objects.filter(lifted_at=None, series=OuterRef("episode__series"))
    return ~Q(
        Exists(standing.filter(_against(OuterRef("pk"), OuterRef("episode"), OuterRef("number"))))
    )


def _against(cut: UUID | OuterRef, episode: UUID | OuterRef, number: int | OuterRef) -> Q:
    """Blocks of the series that cover a Cut: given by ids and number, or by an outer query's
    columns.

    A claim names the version that was seen; those before it most likely hold the same work, and
    would be shown in its place. One against a whole series may have been narrowed to episodes.
    """
    earlier = Q(claim__isnull=False, cut__episode=episode, cut__number__gte=number)
    whole = Q(cut=None) & (
        Q(claim=None) | Q(claim__narrowed_to=[]) | Q(claim__narrowed_to__contains=[episode])
    )
    return whole | Q(cut=cut) | earlier


def rights_reasons(cut: Cut) -> list[Reason]:
    """The same in words: one reason for each block."""
    against = _against(cut.pk, cut.episode_id, cut.number)
    standing = Block.objects.filter(against, lifted_at=None, series=cut.episode.series_id)
    return [
        _claimed(block.claim)
        if block.claim
        else Reason(
            "rights_blocked",
            LocalizedText(
                f"因版权原因下架：{block.reason}", f"Blocked for copyright: {block.reason}"
            ),
            LocalizedText(
                "联系版权管理员，提交授权证明", "Contact the copyright admin and show your licence"
            ),
        )
        for block in standing.select_related("claim").order_by("pk")
    ]


def _claimed(claim: Claim) -> Reason:
    who, work = claim.claimant_name, claim.work_title
    if claim.state == Claim.State.UPHELD:
        return Reason(
            "rights_upheld",
            LocalizedText(
                f"版权投诉成立：{who}《{work}》", f"A copyright claim was upheld: {who}, “{work}”"
            ),
            LocalizedText(
                "取得授权后联系版权管理员", "Get a licence, then contact the copyright admin"
            ),
        )
    return Reason(
        "rights_claimed",
        LocalizedText(
            f"因版权投诉下架：{who}《{work}》", f"Taken down on a copyright claim: {who}, “{work}”"
        ),
        LocalizedText(
            "在创作台查看投诉；若不侵权，可提交不侵权声明",
            "See it in the studio; if you may use the work, counter it",
        ),
    )


register_keeper(
    Keeper(
        "rights", unblocked, rights_reasons, LocalizedText("没有版权封禁", "No copyright block"), 50
    )
)
