"""A claim's way over HTTP, as its three people walk it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from huaben.catalog.gate import may_show
from huaben.catalog.models import Cut, Series
from huaben.rights.claim_links import create_claim_secret
from huaben.rights.models import Claim
from huaben.rights.services import create_claim
from tests.factories import UserFactory
from tests.platform.watching.works import show_series

NOTICES = "/api/v1/rights/notices"
DESK = "/api/v1/rights/claims"
STUDIO = "/api/v1/studio/claims"
EMAIL, PHONE, ADDRESS, SIGNATURE = (
    "rights@publisher.example",
    "13800000000",
    "钱塘门外涌金路8号",
    "许宣代签",
)
WORDS = {
    "claimant_name": "涌金书局",
    "email": EMAIL,
    "phone": PHONE,
    "address": ADDRESS,
    "work_title": "断桥旧事",
    "work_place": "https://publisher.example/duanqiao",
    "statement": "第一集照搬了小说第三章的对白",
    "proofs": ["https://publisher.example/proof.pdf"],
    "good_faith": True,
    "signature": SIGNATURE,
}
PERSONAL = (EMAIL, PHONE, ADDRESS, SIGNATURE)
# 20 November 2026, noon in Shanghai.
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
_others = count(1)


def file_notice(
    client: Any, series: Series, headers: dict[str, str] | None = None, **changes: Any
) -> Any:
    """POST a notice."""
    return client.post(
        NOTICES,
        {"series_id": str(series.pk), **WORDS, **changes},
        format="json",
        headers=headers or {},
    )


def made(series: Series | None = None, *, now: datetime = NOON, **changes: Any) -> Claim:
    """A claim that was received, by a claimant of its own."""
    other = f"权利人{next(_others)}"
    words = {**WORDS, "claimant_name": other, "email": f"{uuid4().hex}@rights.example", **changes}
    series = series or show_series("断桥")
    return create_claim(
        series_id=series.pk,
        viewer_id=uuid4(),
        network_address=f"10.0.0.{next(_others)}",
        now=now,
        **words,
    )


def desk(client: Any, claim: Claim, act: str, **body: Any) -> Any:
    """An act of the copyright admin."""
    return client.post(f"{DESK}/{claim.pk}/{act}", body, format="json")


def counter(client: Any, claim: Claim, **changes: Any) -> Any:
    """The creator's counter-notice."""
    body = {
        "statement": "剧本是我自己写的",
        "proofs": [],
        "good_faith": True,
        "signature": "作者",
        **changes,
    }
    return client.post(f"{STUDIO}/{claim.pk}/counter", body, format="json")


def by_link(client: Any, claim: Claim, act: str, **body: Any) -> Any:
    """An act of the claimant."""
    return client.post(f"{NOTICES}/{create_claim_secret(claim)}/{act}", body, format="json")


def shown(series: Series) -> bool:
    """Whether the gate lets its first Cut through."""
    return may_show(Cut.objects.filter(episode__series=series).order_by("pk")[0].pk)


def people(signed_in: Any) -> tuple[Any, Any, Series]:
    """An admin, a creator, and the creator's series on stage."""
    admin, creator = signed_in("copyright_admin"), signed_in(user=UserFactory())
    return admin, creator, show_series("断桥", creator=creator.user)
