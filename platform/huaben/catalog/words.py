"""The words of the catalogue that others read: of series, episodes and choices.

What is in the table is what would be shown. It is shown only while exactly these words are among
the object's ``ClearedWords``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Func, OuterRef, Q, TextField

from .models import Choice, ClearedWords, Cut, Episode, Series, WordsRevision

Kind = WordsRevision.Kind
Worded = Series | Episode | Choice
# The fields of each kind, in the order in which ``words`` hold them.
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.SERIES: ("title", "synopsis"),
    Kind.EPISODE: ("title",),
    Kind.CHOICE: ("text", "seal"),
}
_KINDS: dict[type[Worded], Kind] = {
    Series: Kind.SERIES,
    Episode: Kind.EPISODE,
    Choice: Kind.CHOICE,
}


@dataclass(frozen=True)
class ObjectWords:
    """The words of one series, episode or choice."""

    kind: Kind
    object_id: UUID
    words: list[str]


def kind_of(worded: Worded) -> Kind:
    return _KINDS[type(worded)]


def words_of(worded: Worded) -> ObjectWords:
    """What a row says, as it is loaded."""
    kind = kind_of(worded)
    return ObjectWords(kind, worded.pk, [getattr(worded, field) for field in FIELDS[kind]])


def list_cut_words(cut: Cut) -> list[ObjectWords]:
    """Every word that is shown with a Cut, as it is in the tables now: of its series, its episode
    and the choices at its end. Two queries.
    """
    episode = Episode.objects.select_related("series").get(pk=cut.episode_id)
    choices = episode.choices.exclude(text="")
    return [words_of(episode.series), words_of(episode), *(words_of(choice) for choice in choices)]


def words_digest(words: Iterable[ObjectWords]) -> str:
    """SHA-256 of words, to say which ones somebody has read."""
    parts = [[entry.kind.value, str(entry.object_id), *entry.words] for entry in words]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def has_cleared_words(object_id: str, *fields: str) -> Exists:
    """The condition that the words in ``fields`` are cleared for the object, for rows that have its
    id and its fields under these names. One index look-up.
    """
    words = Func(
        *(OuterRef(field) for field in fields),
        template="ARRAY[%(expressions)s]::text[]",
        output_field=ArrayField(TextField()),
    )
    return Exists(ClearedWords.objects.filter(object_id=OuterRef(object_id), words=words))


def offered_choices() -> Q:
    """Choices that may be shown: they have no words, or these are cleared."""
    return Q(text="") | Q(has_cleared_words("pk", *FIELDS[Kind.CHOICE]))


def cuts_with_cleared_words() -> Q:
    """Cuts whose series and episode say nothing that was not cleared."""
    series = (f"episode__series__{field}" for field in FIELDS[Kind.SERIES])
    episode = (f"episode__{field}" for field in FIELDS[Kind.EPISODE])
    return Q(has_cleared_words("episode__series_id", *series)) & Q(
        has_cleared_words("episode_id", *episode)
    )


def are_cleared(entry: ObjectWords) -> bool:
    """Whether these very words are cleared for the object."""
    return ClearedWords.objects.filter(object_id=entry.object_id, words=entry.words).exists()
