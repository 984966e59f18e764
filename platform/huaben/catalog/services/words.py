"""The words that others read: written, cleared, refused, withdrawn. Nothing else writes them.

What was never cleared is a draft, and an edit changes it where it stands; it is read with its first
Cut. What was cleared once keeps its words on stage, and an edit makes a ``WordsRevision``. All
words of a series change under one lock, its row's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound
from huaben.core.rooms import publish_event
from huaben.core.types import JsonObject

from ..gate import announce_gate_change
from ..models import Choice, ClearedWords, Episode, Series, WordsRevision
from ..search import search_vector
from ..signals import series_changed, words_cleared, words_revised
from ..words import FIELDS, Kind, ObjectWords, Worded, are_cleared, kind_of, words_of

State = WordsRevision.State
_MODELS: dict[Kind, type[Worded]] = {
    Kind.SERIES: Series,
    Kind.EPISODE: Episode,
    Kind.CHOICE: Choice,
}


def lock_words(series_id: UUID) -> Series:
    """A series, whose words and those of its episodes and choices nobody else changes until the
    transaction ends. Raises NotFound.
    """
    series = Series.objects.select_for_update(no_key=True).filter(pk=series_id).first()
    if series is None:
        raise NotFound
    return series


@dataclass(frozen=True)
class WordsHistory:
    """What became of the words of some objects so far: which were ever cleared, and the newest
    revision of each.
    """

    cleared_once: set[UUID] = field(default_factory=set)
    newest: dict[UUID, WordsRevision] = field(default_factory=dict)

    @classmethod
    def of(cls, object_ids: Iterable[UUID]) -> WordsHistory:
        """Two queries for any number."""
        ids = list(object_ids)
        cleared = ClearedWords.objects.filter(object_id__in=ids).values_list("object_id", flat=True)
        newest = (
            WordsRevision.objects.filter(object_id__in=ids)
            .order_by("object_id", "-id")
            .distinct("object_id")
        )
        return cls(set(cleared), {revision.object_id: revision for revision in newest})

    def waiting(self, worded: Worded) -> WordsRevision | None:
        """The words that wait to replace those on stage."""
        newest = self.newest.get(worded.pk)
        return newest if newest is not None and newest.state in WordsRevision.OPEN else None

    def latest_words(self, worded: Worded) -> list[str]:
        """What the author wrote last and nobody refused."""
        waiting = self.waiting(worded)
        return words_of(worded).words if waiting is None else waiting.words


def write_words(
    *, worded: Worded, words: Sequence[str], history: WordsHistory | None = None
) -> WordsRevision | None:
    """Give a series, an episode or a choice other words, cleaned already, in the order of
    ``FIELDS``. In a transaction that holds ``lock_words``; the row must be as it is in the table.

    Returns the revision that has to be cleared first, or None when the words stand as they are. The
    words that are on stage withdraw what was waiting to replace them.
    """
    entry = ObjectWords(kind_of(worded), worded.pk, list(words))
    history = history or WordsHistory.of([worded.pk, *_source_ids(worded)])
    newest = history.newest.get(worded.pk)
    waiting = history.waiting(worded)
    if waiting is not None and waiting.words == entry.words:
        return waiting
    if worded.pk in history.cleared_once and any(entry.words):
        if entry == words_of(worded):
            return _settle(waiting, State.WITHDRAWN) if waiting is not None else None
        return _submit(worded, entry, waiting)
    changed = entry != words_of(worded)
    _write(worded, entry.words)
    if waiting is not None:
        _settle(waiting, State.SUPERSEDED)
    # A choice that is drawn once its episode is on stage has no Cut to be read with.
    if not any(entry.words) or history.cleared_once.isdisjoint(_source_ids(worded)):
        return None
    refused = newest is not None and newest.state == State.REFUSED
    return None if refused and not changed else _submit(worded, entry, None)


def _source_ids(worded: Worded) -> list[UUID]:
    return [worded.from_episode_id] if isinstance(worded, Choice) else []


def _submit(worded: Worded, entry: ObjectWords, superseded: WordsRevision | None) -> WordsRevision:
    if superseded is not None:
        _settle(superseded, State.SUPERSEDED)
    revision = WordsRevision.objects.create(
        series_id=worded.pk if isinstance(worded, Series) else worded.series_id,
        kind=entry.kind,
        object_id=entry.object_id,
        before=words_of(worded).words if are_cleared(words_of(worded)) else [""] * len(entry.words),
        words=entry.words,
    )
    words_revised.send(sender=WordsRevision, revision=revision)
    _publish(revision)
    return revision


def clear_words(*, entries: Iterable[ObjectWords]) -> None:
    """Let these words be shown, which are in the tables. In a transaction that holds
    ``lock_words``.
    """
    for entry in entries:
        if not are_cleared(entry):
            ClearedWords.objects.create(object_id=entry.object_id, words=entry.words)
        same = WordsRevision.objects.filter(
            object_id=entry.object_id, words=entry.words, state__in=WordsRevision.OPEN
        ).first()
        if same is not None:
            _settle(same, State.CLEARED)


def reindex_series(*, series: Series) -> None:
    """Write the series' search column anew."""
    names = [name for genre in series.genres.all() for name in (genre.name_zh, genre.name_en)]
    others = " ".join([*names, series.creator.name])
    Series.objects.filter(pk=series.pk).update(
        search=search_vector(series.title, series.synopsis, others)
    )


