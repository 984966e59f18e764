"""Series, their episodes, the Cuts of an episode, the story graph between episodes, and what people
say under a series.
"""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
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

    def name(self) -> dict[str, str]:
        """The name in both languages."""
        return {"zh": self.name_zh, "en": self.name_en}


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

    ``source`` is the file as it came; ``asset`` is the labelled file that is packaged, checked, approved and shown.
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


@pghistory.track(model_name="SpeechEvent")
class Speech(models.Model):
    """What one person said in public: a comment, a danmaku, a proposal. Nobody else reads it before
    it was checked.

    checking → shown | held | refused; held → shown | refused; shown → held (reported) | refused
    (taken down); refused → held (its author asked for a person) | shown; anything → withdrawn,
    which is the end. Apps keep where it was said in a row of their own, one-to-one. Written by
    ``catalog.speech`` alone. An author is protected: an account that spoke is closed, not deleted,
    and what it said stays on record.
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        SHOWN = "shown"
        HELD = "held"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(
        primary_key=True, editable=False, help_text="The client's own, so it may be sent again."
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, help_text="comment, danmaku, proposal.")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    reason: Any = models.JSONField(null=True, help_text="Why it is held or was refused: zh, en.")
    facts: Any = models.JSONField(default=dict, help_text="What the check saw, and who decided.")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "speech"
        indexes = [
            models.Index(fields=["author", "created_at"], name="speech_of_author"),
            models.Index(fields=["state", "created_at", "id"], name="speech_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="checking", settled_at=None)
                | (~Q(state="checking") & Q(settled_at__isnull=False)),
                name="speech_is_settled_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"
