"""What answers about claims look like.

Three people see a claim, and each sees what is theirs: only the copyright admin and the claimant
have the claimant's address (``ClaimDetails``, ``FiledNotice``); its creator has what the rules
forward (``ForwardedClaim``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from huaben.catalog.presenters import CutEvidence
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.responses import described
from huaben.core.types import Requester

from .. import models
from ..claim_actions import (
    AdminAction,
    ClaimantAction,
    CreatorAction,
    admin_actions,
    claimant_actions,
    creator_actions,
)
from ..claim_links import create_claim_secret
from ..selectors import (
    ClaimEvent,
    list_claim_events,
    list_episodes,
    list_narrowed_episodes,
    list_related_claims,
)
from ..terms import PeriodUnit, read_terms
from .works import (
    ClaimedCut,
    ClaimedEpisode,
    ClaimedSeries,
    present_claimed_cut,
    present_claimed_episode,
    present_claimed_series,
)


@dataclass(frozen=True)
class ClaimTerms:
    """What the claim's jurisdiction asks, as far as people must know it."""

    version: str
    kind: str
    name: LocalizedText
    restores_at_once: bool
    wait_count: int | None
    wait_unit: PeriodUnit
    extension_count: int | None
    extension_unit: PeriodUnit


@dataclass(frozen=True)
class CounterNoticeDetails:
    """What the creator says against a claim."""

    statement: str
    proofs: list[str]
    signature: str
    created_at: datetime


@dataclass(frozen=True)
class ClaimStep:
    """One line of a claim's history."""

    at: datetime
    action: models.Claim.Action
    note: str


@dataclass(frozen=True)
class AdminClaimStep(ClaimStep):
    """The same for a copyright admin, with who did it; null: the claimant, the creator or the
    clock.
    """

    by: str | None


@dataclass(frozen=True, kw_only=True)
class ClaimCard:
    """A claim in the copyright admin's list."""

    id: UUID
    number: str
    state: models.Claim.State
    series: ClaimedSeries
    cut: ClaimedCut | None
    episode_count: int = field(
        metadata=described("Of a series, the episodes to which it was narrowed; 0: all.")
    )
    claimant_name: str
    work_title: str
    received_at: datetime
    suit_at: datetime | None
    due_at: datetime | None = field(metadata=described("To be looked at, or restored, by then."))
    due_provisional: bool
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ClaimDetails(ClaimCard):
    """A claim as the copyright admin sees it, whole."""

    email: str
    phone: str
    address: str
    work_place: str
    statement: str
    proofs: list[str]
    signature: str
    terms: ClaimTerms
    forwarded_at: datetime | None
    countered_at: datetime | None
    extended: bool
    counter_notice: CounterNoticeDetails | None
    narrowed_to: list[ClaimedEpisode]
    episodes: list[ClaimedEpisode] = field(metadata=described("All of the series."))
    shown_cuts: list[CutEvidence] = field(metadata=described("As they were when the notice came."))
    history: list[AdminClaimStep]
    related: list[ClaimCard] = field(metadata=described("Other claims against the same series."))
    actions: list[AdminAction]
    may_decide: bool = field(metadata=described("False for a series of one's own."))


@dataclass(frozen=True)
class FiledNotice:
    """A claim as its claimant sees it: all that they wrote, and its state."""

    number: str
    state: models.Claim.State
    series: ClaimedSeries
    cut: ClaimedCut | None
    narrowed_to: list[ClaimedEpisode]
    claimant_name: str
    email: str
    phone: str
    address: str
    work_title: str
    work_place: str
    statement: str
    proofs: list[str]
    signature: str
    terms: ClaimTerms
    received_at: datetime
    suit_at: datetime | None
    due_at: datetime | None
    due_provisional: bool
    ended_at: datetime | None
    counter_notice: CounterNoticeDetails | None
    history: list[ClaimStep]
    actions: list[ClaimantAction]


@dataclass(frozen=True)
class NoticeReceipt:
    """What a claimant gets: a number to name, and the secret of the link by which to follow it."""

    number: str
    secret: str


@dataclass(frozen=True)
class ForwardedClaimCard:
    """A claim against a work of the caller's, in a list."""

    id: UUID
    number: str
    state: models.Claim.State
    series: ClaimedSeries
    cut: ClaimedCut | None
    claimant_name: str
    work_title: str
    due_at: datetime | None


@dataclass(frozen=True)
class ForwardedClaim(ForwardedClaimCard):
    """A claim as its creator has it: who complains, of what, with what words. No address."""

    narrowed_to: list[ClaimedEpisode]
    work_place: str
    statement: str
    proofs: list[str]
    terms: ClaimTerms
    forwarded_at: datetime
    countered_at: datetime | None
    suit_at: datetime | None
    extended: bool
    due_provisional: bool
    ended_at: datetime | None
    counter_notice: CounterNoticeDetails | None
    history: list[ClaimStep]
    actions: list[CreatorAction]


def present_claim_card(claim: models.Claim) -> ClaimCard:
    """A claim in a list; it must come from ``selectors.claims()``, then nothing more is read."""
    return ClaimCard(
        id=claim.pk,
        number=claim.number,
        state=models.Claim.State(claim.state),
        series=present_claimed_series(claim.series),
        cut=present_claimed_cut(claim.cut),
        episode_count=len(claim.narrowed_to),
        claimant_name=claim.claimant_name,
        work_title=claim.work_title,
        received_at=claim.received_at,
        suit_at=claim.suit_at,
        due_at=claim.due_at,
        due_provisional=claim.due_provisional,
        ended_at=claim.ended_at,
    )