def lock_revision(revision_id: UUID) -> WordsRevision:
    """A revision, locked with all words of its series. Raises NotFound."""
    revision = WordsRevision.objects.filter(pk=revision_id).first()
    if revision is None:
        raise NotFound
    lock_words(revision.series_id)
    revision.refresh_from_db()
    return revision


def clear_revision(
    *, revision_id: UUID, by: User | None = None, facts: JsonObject | None = None
) -> WordsRevision:
    """Put the new words on stage in place of the old; ``by`` None: the check alone cleared them.

    Sends ``words_cleared``. Raises NotFound, Conflict ``words_settled`` when it is not open any
    more.
    """
    with transaction.atomic():
        revision = _lock_open(revision_id)
        worded = _MODELS[Kind(revision.kind)].objects.get(pk=revision.object_id)
        _write(worded, revision.words)
        _settle(revision, State.CLEARED, by=by, facts=facts)
        clear_words(entries=[words_of(worded)])
        if isinstance(worded, Series):
            reindex_series(series=worded)
            series_changed.send(sender=Series, series=worded)
        words_cleared.send(sender=WordsRevision, revision=revision)
        announce_gate_change(series_id=revision.series_id)
    return revision


def hold_revision(*, revision_id: UUID, reason: LocalizedText, facts: JsonObject) -> WordsRevision:
    """Have a person read what is being checked; ``reason`` is why, for its author. Raises as
    ``clear_revision``.
    """
    with transaction.atomic():
        revision = _lock_open(revision_id)
        revision.state, revision.reason, revision.facts = State.WAITING, reason.as_dict(), facts
        revision.save(update_fields=["state", "reason", "facts"])
        _publish(revision)
    return revision


def refuse_revision(*, revision_id: UUID, by: User, reason: LocalizedText) -> WordsRevision:
    """Refuse new words; the old ones stay. Raises as ``clear_revision``."""
    with transaction.atomic():
        return _settle(_lock_open(revision_id), State.REFUSED, by=by, reason=reason)


def withdraw_revision(*, revision_id: UUID) -> WordsRevision:
    """Take new words back before they are cleared. Again changes nothing. Raises as
    ``clear_revision``.
    """
    with transaction.atomic():
        revision = lock_revision(revision_id)
        if revision.state == State.WITHDRAWN:
            return revision
        return _settle(_lock_open(revision_id), State.WITHDRAWN)


def withdraw_words_of(*, object_ids: Iterable[UUID]) -> None:
    """Take back what waits for objects that are about to be deleted."""
    rows = WordsRevision.objects.filter(object_id__in=list(object_ids))
    for revision in rows.filter(state__in=WordsRevision.OPEN):
        _settle(revision, State.WITHDRAWN)


def _lock_open(revision_id: UUID) -> WordsRevision:
    revision = lock_revision(revision_id)
    if revision.state not in WordsRevision.OPEN:
        raise Conflict(
            "words_settled",
            LocalizedText(
                "这些文字已有结果，或作者又改了，请再看一遍",
                "These words were settled, or their author wrote others; please look again",
            ),
        )
    return revision


def _write(worded: Worded, words: Sequence[str]) -> None:
    names = FIELDS[kind_of(worded)]
    for name, text in zip(names, words, strict=True):
        setattr(worded, name, text)
    worded.save(update_fields=names)


def _settle(
    revision: WordsRevision,
    state: State,
    *,
    by: User | None = None,
    reason: LocalizedText | None = None,
    facts: JsonObject | None = None,
) -> WordsRevision:
    revision.state, revision.settled_at, revision.decided_by = state, timezone.now(), by
    revision.reason = reason.as_dict() if reason else None
    revision.facts = revision.facts if facts is None else facts
    revision.save(update_fields=["state", "settled_at", "decided_by", "reason", "facts"])
    _publish(revision)
    return revision


def _publish(revision: WordsRevision) -> None:
    event = {
        "kind": "words",
        "id": str(revision.pk),
        "of": revision.kind,
        "object_id": str(revision.object_id),
        "state": revision.state,
    }
    publish_event(f"words:{revision.series_id}", event)
    publish_event("words_queue", event)
