"""Series, their episodes, the Cuts of an episode, and the story graph between episodes."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from huaben.core.ids import new_id
from huaben.media.models import Asset


class Genre(models.Model):
    """A kind of story, from a fixed list."""

    slug = models.SlugField(primary_key=True, max_length=30)
    name_zh = models.CharField(max_length=20)
    name_en = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


@pghistory.track(exclude=["search"])
class Series(models.Model):
    """A titled work with a creator, genres, and a story graph."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="series"
    )
    title = models.CharField(max_length=80)
    synopsis = models.TextField(max_length=600, blank=True)
    language = models.CharField(
        max_length=2, choices=[("zh", "中文"), ("en", "English")], default="zh"
    )
    genres = models.ManyToManyField(Genre, related_name="series", blank=True)
    search = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [GinIndex(fields=["search"], name="series_search")]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Episode(models.Model):
    """A node of a series' story graph."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="episodes")
    number = models.PositiveIntegerField(
        help_text="Order in the list; the first is where the story begins."
    )
    title = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="one_episode_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@pghistory.track()
class Choice(models.Model):
    """An edge of the story graph: text, condition, effects on variables. No text: the only way
    on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="choices")
    from_episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="choices")
    to_episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="arrivals")
    text = models.CharField(max_length=60, blank=True)
    seal = models.CharField(
        max_length=2, blank=True, help_text="One character, cut into the choice's seal."
    )
    condition: Any = models.JSONField(
        null=True, help_text="A condition over variables; null: always open."
    )
    effects: Any = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_episode=F("to_episode")), name="no_choice_onto_itself"
            )
        ]

    def __str__(self) -> str:
        return self.text or f"{self.from_episode_id} → {self.to_episode_id}"


@pghistory.track()
class Cut(models.Model):
    """One immutable version of an episode: its bytes, and how they came about. Editing makes a new
    Cut.

    ``source`` is the file as it came; ``asset`` is the labelled file that is packaged,
    checked, approved and shown.
    """

    class Origin(models.TextChoices):
        UPLOADED = "upload"
        GENERATED = "generated"

    class Declaration(models.TextChoices):
        AI = "ai"
        NOT_AI = "not_ai"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="cuts")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    source = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, null=True, on_delete=models.PROTECT, related_name="+")
    declaration = models.CharField(max_length=10, choices=Declaration.choices)
    provenance: Any = models.JSONField(
        default=dict, help_text="How it was made: idea, engine, digests of every step."
    )
    script: Any = models.JSONField(
        default=list, help_text="Spoken lines: start_ms, end_ms, speaker, text."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="one_cut_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.episode_id} v{self.number}"


class Collection(models.Model):
    """A hand-picked shelf of the theatre."""

    slug = models.SlugField(primary_key=True, max_length=40)
    title_zh = models.CharField(max_length=40)
    title_en = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    series = models.ManyToManyField(Series, through="CollectionItem", related_name="collections")

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class CollectionItem(models.Model):
    """One series on a shelf."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE)
    series = models.ForeignKey(Series, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "series"], name="once_on_a_shelf")
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.series_id}"


class ClearedWords(models.Model):
    """Words that one series, episode or choice may be shown with. Rows are added and never changed.

    ``words`` are the object's fields in the order of ``words.FIELDS``. What is on stage is compared
    with them as it is, so that words which came into a column by any other way are not shown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    object_id = models.UUIDField()
    words = ArrayField(models.TextField())
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "cleared words"
        indexes = [models.Index(fields=["object_id"], name="cleared_words_of_object")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.object_id} {' · '.join(self.words)}"


@pghistory.track()
class WordsRevision(models.Model):
    """New words for what was cleared before; its old words stay on stage until these are cleared.

    checking → cleared | waiting (for a person); waiting → cleared | refused; checking or waiting →
    superseded (by a newer revision) | withdrawn. ``before`` are the words on stage when it was
    written. Written by ``services.words`` alone.
    """

    class Kind(models.TextChoices):
        SERIES = "series"
        EPISODE = "episode"
        CHOICE = "choice"

    class State(models.TextChoices):
        CHECKING = "checking"
        WAITING = "waiting"
        CLEARED = "cleared"
        REFUSED = "refused"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    OPEN = (State.CHECKING, State.WAITING)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="words_revisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    object_id = models.UUIDField()
    before = ArrayField(models.TextField())
    words = ArrayField(models.TextField())
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    reason: Any = models.JSONField(null=True, help_text="Why it waits or was refused: zh, en.")
    facts: Any = models.JSONField(default=dict, help_text="What the check saw.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "created_at", "id"], name="words_revision_by_state"),
            models.Index(fields=["series", "-id"], name="words_revision_of_series"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id"],
                condition=Q(state__in=["checking", "waiting"]),
                name="one_open_words_revision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["checking", "waiting"]) ^ Q(settled_at__isnull=False),
                name="words_revision_is_settled_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.state}"
