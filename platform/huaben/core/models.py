"""Jobs, the outbox, the events of real-time rooms, and replies kept for idempotent requests."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .ids import new_id

ACTIVE = ("queued", "running")


@pghistory.track(
    pghistory.InsertEvent("job.queued"),
    pghistory.UpdateEvent("job.changed", condition=pghistory.AnyChange("state")),
    fields=["id", "kind", "state", "attempts", "holder", "error"],
    model_name="JobEvent",
)
class Job(models.Model):
    """One piece of long work, as a row. A Celery message only says “look at job N”; this row is the
    truth.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=20, default="default")
    key = models.CharField(
        max_length=120, blank=True, help_text="At most one active job of a kind for each key."
    )
    args: Any = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    progress: Any = models.JSONField(default=dict)
    result: Any = models.JSONField(null=True)
    error: Any = models.JSONField(null=True)
    rooms = ArrayField(
        models.CharField(max_length=80),
        default=list,
        help_text="Rooms that hear of it, beside its own.",
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_after = models.DateTimeField()
    announced_at = models.DateTimeField(
        null=True, help_text="When Celery was last told to look at it."
    )
    holder = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=ACTIVE) & ~Q(key=""),
                name="one_active_job_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["run_after"], condition=Q(state="queued"), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_held"),
            models.Index(fields=["-created_at"], name="job_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"


class JobTotal(models.Model):
    """How many ended jobs of a kind were deleted with time, so that their number never falls."""

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=Job.State.choices)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "state"], name="one_total_per_kind_and_state")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.count}"


class OutboxMessage(models.Model):
    """Something that must happen after a commit: written with the change itself, delivered at least
    once.
    """

    topic = models.CharField(max_length=20)
    payload: Any = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(sent_at=None), name="outbox_unsent")]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class TaskRun(models.Model):
    """When a task of beat's, or beat itself, last ran; by PostgreSQL's clock."""

    name = models.CharField(max_length=60, primary_key=True)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.ran_at}"


class RoomEvent(models.Model):
    """One event of a real-time room. Ids rise in order of commit within a room, so a socket can
    replay after N.
    """

    room = models.CharField(max_length=80)
    payload: Any = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["room", "id"], name="room_replay")]

    def __str__(self) -> str:
        return f"{self.room} #{self.pk}"


class IdempotentResponse(models.Model):
    """The answer given to a request with an Idempotency-Key; the same key gets the same answer
    again.
    """

    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body: Any = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_reply_per_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
