"""What a claimant does: file a notice, complete it, tell of a suit, withdraw."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from huaben.catalog.models import Cut, Series
from huaben.catalog.presenters import present_cut_evidence
from huaben.catalog.selectors import list_published_episodes, published_series
from huaben.core.calendar import day_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound
from huaben.core.responses import as_json

from ..acts import OPEN, claimant_acts, ensure_open
from ..limits import address_digest, check_pace
from ..models import Claim
from ..profiles import read_terms
from .acting import check_good_faith, check_proofs, check_text, hold_claim, record_act
from .blocks import lift_for_claim
from .profiles import profile_for

S = Claim.State
_signer = signing.Signer(salt="huaben.rights.claim", sep=".")
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def secret_of(claim: Claim) -> str:
    """The secret of a claim's link. Signed, not stored: nobody who reads the database can make
    one.
    """
    return _signer.sign(claim.pk.hex)


def claim_id_of(secret: str) -> UUID:
    """The claim whose secret this is. Raises NotFound for one that we never gave out."""
    try:
        return UUID(_signer.unsign(secret))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def receive_notice(
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
    """Take in a copyright notice about a series that is shown, or about what is shown of one
    episode of it.

    What is shown at that moment is written down with it. Raises NotFound for a series or episode
    that is not shown, Problem for what is missing, Conflict for a repeat, Throttled when too many
    come from one viewer or address.
    """
    now = now or timezone.now()
    check_good_faith(good_faith)
    words = {
        "claimant_name": check_text("claimant_name", claimant_name),
        "email": check_text("email", email),
        "address": check_text("address", address),
        "work_title": check_text("work_title", work_title),
        "work_place": check_text("work_place", work_place),
        "statement": check_text("statement", statement),
        "signature": check_text("signature", signature),
    }
    kept_proofs, filed_from = check_proofs(proofs), address_digest(network_address)
    with transaction.atomic():
        series = Series.objects.select_for_update().filter(pk=series_id).first()
        if series is None or not published_series(Series.objects.filter(pk=series_id)).exists():
            raise NotFound
        shown = [
            one.cut
            for one in list_published_episodes(series)
            if episode_id in (None, one.episode.pk)
        ]
        if not shown:
            raise NotFound
        cut = shown[0] if episode_id is not None else None
        check_pace(viewer_id=viewer_id, filed_from=filed_from, now=now)
        _refuse_repeat(series, cut, words)
        profile = profile_for(kind=settings.RIGHTS_JURISDICTION, day=day_of(now))
        claim = Claim(
            number=f"{day_of(now):%Y%m%d}-{''.join(secrets.choice(_LETTERS) for _ in range(6))}",
            profile=profile,
            series=series,
            cut=cut,
            seen=[as_json(evidence) for evidence in present_cut_evidence(shown)],
            phone=phone.strip(),
            proofs=kept_proofs,
            good_faith=True,
            filed_by=viewer_id,
            filed_from=filed_from,
            received_at=now,
            due_at=now + timedelta(hours=read_terms(profile.terms).act_within_hours),
            **words,
        )
        claim.save()
    return claim


def supplement_notice(
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
    kept_proofs = check_proofs(proofs)
    with transaction.atomic():
        claim = hold_claim(claim_id)
        ensure_open("supplement", claimant_acts(claim))
        claim.address, claim.phone = check_text("address", address), phone.strip()
        claim.work_title, claim.work_place = (
            check_text("work_title", work_title),
            check_text("work_place", work_place),
        )
        claim.statement, claim.proofs = check_text("statement", statement), kept_proofs
        claim.supplement(now + timedelta(hours=read_terms(claim.profile.terms).act_within_hours))
        record_act(claim, Claim.Act.SUPPLEMENTED)
    return claim


def note_suit(*, claim_id: UUID, note: str, by: Any = None, now: datetime | None = None) -> Claim:
    """Write down that a court or an authority has the matter: nothing is restored by the clock any
    more.

    ``by`` None: the claimant told us; else the admin who had it in writing.
    """
    note, now = check_text("note", note), now or timezone.now()
    with transaction.atomic():
        claim = hold_claim(claim_id)
        ensure_open("suit", claimant_acts(claim))
        claim.note_suit(now)
        record_act(claim, Claim.Act.SUIT_NOTED, by=by, note=note)
    return claim


def withdraw_claim(*, claim_id: UUID, now: datetime | None = None) -> Claim:
    """Take a notice back; what it blocked is shown again with this commit."""
    now = now or timezone.now()
    with transaction.atomic():
        claim = hold_claim(claim_id)
        ensure_open("withdraw", claimant_acts(claim))
        claim.withdraw(now)
        record_act(claim, Claim.Act.WITHDRAWN)
        lift_for_claim(claim=claim, by=None, now=now)
    return claim


def _refuse_repeat(series: Series, cut: Cut | None, words: dict[str, str]) -> None:
    # 条例 17: once it is restored the same notice cannot come again. One that an admin rejected
    # may, made better: else a stranger could shut a claimant out by filing badly in their name.
    same_work = _alike(words["work_title"])
    for earlier in Claim.objects.filter(series=series, state__in=[*OPEN, S.RESTORED, S.UPHELD]):
        same_target = earlier.cut_id is None or (cut is not None and earlier.cut_id == cut.pk)
        same_claimant = earlier.email.lower() == words["email"].lower() or (
            _alike(earlier.claimant_name) == _alike(words["claimant_name"])
        )
        if not (same_target and same_claimant and _alike(earlier.work_title) == same_work):
            continue
        if earlier.state in OPEN:
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


def _alike(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
