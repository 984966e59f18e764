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


class NeverPhrase(models.Model):
    """A phrase that never appears in public before a person has read it: an operator's own, or one
    of the engine's list that an operator retired (``shipped``). What it says is never changed; a
    correction is another row.
    """

    class Language(models.TextChoices):
        ZH = "zh"
        EN = "en"
        ANY = "any"

    class Form(models.TextChoices):
        WORD = "word"
        SOUND = "sound"
        WHOLE = "whole"
        STEM = "stem"
        PATTERN = "pattern"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phrase = models.CharField(max_length=2000)
    category = models.CharField(max_length=20, help_text="As in the policy: never.<category>.")
    language = models.CharField(max_length=3, choices=Language.choices)
    form = models.CharField(max_length=8, choices=Form.choices)
    exceptions: Any = models.JSONField(
        default=list, help_text="Longer phrases that hold it and mean no harm."
    )
    quotable = models.BooleanField(default=False, help_text="A quotation of it is no violation.")
    effective = models.DateField(null=True, help_text="The first day on which it counts.")
    until = models.DateField(null=True, help_text="The last.")
    shipped = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phrase", "category", "language", "form"],
                condition=Q(retired_at=None),
                name="one_phrase_in_force",
            ),
            models.CheckConstraint(
                condition=Q(shipped=False) | Q(retired_at__isnull=False),
                name="shipped_phrases_are_kept_when_retired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.form}"


class NeverChange(models.Model):
    """What an operator did with the list, and why. Rows are added and never changed; the newest
    one's id is part of the list's version.
    """

    class Action(models.TextChoices):
        ADDED = "added"
        RETIRED = "retired"

    id = models.BigAutoField(primary_key=True)
    phrase = models.ForeignKey(NeverPhrase, on_delete=models.PROTECT, related_name="changes")
    action = models.CharField(max_length=8, choices=Action.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"
