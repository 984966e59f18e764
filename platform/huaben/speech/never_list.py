"""What never appears in public: the engine's list, without what operators retired and with what
they added. Read anew in each process as soon as a change is committed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from uuid import NAMESPACE_OID, UUID, uuid5

from huaben.core.pagination import page_of
from moderation.text.folding import fold
from moderation.text.never import NeverList, shipped_never_list
from moderation.text.never_entries import Form, NeverEntry

from .models import NeverChange, NeverPhrase

Identity = tuple[str, str, str, str]


def never_list() -> NeverList:
    """The list in force this moment; one query, and a second's work after a change."""
    newest = NeverChange.objects.order_by("-id").values_list("id", flat=True).first()
    return _list_as_of(newest or 0)


@lru_cache(maxsize=2)
def _list_as_of(change: int) -> NeverList:
    shipped = shipped_never_list()
    if not change:
        return shipped
    kept = list_shipped_entries(retired=False)
    added = NeverPhrase.objects.filter(shipped=False, retired_at=None)
    entries = [*kept, *map(entry_of, added)]
    return NeverList(entries, version_of(change), shipped.classes)


def version_of(change: int) -> str:
    """The list's version after a change (its id; 0: none was made)."""
    shipped = shipped_never_list().version
    return f"{shipped}+{change}" if change else shipped


def entry_of(phrase: NeverPhrase) -> NeverEntry:
    """A row as the engine takes it. Raises NeverListError."""
    return NeverEntry(
        phrase=phrase.phrase,
        category=phrase.category,
        language=phrase.language,
        form=cast(Form, phrase.form),
        exceptions=tuple(phrase.exceptions),
        quotable=phrase.quotable,
        effective=phrase.effective,
        until=phrase.until,
    )


def identity_of(entry: NeverEntry | NeverPhrase) -> Identity:
    """What tells entries apart."""
    return entry.phrase, entry.category, str(entry.language), str(entry.form)


def shipped_id(entry: NeverEntry) -> UUID:
    """The id under which an entry of the engine's list is retired."""
    return uuid5(NAMESPACE_OID, "\x1f".join(identity_of(entry)))


def list_shipped_entries(*, retired: bool) -> list[NeverEntry]:
    """The engine's entries that operators retired, or left."""
    gone = {identity_of(row) for row in NeverPhrase.objects.filter(shipped=True)}
    return [
        entry for entry in shipped_never_list().entries if (identity_of(entry) in gone) is retired
    ]


@dataclass(frozen=True)
class ListedPhrase:
    """A phrase of what never appears, of the engine's list or an operator's; ``change`` is the last
    that was done with it.
    """

    id: UUID
    entry: NeverEntry
    shipped: bool
    retired: bool
    change: NeverChange | None


def list_never_phrases(
    *, query: str, retired: bool, cursor: str | None, limit: int
) -> tuple[list[ListedPhrase], str | None]:
    """A page of the list: operators' own first, the newest first, then the engine's; or what was
    retired. ``query``: part of a phrase, however it is written.
    """
    rows = NeverPhrase.objects.filter(retired_at__isnull=not retired)
    found = [_listed(row) for row in rows.prefetch_related("changes__by").order_by("-id")]
    if not retired:
        found += [
            ListedPhrase(shipped_id(entry), entry, shipped=True, retired=False, change=None)
            for entry in list_shipped_entries(retired=False)
        ]
    wanted = fold(query).text
    if wanted:
        found = [listed for listed in found if wanted in fold(listed.entry.phrase).text]
    return page_of(found, cursor=cursor, limit=limit)


def get_never_phrase(row: NeverPhrase) -> ListedPhrase:
    """One row as the list has it."""
    return _listed(row)


def _listed(row: NeverPhrase) -> ListedPhrase:
    changes = list(row.changes.all())
    return ListedPhrase(
        id=row.pk,
        entry=entry_of(row),
        shipped=row.shipped,
        retired=row.retired_at is not None,
        change=max(changes, key=lambda change: change.pk, default=None),
    )
