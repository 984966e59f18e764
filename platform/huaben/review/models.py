"""The review of a Cut: its label, its case, what the checks saw, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from huaben.accounts.models import User
from huaben.catalog.models import Cut
from huaben.core.ids import new_id
from huaben.core.types import JsonObject
from huaben.media.models import Asset


@pghistory.track(model_name="CutLabelEvent")
class CutLabel(models.Model):
    """The label that a Cut's file was given (标识办法, Art. 6), and what the file came with.

    ``value`` is the ``Label`` read back from ``asset``: "1" is AI-made, "2" may be, "3" is
    suspected to be; "" when nothing speaks for AI, and then the file is left as it came. ``sha256``
    names the bytes that were read back.
    """

    class Value(models.TextChoices):
        MADE = "1"
        MAY_BE = "2"
        SUSPECTED = "3"
        NONE = ""

    cut = models.OneToOneField(Cut, primary_key=True, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    value = models.CharField(max_length=1, choices=Value.choices, blank=True)
    notice: Any = models.JSONField(
        null=True, help_text="What stands beside the player: zh, en. Null without a label."
    )
    implicit: Any = models.JSONField(
        null=True, help_text="The AIGC object as read back from the file."
    )
    explicit: Any = models.JSONField(
        null=True,
        help_text="The mark on the starting frames: state (seen, not_seen, not_checked), seconds, "
        "height_ratio, likeness as the search saw it; reported: what its maker says.",
    )
    carried: Any = models.JSONField(
        null=True,
        help_text="What the file came with: label (an AIGC object) and provenance (its C2PA "
        "manifest).",
    )
    malformed = models.BooleanField(
        default=False, help_text="The file came with a label that breaks the standard."
    )
    test_operator = models.BooleanField(
        default=False, help_text="Labelled with the code that belongs to nobody."
    )
    rules_version = models.CharField(max_length=40)
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__in=["", "1", "2", "3"]), name="label_value_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cut_id} label {self.value or '-'}"


@pghistory.track(model_name="CaseEvent")
class Case(FSMModelMixin, models.Model):
    """One Cut's unit of work in review.

    processing (labelling, packaging) → checking → open → taken → approved | rejected; approved →
    taken_down; rejected | taken_down → checking (a reopened case is checked anew) or → open (its
    creator appealed; the decision stands until another moderator's). ``failed``: labelling,
    packaging or the checks ended without a result; such a Cut cannot be approved. ``sha256`` and
    ``package_sha256`` name the bytes that the checks saw.
    """

    class State(models.TextChoices):
        PROCESSING = "processing"
        CHECKING = "checking"
        OPEN = "open"
        TAKEN = "taken"
        APPROVED = "approved"
        REJECTED = "rejected"
        TAKEN_DOWN = "taken_down"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cut = models.OneToOneField(Cut, on_delete=models.PROTECT, related_name="review_case")
    state = FSMField(max_length=12, choices=State.choices, default=State.PROCESSING, protected=True)
    verdict = models.CharField(
        max_length=10, blank=True, help_text="Of the checks: pass, review or block."
    )
    risk = models.FloatField(default=0, help_text="0–1; the queue shows the riskiest first.")
    versions: Any = models.JSONField(
        default=dict, help_text="Of policy, rules and models that the checks used."
    )
    sha256 = models.CharField(max_length=64, blank=True)
    package_sha256 = models.CharField(max_length=64, blank=True)
    words_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the words that the checks read."
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    decision = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="+")
    problem: Any = models.JSONField(null=True, help_text="Why it failed: code, title, detail.")
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-risk", "due_at", "id"],
                condition=Q(state__in=["open", "taken"]),
                name="case_queue",
            ),
            models.Index(fields=["-decided_at", "-id"], name="case_newest_decided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="taken") ^ Q(reviewer=None), name="taken_cases_have_a_reviewer"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected", "taken_down"])
                | Q(decision__isnull=False),
                name="decided_cases_have_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cut_id} {self.state}"

    @transition(field=state, source=[State.PROCESSING, State.FAILED], target=State.CHECKING)
    def start_checks(self) -> None:
        self.problem = None

    @transition(field=state, source=[State.PROCESSING, State.CHECKING], target=State.FAILED)
    def fail(self, problem: JsonObject) -> None:
        self.problem = problem

    @transition(field=state, source=[State.PROCESSING, State.FAILED], target=State.PROCESSING)
    def start_again(self) -> None:
        self.problem = None

    @transition(field=state, source=State.CHECKING, target=State.OPEN)
    def finish_checks(self, *, due_at: datetime, now: datetime) -> None:
        self.opened_at, self.due_at = now, due_at

    @transition(field=state, source=[State.OPEN, State.TAKEN], target=State.TAKEN)
    def take(self, reviewer: User, *, now: datetime) -> None:
        self.reviewer, self.taken_at = reviewer, now

    @transition(field=state, source=State.TAKEN, target=State.OPEN)
    def release(self) -> None:
        self.reviewer = self.taken_at = None

    # From open too: the pipeline approves without taking.
    @transition(field=state, source=[State.OPEN, State.TAKEN], target=State.APPROVED)
    def approve(self, decision: Decision, *, now: datetime) -> None:
        self._decided(decision, now)

    @transition(field=state, source=State.TAKEN, target=State.REJECTED)
    def reject(self, decision: Decision, *, now: datetime) -> None:
        self._decided(decision, now)

    @transition(field=state, source=State.APPROVED, target=State.TAKEN_DOWN)
    def take_down(self, decision: Decision, *, now: datetime) -> None:
        self._decided(decision, now)

    @transition(field=state, source=[State.REJECTED, State.TAKEN_DOWN], target=State.OPEN)
    def appeal(self, *, due_at: datetime, now: datetime) -> None:
        self.opened_at, self.due_at, self.decided_at = now, due_at, None

    @transition(field=state, source=[State.REJECTED, State.TAKEN_DOWN], target=State.CHECKING)
    def reopen(self, decision: Decision) -> None:
        self._decided(decision, None)

    @property
    def is_appealed(self) -> bool:
        """Whether it waits for another moderator's word on the decision that stands."""
        decision = self.decision
        waits = self.state in (self.State.OPEN, self.State.TAKEN)
        return waits and decision is not None and decision.outcome in REFUSALS

    def _decided(self, decision: Decision, now: datetime | None) -> None:
        self.decision, self.decided_at = decision, now
        self.reviewer = self.taken_at = None


class Finding(models.Model):
    """One thing that the checks saw: policy, score, time span, evidence."""

    class Channel(models.TextChoices):
        TEXT = "text"
        PICTURE = "picture"
        SOUND = "sound"
        LABEL = "label"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    policy = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    score = models.FloatField()
    start_ms = models.PositiveIntegerField(null=True)
    end_ms = models.PositiveIntegerField(null=True)
    evidence = models.TextField(blank=True)
    explanation = models.CharField(
        max_length=60, help_text="Code of a sentence in moderation.explanations."
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="one_finding_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.score:.2f}"


class Decision(models.Model):
    """What was decided about a case, by whom, and about exactly which bytes and words. Rows are
    added and never changed.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        REJECTED = "rejected"
        TAKEN_DOWN = "taken_down"
        REOPENED = "reopened"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    automatic = models.BooleanField(default=False, help_text="By the checks alone; nobody looked.")
    sha256 = models.CharField(max_length=64)
    package_sha256 = models.CharField(max_length=64)
    words: Any = models.JSONField(
        default=list,
        help_text="Those that it was decided with: kind, object_id, words of each.",
    )
    reasons: Any = models.JSONField(default=list, help_text="code, start_ms, end_ms, note of each.")
    note = models.TextField(blank=True, help_text="To the creator.")
    age_notice = models.CharField(max_length=4, blank=True)
    versions: Any = models.JSONField(
        default=dict, help_text="Of policy, rules and models in force when it was decided."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(automatic=True) ^ Q(by__isnull=False), name="a_person_or_the_checks"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


REFUSALS = (Decision.Outcome.REJECTED, Decision.Outcome.TAKEN_DOWN)


@pghistory.track(model_name="AppealEvent")
class Appeal(models.Model):
    """A creator's word against a refusal of their Cut: one for each decision. It waits until
    ``answer``, another moderator's decision: an approval overturns what was decided, anything else
    upholds it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        UPHELD = "upheld"
        OVERTURNED = "overturned"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(help_text="Of the creator, for the moderators.")
    answer = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="answered_appeal"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    @property
    def state(self) -> State:
        """What became of it; ``answer`` must be loaded."""
        if self.answer is None:
            return self.State.WAITING
        approved = self.answer.outcome == Decision.Outcome.APPROVED
        return self.State.OVERTURNED if approved else self.State.UPHELD
