"""New words for what is on stage, as their author and moderators have them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from huaben.core.localized import LocalizedText
from huaben.core.responses import described

from ..models import WordsRevision
from ..words import FIELDS, Kind

WordsField = Literal["title", "synopsis", "text", "seal"]


@dataclass(frozen=True, kw_only=True)
class WordsChange:
    """One field, as it is on stage and as it would be; alike when it stays as it is."""

    field: WordsField
    before: str = dataclasses.field(metadata=described("Empty: nothing of it is on stage."))
    after: str


@dataclass(frozen=True)
class WordsVersion:
    """New words for a series, an episode or a choice, and what became of them."""

    id: UUID
    series_id: UUID
    kind: WordsRevision.Kind
    object_id: UUID = field(metadata=described("Of the series, the episode or the choice."))
    changes: list[WordsChange]
    state: WordsRevision.State
    reason: LocalizedText | None = field(
        metadata=described("Why they wait for a person, or were refused.")
    )
    created_at: datetime
    settled_at: datetime | None


def present_words_version(revision: WordsRevision) -> WordsVersion:
    """A revision as its author sees it; who decided is not told."""
    fields = FIELDS[Kind(revision.kind)]
    return WordsVersion(
        id=revision.pk,
        series_id=revision.series_id,
        kind=Kind(revision.kind),
        object_id=revision.object_id,
        changes=[
            WordsChange(field=cast(WordsField, name), before=before, after=after)
            for name, before, after in zip(fields, revision.before, revision.words, strict=True)
        ],
        state=WordsRevision.State(revision.state),
        reason=LocalizedText(**revision.reason) if revision.reason else None,
        created_at=revision.created_at,
        settled_at=revision.settled_at,
    )
