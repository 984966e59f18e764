"""What viewers did: the log of events, and what follows from it for one viewer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from huaben.accounts.models import Viewer
from huaben.catalog.models import Episode, Series
from huaben.core.ids import new_id
from huaben.speech.models import Speech


class EventKind(models.TextChoices):
    """What a player tells of. ``impression``: it was on the screen. ``skip``: left by a swipe
    before its end.
    """

    IMPRESSION = "impression"
    START = "start"
    PROGRESS = "progress"
    COMPLETE = "complete"
    SKIP = "skip"
    REPLAY = "replay"


class WatchEvent(models.Model):
    """One thing that one viewer did with one Cut. Rows are only added; forgetting takes the viewer
    off them.

    The id is the client's, so a batch may be sent any number of times. There are no foreign keys:
    the log takes thousands of rows a second, and the statement that writes it has looked the
    episode and the Cut up.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    viewer_id = models.UUIDField(null=True, help_text="Null once the viewer had it forgotten.")
    series_id = models.UUIDField()
    episode_id = models.UUIDField()
    cut_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    at = models.DateTimeField(help_text="By the client's clock, kept within sane bounds.")
    received_at = models.DateTimeField()
    position_ms = models.PositiveIntegerField()
    watched_ms = models.PositiveIntegerField(help_text="Watched since this viewing began.")
    duration_ms = models.PositiveIntegerField()
    impression_id = models.UUIDField(null=True, help_text="The place in a feed that led here.")
    network = models.CharField(
        max_length=16, blank=True, default="", help_text="Digest of the viewer's network."
    )
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["viewer_id", "episode_id"], name="watch_of_viewer"),
            models.Index(fields=["at"], condition=Q(kind="complete"), name="watch_completed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.episode_id}"


class Progress(models.Model):
    """How far one viewer is in one episode: the sum of their events, whatever order those came
    in.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="+")
    position_ms = models.PositiveIntegerField(default=0)
    watched_ms = models.PositiveIntegerField(default=0, help_text="The longest viewing.")
    duration_ms = models.PositiveIntegerField(default=0)
    replays = models.PositiveIntegerField(default=0)
    completed = models.BooleanField(default=False)
    skipped = models.BooleanField(
        default=False, help_text="The last thing they did with it was to skip it."
    )
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["viewer", "episode"], name="one_progress_per_episode")
        ]
        indexes = [
            models.Index(fields=["viewer", "-last_at", "-id"], name="progress_history"),
            models.Index(fields=["viewer", "series"], name="progress_of_series"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.episode_id}"


class Favourite(models.Model):
    """A series that a viewer keeps."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["viewer", "series"], name="one_favourite_per_series")
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} ♥ {self.series_id}"


class NotInterested(models.Model):
    """A series that a viewer does not want to be shown again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "not interested"
        constraints = [
            models.UniqueConstraint(fields=["viewer", "series"], name="not_interested_once")
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} ✗ {self.series_id}"


class Follow(models.Model):
    """A creator whose new episodes a viewer wants to hear of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["viewer", "creator"], name="one_follow_per_creator")
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} → {self.creator_id}"


class Comment(models.Model):
    """What somebody wrote under an episode, or in answer to such. Its text, author and state are
    the Speech's.
    """

    speech = models.OneToOneField(
        Speech, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    reply_to = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replies"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["episode", "-created_at", "-speech"], name="comment_newest"),
            models.Index(fields=["reply_to", "created_at", "speech"], name="comment_replies"),
        ]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.speech_id}"


class Danmaku(models.Model):
    """What somebody wrote over the picture, at a moment of an episode. Its words, author and state
    are the Speech's.
    """

    speech = models.OneToOneField(
        Speech, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    position_ms = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "danmaku"
        indexes = [models.Index(fields=["episode", "position_ms", "speech"], name="danmaku_at")]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.position_ms} {self.speech_id}"