def present_claim(claim: models.Claim, user: Requester) -> ClaimDetails:
    """A claim for the copyright admin ``user``: everything."""
    return ClaimDetails(
        **vars(present_claim_card(claim)),
        email=claim.email,
        phone=claim.phone,
        address=claim.address,
        work_place=claim.work_place,
        statement=claim.statement,
        proofs=claim.proofs,
        signature=claim.signature,
        terms=_terms(claim),
        forwarded_at=claim.forwarded_at,
        countered_at=claim.countered_at,
        extended=claim.extended,
        counter_notice=_counter_notice(claim),
        narrowed_to=_narrowed_to(claim),
        episodes=[present_claimed_episode(episode) for episode in list_episodes(claim)],
        shown_cuts=[CutEvidence(**cut) for cut in claim.shown_cuts],
        history=[
            AdminClaimStep(**vars(_step(event)), by=event.by.name if event.by else None)
            for event in list_claim_events(claim)
        ],
        related=[present_claim_card(other) for other in list_related_claims(claim)],
        actions=admin_actions(claim),
        may_decide=may(user, "rights.decide_claim", claim.series),
    )


def present_filed_notice(claim: models.Claim) -> FiledNotice:
    """A claim for its claimant: what they wrote, and its state; not which admin did what."""
    return FiledNotice(
        number=claim.number,
        state=models.Claim.State(claim.state),
        series=present_claimed_series(claim.series),
        cut=present_claimed_cut(claim.cut),
        narrowed_to=_narrowed_to(claim),
        claimant_name=claim.claimant_name,
        email=claim.email,
        phone=claim.phone,
        address=claim.address,
        work_title=claim.work_title,
        work_place=claim.work_place,
        statement=claim.statement,
        proofs=claim.proofs,
        signature=claim.signature,
        terms=_terms(claim),
        received_at=claim.received_at,
        suit_at=claim.suit_at,
        due_at=claim.due_at,
        due_provisional=claim.due_provisional,
        ended_at=claim.ended_at,
        counter_notice=_counter_notice(claim),
        history=[_step(event) for event in list_claim_events(claim)],
        actions=claimant_actions(claim),
    )


def present_notice_receipt(claim: models.Claim) -> NoticeReceipt:
    """The number of a new claim, and the secret of its link, signed anew each time."""
    return NoticeReceipt(number=claim.number, secret=create_claim_secret(claim))


def present_forwarded_claim_card(claim: models.Claim) -> ForwardedClaimCard:
    """A claim in its creator's list."""
    return ForwardedClaimCard(
        id=claim.pk,
        number=claim.number,
        state=models.Claim.State(claim.state),
        series=present_claimed_series(claim.series),
        cut=present_claimed_cut(claim.cut),
        claimant_name=claim.claimant_name,
        work_title=claim.work_title,
        due_at=claim.due_at,
    )


def present_forwarded_claim(claim: models.Claim) -> ForwardedClaim:
    """A claim for its creator, from the day on that it was confirmed: no address, and nothing of
    what was done before.
    """
    assert claim.forwarded_at is not None
    return ForwardedClaim(
        **vars(present_forwarded_claim_card(claim)),
        narrowed_to=_narrowed_to(claim),
        work_place=claim.work_place,
        statement=claim.statement,
        proofs=claim.proofs,
        terms=_terms(claim),
        forwarded_at=claim.forwarded_at,
        countered_at=claim.countered_at,
        suit_at=claim.suit_at,
        extended=claim.extended,
        due_provisional=claim.due_provisional,
        ended_at=claim.ended_at,
        counter_notice=_counter_notice(claim),
        history=_since_confirmed([_step(event) for event in list_claim_events(claim)]),
        actions=creator_actions(claim),
    )


def _narrowed_to(claim: models.Claim) -> list[ClaimedEpisode]:
    return [present_claimed_episode(episode) for episode in list_narrowed_episodes(claim)]


def _terms(claim: models.Claim) -> ClaimTerms:
    terms = read_terms(claim.profile.terms)
    return ClaimTerms(
        version=claim.profile.version,
        kind=claim.profile.kind,
        name=terms.name,
        restores_at_once=terms.restores_at_once,
        wait_count=terms.wait_count,
        wait_unit=terms.wait_unit,
        extension_count=terms.extension_count,
        extension_unit=terms.extension_unit,
    )


def _counter_notice(claim: models.Claim) -> CounterNoticeDetails | None:
    notice: models.CounterNotice | None = getattr(claim, "counter_notice", None)
    if notice is None:
        return None
    return CounterNoticeDetails(
        statement=notice.statement,
        proofs=notice.proofs,
        signature=notice.signature,
        created_at=notice.created_at,
    )


def _step(event: ClaimEvent) -> ClaimStep:
    return ClaimStep(
        at=event.pgh_created_at, action=models.Claim.Action(event.action), note=event.note
    )


def _since_confirmed(history: Sequence[ClaimStep]) -> list[ClaimStep]:
    actions = [step.action for step in history]
    confirmed = models.Claim.Action.CONFIRMED
    return list(history[actions.index(confirmed) :]) if confirmed in actions else []
