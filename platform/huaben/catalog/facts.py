"""What the apps above know of a series or a Cut: asked through registries, as typed values.

Filing registers the number on a series' card; review registers what stands beside the player, and
how a Cut fares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

from huaben.core.localized import LocalizedText
from huaben.core.registries import Registry
from huaben.core.responses import described

T = TypeVar("T")
AiLabel = Literal["1", "2", "3"]
AppealState = Literal["waiting", "upheld", "overturned"]
CutState = Literal["processing", "checking", "in_review", "approved", "rejected", "failed"]


@dataclass(frozen=True, kw_only=True)
class FilingFact:
    """The number in force under which a series is shown."""

    number: str
    demonstration: bool = field(metadata=described("A demo's own number, not a registration."))
    words: LocalizedText = field(metadata=described("How the card says it."))


@dataclass(frozen=True)
class AiNotice:
    """The lasting text near the player that says a Cut is AI-made."""

    label: AiLabel
    text: LocalizedText


@dataclass(frozen=True)
class AgeNotice:
    """For whom a Cut is fit, as a moderator decided."""

    code: str
    text: LocalizedText


@dataclass(frozen=True)
class PlayerNotices:
    """What must stand beside the player of a Cut."""

    ai_notice: AiNotice | None = None
    age_notice: AgeNotice | None = None


@dataclass(frozen=True)
class CutReason:
    """One reason of a moderator's decision."""

    code: str
    text: LocalizedText
    start_ms: int | None
    end_ms: int | None
    note: str


@dataclass(frozen=True)
class CutReview:
    """What the review said of a Cut."""

    verdict: str | None
    automatic: bool
    note: str
    decided_at: datetime | None
    reasons: list[CutReason]


@dataclass(frozen=True)
class CutAppeal:
    """Its creator's appeal against a refusal, and what became of it."""

    state: AppealState
    reason: str
    appealed_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class CutFacts:
    """How a Cut fares with those who check it."""

    state: CutState
    review: CutReview | None
    decision_id: UUID | None
    appeal: CutAppeal | None = None
    may_appeal: bool = False


# Each reads for many ids at once and leaves out those of which it knows nothing.
filing_facts: Registry[Callable[[Sequence[UUID]], Mapping[UUID, FilingFact]]] = Registry(
    "catalog.filing_facts"
)
player_notices: Registry[Callable[[Sequence[UUID]], Mapping[UUID, PlayerNotices]]] = Registry(
    "catalog.player_notices"
)
cut_facts: Registry[Callable[[Sequence[UUID]], Mapping[UUID, CutFacts]]] = Registry(
    "catalog.cut_facts"
)


def get_filing_facts(series_ids: Sequence[UUID]) -> dict[UUID, FilingFact]:
    """Each series' filing number in force, for those that have one."""
    return _read_all(filing_facts, series_ids)


def get_player_notices(cut_ids: Sequence[UUID]) -> dict[UUID, PlayerNotices]:
    """What stands beside the player of each Cut; empty notices where there are none."""
    found = _read_all(player_notices, cut_ids)
    return {cut_id: found.get(cut_id, PlayerNotices()) for cut_id in cut_ids}


def get_cut_facts(cut_ids: Sequence[UUID]) -> dict[UUID, CutFacts]:
    """State and review of each Cut that the review knows."""
    return _read_all(cut_facts, cut_ids)


def _read_all(
    readers: Registry[Callable[[Sequence[UUID]], Mapping[UUID, T]]], ids: Sequence[UUID]
) -> dict[UUID, T]:
    return {key: fact for read in readers.values() for key, fact in read(ids).items()}
