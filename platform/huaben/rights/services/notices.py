"""What a claimant does: file a notice, complete it, record a suit, withdraw."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.models import Cut, Series
from huaben.catalog.presenters import present_cut_evidence
from huaben.catalog.selectors import list_published_episodes, published_series
from huaben.core.calendar import day_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound
from huaben.core.responses import as_json

from ..claim_actions import OPEN_STATES, claimant_actions, ensure_action_allowed
from ..models import Claim
from ..quotas import address_digest, ensure_within_notice_quota
from ..terms import read_terms
from .blocks import lift_block_of_claim
from .claim_fields import clean_proofs, clean_text, ensure_good_faith
from .claim_updates import lock_claim, save_step
from .profiles import get_profile_in_force

S = Claim.State
_NUMBER_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def create_claim(
    *,
    series_id: UUID,
    viewer_id: UUID,
    network_address: str,
    claimant_name: str,
    email: str,
    address: str,
    work_title: str,
    work_place: str,
    statement: str,
    signature: str,
    good_faith: bool,
    episode_id: UUID | None = None,
    phone: str = "",
    proofs: Sequence[str] = (),
    now: datetime | None = None,
) -> Claim:
    """Create the claim of a copyright notice about a series that is shown, or about what is shown
    of one episode of it.

    What is shown at that moment is stored with it. Raises NotFound for a series or episode
    that is not shown, Problem for what is missing, Conflict for a repeat, Throttled when too many
    come from one viewer or address.
    """
    now = now or timezone.now()
    ensure_good_faith(good_faith)
    texts = {
        "claimant_name": clean_text("claimant_name", claimant_name),
        "email": clean_text("email", email),
        "address": clean_text("address", address),
        "work_title": clean_text("work_title", work_title),
        "work_place": clean_text("work_place", work_place),
        "statement": clean_text("statement", statement),
        "signature": clean_text("signature", signature),
    }
    cleaned_proofs, filed_from = clean_proofs(proofs), address_digest(network_address)
    with transaction.atomic():
        series = _lock_shown_series(series_id)
        shown = _list_shown_cuts(series, episode_id)
        cut = shown[0] if episode_id is not None else None
        ensure_within_notice_quota(viewer_id=viewer_id, filed_from=filed_from, now=now)
        _ensure_not_repeated(series, cut, texts)
        profile = get_profile_in_force(kind=settings.RIGHTS_JURISDICTION, day=day_of(now))
        claim = Claim(
            number=_new_number(now),
            profile=profile,
            series=series,
            cut=cut,
            shown_cuts=[as_json(evidence) for evidence in present_cut_evidence(shown)],
            phone=phone.strip(),
            proofs=cleaned_proofs,
            good_faith=True,
            filed_by=viewer_id,
            filed_from=filed_from,
            received_at=now,
            due_at=now + timedelta(hours=read_terms(profile.terms).act_within_hours),
            **texts,
        )
        claim.save()
    return claim


def _lock_shown_series(series_id: UUID) -> Series:
    series = Series.objects.select_for_update().filter(pk=series_id).first()
    if series is None or not published_series(Series.objects.filter(pk=series_id)).exists():
        raise NotFound
    return series


def _list_shown_cuts(series: Series, episode_id: UUID | None) -> list[Cut]:
    shown = [
        published.cut
        for published in list_published_episodes(series)
        if episode_id in (None, published.episode.pk)
    ]
    if not shown:
        raise NotFound
    return shown


def supplement_claim(
    *,
    claim_id: UUID,
    address: str,
    work_title: str,
    work_place: str,
    statement: str,
    phone: str = "",
    proofs: Sequence[str] = (),
    now: datetime | None = None,
) -> Claim:
    """Complete a notice that was found incomplete. Who complains, and of what, stays as it was."""
    now = now or timezone.now()
    cleaned_proofs = clean_proofs(proofs)
    with transaction.atomic():
        claim = lock_claim(claim_id)
        ensure_action_allowed("supplement", claimant_actions(claim))
        claim.address, claim.phone = clean_text("address", address), phone.strip()
        claim.work_title, claim.work_place = (
            clean_text("work_title", work_title),
            clean_text("work_place", work_place),
        )
        claim.statement, claim.proofs = clean_text("statement", statement), cleaned_proofs
        claim.supplement(now + timedelta(hours=read_terms(claim.profile.terms).act_within_hours))
        save_step(claim, Claim.Action.SUPPLEMENTED)
    return claim


def record_suit(
    *, claim_id: UUID, note: str, by: User | None = None, now: datetime | None = None
) -> Claim:
    """Record that a court or an authority has the matter: nothing is restored by the clock any
    more.

    ``by`` None: the claimant said so; else the admin who had it in writing.
    """
    note, now = clean_text("note", note), now or timezone.now()
    with transaction.atomic():
        claim = lock_claim(claim_id)
        ensure_action_allowed("suit", claimant_actions(claim))
        claim.record_suit(now)
        save_step(claim, Claim.Action.SUIT_NOTED, by=by, note=note)
    return claim


def withdraw_claim(*, claim_id: UUID, now: datetime | None = None) -> Claim:
    """Take a notice back; what it blocked is shown again with this commit."""
    now = now or timezone.now()
    with transaction.atomic():
        claim = lock_claim(claim_id)
        ensure_action_allowed("withdraw", claimant_actions(claim))
        claim.withdraw(now)
        save_step(claim, Claim.Action.WITHDRAWN)
        lift_block_of_claim(claim=claim, by=None, now=now)
    return claim


def _new_number(now: datetime) -> str:
    letters = "".join(secrets.choice(_NUMBER_LETTERS) for _ in range(6))
    return f"{day_of(now):%Y%m%d}-{letters}"


def _ensure_not_repeated(series: Series, cut: Cut | None, texts: dict[str, str]) -> None:
    # 条例 17: once it is restored the same notice cannot come again. One that an admin rejected
    # may, made better: else a stranger could shut a claimant out by filing badly in their name.
    same_work = _normalized(texts["work_title"])
    for earlier in Claim.objects.filter(
        series=series, state__in=[*OPEN_STATES, S.RESTORED, S.UPHELD]
    ):
        same_target = _covers(earlier, cut)
        same_claimant = earlier.email.lower() == texts["email"].lower() or (
            _normalized(earlier.claimant_name) == _normalized(texts["claimant_name"])
        )
        if not (same_target and same_claimant and _normalized(earlier.work_title) == same_work):
            continue
        if earlier.state in OPEN_STATES:
            raise Conflict(
                "notice_on_its_way",
                LocalizedText("同一投诉已在处理中", "The same notice is on its way already"),
                detail=LocalizedText(
                    "请用当时得到的链接查看", "Please follow it by the link that you were given"
                ),
            )
        raise Conflict(
            "notice_repeated",
            LocalizedText(
                "同一投诉已了结，不能重复提出",
                "The same notice was settled and cannot be filed again",
            ),
            detail=LocalizedText(
                "如有法院或主管部门的决定，请直接寄给我们",
                "If a court or an authority has decided, please send us the decision",
            ),
        )


def _covers(earlier: Claim, cut: Cut | None) -> bool:
    """Whether an earlier claim is about all that a notice about ``cut`` (None: the series) is."""
    if cut is None or earlier.cut_id is not None:
        return earlier.cut_id == (cut.pk if cut is not None else None)
    return not earlier.narrowed_to or cut.episode_id in earlier.narrowed_to


def _normalized(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
