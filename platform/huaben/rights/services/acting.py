"""What every act on a claim shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from huaben.core.calendar import Period, begin_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import NotFound, Problem

from ..models import Claim

MOST_PROOFS = 10
MOST_LINK = 500


def hold_claim(claim_id: UUID) -> Claim:
    """A claim, locked until the transaction ends. Raises NotFound."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("profile", "series")
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return claim


def record_act(claim: Claim, act: Claim.Act, *, by: Any = None, note: str = "") -> None:
    """Save a claim after a transition, as one line of its history. ``by`` None: not one of our
    people.
    """
    claim.act, claim.by, claim.note = act, by, note.strip()
    claim.save()


def end_of_wait(period: Period) -> datetime:
    """The moment after the last day of a period."""
    return begin_of(period.last_day + timedelta(days=1))


def check_text(field: str, text: str) -> str:
    """A text without space around it. Raises Problem ``text_needed`` for none."""
    if not text.strip():
        message = LocalizedText("这一项要写", "This is needed")
        raise Problem(
            "text_needed", message, errors=[{"field": field, "message": message.localized()}]
        )
    return text.strip()


def check_good_faith(given: bool) -> None:
    """Raise Problem ``good_faith_needed`` unless it was declared."""
    if not given:
        message = LocalizedText("请声明所述属实", "Please declare that what you say is true")
        raise Problem(
            "good_faith_needed",
            message,
            errors=[{"field": "good_faith", "message": message.localized()}],
        )


def check_proofs(links: Sequence[str]) -> list[str]:
    """Links as they are kept. Raises Problem ``bad_proof`` for too many, or what is no http(s)
    address of a host.
    """
    kept = [link.strip() for link in links if link.strip()]
    message = LocalizedText(
        "请填 http 或 https 链接，最多 10 条", "Give http or https links, ten at most"
    )
    if len(kept) > MOST_PROOFS or not all(_is_link(link) for link in kept):
        raise Problem(
            "bad_proof", message, errors=[{"field": "proofs", "message": message.localized()}]
        )
    return kept


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # raises for one that is no port
    except ValueError:
        return False
    # Read by people: no credentials that make one host look like another, no spaces or control
    # characters.
    plain = (
        len(text) <= MOST_LINK
        and text.isprintable()
        and " " not in text
        and "@" not in parts.netloc
    )
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
