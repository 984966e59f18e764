"""Play-throughs: one viewer's way through a story graph. Premieres: many viewers' one way, by
vote.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from huaben.catalog.models import Choice, Cut, Episode, Series
from huaben.core.ids import new_id

# Viewers may come in and wait this long before a premiere starts.
DOORS_OPEN_BEFORE = timedelta(minutes=15)
MIN_VOTE_SECONDS, MAX_VOTE_SECONDS = 10, 60


class Playthrough(models.Model):
    """Where one viewer stands in one series, and the variables that their choices have set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer_id = models.UUIDField()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="+")
    variables: Any = models.JSONField(default=dict)
    seq = models.PositiveIntegerField(default=0, help_text="Rises with every step.")
    ended = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["viewer_id", "series"],
                condition=Q(ended=False),
                name="one_open_playthrough_per_series",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} at {self.episode_id}"


class Step(models.Model):
    """One step of a play-through, never changed: the episode that was left, and how. ``key`` makes
    it idempotent.
    """

    playthrough = models.ForeignKey(Playthrough, on_delete=models.CASCADE, related_name="steps")
    seq = models.PositiveIntegerField()
    key = models.UUIDField()
    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="+", help_text="Where the viewer was."
    )
    choice = models.ForeignKey(Choice, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["playthrough", "seq"], name="one_step_per_seq"),
            models.UniqueConstraint(fields=["playthrough", "key"], name="one_step_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.playthrough_id} #{self.seq}"


class VoteRule(models.TextChoices):
    """Who may vote at a premiere: chosen when it is scheduled, and published with it."""

    OPEN = "open"  # whoever watches; a network has a few votes in each round
    ACCOUNTS = "accounts"  # one vote for each account


@pghistory.track(model_name="PremiereEvent")
class Premiere(FSMModelMixin, models.Model):
    """Many viewers in front of one film, by one clock; at each choice they vote, and the branch
    with most votes plays for all.

    scheduled → playing → voting → playing → … → ended; or cancelled, from wherever it stood. Every
    state but the last two is a phase with an end: a scheduled premiere's ends when it starts.
    ``services.phases`` moves it on, and nothing else does.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled"
        PLAYING = "playing"
        VOTING = "voting"
        ENDED = "ended"
        CANCELLED = "cancelled"

    class Ending(models.TextChoices):
        FINISHED = "finished"  # the story came to its end
        CALLED_OFF = "called_off"  # by its host
        TAKEN_DOWN = "taken_down"  # the gate closed on what was to be shown
        NO_WAY_ON = "no_way_on"  # it closed on every branch that was voted for
        OVERDUE = "overdue"  # no process moved it on for too long
        TOO_LONG = "too_long"  # a story that leads back into itself

    OPEN = (State.SCHEDULED, State.PLAYING, State.VOTING)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    vote_seconds = models.PositiveSmallIntegerField(default=20)
    vote_rule = models.CharField(
        max_length=10, choices=VoteRule.choices, default=VoteRule.OPEN, help_text="Never changed."
    )
    state = FSMField(max_length=10, choices=State.choices, default=State.SCHEDULED, protected=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    episode = models.ForeignKey(Episode, null=True, on_delete=models.PROTECT, related_name="+")
    cut = models.ForeignKey(
        Cut,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The very version that plays for everybody.",
    )
    round = models.PositiveSmallIntegerField(default=0, help_text="Rises when a vote opens.")
    variables: Any = models.JSONField(default=dict)
    phase_started_at = models.DateTimeField()
    phase_ends_at = models.DateTimeField()
    seq = models.PositiveIntegerField(default=0, help_text="Rises with every change of phase.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(state__in=["scheduled", "playing", "voting"]),
                name="one_open_premiere_per_series",
            ),
            models.CheckConstraint(
                condition=Q(vote_seconds__gte=10) & Q(vote_seconds__lte=60),
                name="premiere_vote_seconds",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["playing", "voting"])
                | Q(episode__isnull=False, cut__isnull=False),
                name="running_premiere_shows_a_cut",
            ),
        ]
        indexes = [
            models.Index(
                fields=["phase_ends_at"],
                condition=Q(state__in=["scheduled", "playing", "voting"]),
                name="premieres_due",
            ),
            models.Index(
                fields=["starts_at", "id"],
                condition=Q(state__in=["scheduled", "playing", "voting"]),
                name="premieres_on",
            ),
            models.Index(fields=["series", "-id"], name="premieres_of_series"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to come or under way."""
        return self.state in self.OPEN

    @property
    def doors_open_at(self) -> datetime:
        """From when on viewers may wait in front of it, and preload the first episode."""
        return self.starts_at - DOORS_OPEN_BEFORE

    @transition(
        field=state, source=[State.SCHEDULED, State.PLAYING, State.VOTING], target=State.PLAYING
    )
    def play(self, cut: Cut) -> None:
        """Show a Cut of an episode of the series."""
        self.cut, self.episode = cut, cut.episode

    @transition(field=state, source=State.PLAYING, target=State.VOTING)
    def call_vote(self) -> None:
        self.round += 1

    @transition(field=state, source=[State.PLAYING, State.VOTING], target=State.ENDED)
    def end(self, ending: str) -> None:
        self.ending = ending

    @transition(
        field=state, source=[State.SCHEDULED, State.PLAYING, State.VOTING], target=State.CANCELLED
    )
    def cancel(self, ending: str) -> None:
        self.ending = ending


class Turn(models.Model):
    """One turn of a premiere, never changed: the episode that was left, the choice that was taken,
    and by how many votes.

    A choice is written down in full: its author may reword or remove it later, and what happened
    stays.
    """

    premiere = models.ForeignKey(Premiere, on_delete=models.PROTECT, related_name="turns")
    seq = models.PositiveIntegerField(help_text="The premiere's, as this turn left it.")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="+", help_text="The one that was left."
    )
    choice_id = models.UUIDField(null=True)
    choice_text = models.CharField(max_length=60, blank=True)
    tally: Any = models.JSONField(
        default=list, help_text="Of each choice: choice_id, text, seal, votes. Empty: no vote."
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["premiere", "seq"], name="one_turn_per_seq")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.premiere_id} #{self.seq}"


class Vote(models.Model):
    """What one viewer wants at one vote; it may change until the vote closes.

    ``keys`` are those under which the viewer sent it, newest last: one that is sent again changes
    nothing.
    """

    premiere = models.ForeignKey(Premiere, on_delete=models.CASCADE, related_name="votes")
    round = models.PositiveSmallIntegerField()
    viewer_id = models.UUIDField()
    choice_id = models.UUIDField()
    keys = ArrayField(models.UUIDField())
    cast_at = models.DateTimeField()
    network = models.CharField(
        max_length=16, blank=True, default="", help_text="Digest of the voter's network."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premiere", "round", "viewer_id"], name="one_vote_per_round"
            ),
        ]
        indexes = [models.Index(fields=["viewer_id"], name="votes_of_viewer")]

    def __str__(self) -> str:
        return f"{self.viewer_id} in round {self.round} of {self.premiere_id}"


class Presence(models.Model):
    """How many viewers one web process has in front of a premiere, as it reported last."""

    premiere = models.ForeignKey(Premiere, on_delete=models.CASCADE, related_name="+")
    process_id = models.UUIDField()
    viewers = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premiere", "process_id"], name="one_presence_per_process"
            )
        ]

    def __str__(self) -> str:
        return f"{self.viewers} at {self.premiere_id}"
