"""What people say in public, and what moderators and readers say of it."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from huaben.catalog.models import Series
from huaben.core.ids import new_id


@pghistory.track(model_name="SpeechEvent")
class Speech(models.Model):
    """What one person said in public: a comment, a danmaku, a proposal. Nobody else reads it before
    it was checked.

    checking → shown | held | refused; held → shown | refused; shown → held (reported) | refused
    (taken down); refused → held (its author asked for a person) | shown; anything → withdrawn,
    which is the end. Apps keep where it was said in a row of their own, one-to-one. Written by
    ``speech.services`` alone. An author is protected: an account that spoke is closed, not deleted,
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


class SpeechDecision(models.Model):
    """What a moderator decided about a text. Rows are added and never changed; what the automatic
    check decided is in the text's facts.
    """

    class Outcome(models.TextChoices):
        SHOWN = "shown"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    speech = models.ForeignKey(Speech, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, blank=True, help_text="Code of SPEECH_REASONS.")
    note = models.TextField(blank=True, help_text="To its author.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.speech_id} {self.outcome}"


class SpeechReport(models.Model):
    """One reader's report of a text that is shown. ``answered``: a moderator has decided since."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    speech = models.ForeignKey(Speech, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, help_text="Code of SPEECH_REASONS.")
    note = models.CharField(max_length=300, blank=True)
    network = models.CharField(
        max_length=16, blank=True, default="", help_text="Digest of the sender's network."
    )
    answered = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "by"], name="one_report_per_person")
        ]
        indexes = [
            models.Index(fields=["speech"], condition=Q(answered=False), name="speech_report_open")
        ]

    def __str__(self) -> str:
        return f"{self.speech_id} {self.reason}"
