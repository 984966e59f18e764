"""For which moderator a case is reserved: nobody else decides about it meanwhile."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huaben.accounts.models import User
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, Refused
from huaben.review.models import REFUSALS, Case
from huaben.review.policies import is_creator_of_its_cut
from huaben.review.risk import RESERVATION_TIMEOUT

from .cases import announce_case, lock_case, with_locks

State = Case.State


def take_case(*, case_id: UUID, by: User, now: datetime | None = None) -> Case:
    """Reserve an open case, so that nobody else decides about it. Taking one's own again changes
    nothing.

    A reservation older than ``RESERVATION_TIMEOUT`` may be taken over. Raises Conflict
    ``case_taken`` when it is another's and ``case_not_open`` when the case is decided or not
    checked yet, Refused ``own_series`` for a work of one's own and ``own_decision`` for an appeal
    against what one has decided oneself.
    """
    now = now or timezone.now()
    with transaction.atomic():
        case = lock_case_of_another(case_id, by)
        if case.state == State.TAKEN and case.reviewer_id == by.pk:
            return case
        if (
            case.state == State.TAKEN
            and case.taken_at is not None
            and now < case.taken_at + RESERVATION_TIMEOUT
        ):
            raise _case_taken(case)
        if case.state not in (State.OPEN, State.TAKEN):
            raise Conflict(
                "case_not_open",
                LocalizedText("这一件现在不能领取", "This case cannot be taken now"),
            )
        _take(case, by, now)
    return case


def take_next_case(*, by: User, now: datetime | None = None) -> Case | None:
    """Reserve the first case of the queue about which ``by`` may decide, or go on with what is
    reserved for them already; None when nothing waits for them.

    Two who ask at once get two cases: what another transaction has locked is passed over.
    """
    now = now or timezone.now()
    with transaction.atomic():
        mine = with_locks(Case.objects.filter(state=State.TAKEN, reviewer=by))
        own = mine.order_by("taken_at", "id").first()
        if own is not None:
            return own
        lapsed = Q(state=State.TAKEN, taken_at__lte=now - RESERVATION_TIMEOUT)
        waiting = (
            Case.objects.filter(Q(state=State.OPEN) | lapsed)
            .exclude(cut__episode__series__creator=by)
            .exclude(decision__by=by, decision__outcome__in=REFUSALS)
        )
        case = with_locks(waiting, skip_locked=True).order_by("-risk", "due_at", "id").first()
        if case is not None:
            _take(case, by, now)
    return case


def _take(case: Case, by: User, now: datetime) -> None:
    case.take(by, now=now)
    case.save()
    announce_case(case)


def release_case(*, case_id: UUID, by: User) -> Case:
    """Give a case back to the queue. Raises Conflict when it is not reserved for ``by``."""
    with transaction.atomic():
        case = lock_reserved_case(case_id, by)
        case.release()
        case.save()
        announce_case(case)
    return case


def lock_case_of_another(case_id: UUID, by: User) -> Case:
    """A case about which ``by`` may decide, locked until the transaction ends."""
    case = lock_case(case_id)
    if may(by, "review.decide_case", case):
        return case
    if is_creator_of_its_cut(by, case):
        raise Refused(
            "own_series",
            LocalizedText("不能审看自己的作品", "You cannot review a work of your own"),
        )
    raise Refused(
        "own_decision",
        LocalizedText(
            "申诉的是你做的决定，由另一位审看员复核",
            "The appeal is against your own decision; another moderator reviews it",
        ),
    )


def lock_reserved_case(case_id: UUID, by: User) -> Case:
    """A case that is reserved for ``by``, locked until the transaction ends. Raises Conflict."""
    case = lock_case_of_another(case_id, by)
    if case.state == State.TAKEN and case.reviewer_id != by.pk:
        raise _case_taken(case)
    if case.state in (State.APPROVED, State.REJECTED, State.TAKEN_DOWN):
        raise Conflict(
            "case_decided", LocalizedText("这一件已经定了", "This case has been decided already")
        )
    if case.state != State.TAKEN:
        raise Conflict(
            "case_not_taken", LocalizedText("请先领取这一件", "Please take the case first")
        )
    return case


def _case_taken(case: Case) -> Conflict:
    who = case.reviewer.name if case.reviewer else ""
    return Conflict(
        "case_taken", LocalizedText(f"{who} 正在审看这一件", f"{who} is reviewing this case")
    )
