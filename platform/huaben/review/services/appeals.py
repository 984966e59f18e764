"""A creator's appeal against a refusal of their Cut. Another moderator answers it by deciding."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huaben.accounts.models import User
from huaben.catalog.models import Cut
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict
from huaben.review.models import Appeal, Case
from huaben.review.risk import APPEAL_DUE_WITHIN

from .cases import announce_case, lock_case_of
from .reasons import field_problem


def appeal_decision(*, cut: Cut, by: User, reason: str, now: datetime) -> Case:
    """Put a refused Cut back into the queue, for another moderator. The refusal stands, and the
    gate stays shut, until they decide.

    Raises Conflict ``not_refused`` for a Cut that no decision keeps from being shown, and
    ``appeal_decided`` for a decision that itself answered an appeal; Problem without a reason.
    """
    if not reason.strip():
        raise field_problem(
            "reason_needed",
            "reason",
            LocalizedText("请写明为什么申诉", "Please say why you appeal"),
        )
    with transaction.atomic():
        case = lock_case_of(cut)
        if case.state not in (Case.State.REJECTED, Case.State.TAKEN_DOWN):
            raise Conflict(
                "not_refused",
                LocalizedText(
                    "这一版没有被退回，无需申诉",
                    "This version was not sent back; there is nothing to appeal",
                ),
            )
        if Appeal.objects.filter(answer=case.decision_id).exists():
            raise Conflict(
                "appeal_decided",
                LocalizedText(
                    "这一版已经由另一位审看员复核过；可以修改后提交新的一版",
                    "Another moderator has already reviewed this version; you can change it and "
                    "hand in a new one",
                ),
            )
        assert case.decision is not None  # the table's own constraint
        Appeal.objects.create(
            case=case, decision=case.decision, by=by, reason=reason.strip(), created_at=now
        )
        case.appeal(due_at=now + APPEAL_DUE_WITHIN, now=now)
        case.save()
        announce_case(case)
    return case
