"""What every service about claims shares: locking, saving a step, checking what was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from huaben.accounts.models import User
from huaben.core.calendar import Period, begin_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import NotFound, Problem

from ..models import Claim

MAX_PROOFS = 10
MAX_LINK_LENGTH = 500


def lock_claim(claim_id: UUID) -> Claim:
    """A claim, locked until the transaction ends. Raises NotFound."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("profile", "series")
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return claim


def save_step(
    claim: Claim, action: Claim.Action, *, by: User | None = None, note: str = ""
) -> None:
    """Save a claim after a transition, as one line of its history. ``by`` None: the claimant,
    the creator or the clock.
    """
    claim.action, claim.by, claim.note = action, by, note.strip()
    claim.save()


def end_of_period(period: Period) -> datetime:
    """The moment after the last day of a period."""
    return begin_of(period.last_day + timedelta(days=1))


def clean_text(field: str, text: str) -> str:
    """A text without space around it. Raises Problem ``text_needed`` for none."""
    if not text.strip():
        message = LocalizedText("这一项要写", "This is needed")
        raise Problem(
            "text_needed", message, errors=[{"field": field, "message": message.localized()}]
        )
    return text.strip()


def ensure_good_faith(declared: bool) -> None:
    """Raise Problem ``good_faith_needed`` unless it was declared."""
    if not declared:
        message = LocalizedText("请声明所述属实", "Please declare that what you say is true")
        raise Problem(
            "good_faith_needed",
            message,
            errors=[{"field": "good_faith", "message": message.localized()}],
        )


def clean_proofs(links: Sequence[str]) -> list[str]:
    """Links without the empty ones. Raises Problem ``bad_proof`` for too many, or for what is no
    http(s) address of a host.
    """
    cleaned = [link.strip() for link in links if link.strip()]
    message = LocalizedText(
        "请填 http 或 https 链接，最多 10 条", "Give http or https links, ten at most"
    )
    if len(cleaned) > MAX_PROOFS or not all(_is_link(link) for link in cleaned):
        raise Problem(
            "bad_proof", message, errors=[{"field": "proofs", "message": message.localized()}]
        )
    return cleaned


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # raises for one that is no port
    except ValueError:
        return False
    # Read by people: no credentials that make one host look like another, no spaces or control
    # characters.
    plain = (
        len(text) <= MAX_LINK_LENGTH
        and text.isprintable()
        and " " not in text
        and "@" not in parts.netloc
    )
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
