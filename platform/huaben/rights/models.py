"""Copyright: complaints, and what may not be shown because of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from huaben.catalog.models import Cut, Series
from huaben.core.ids import new_id


class Profile(models.Model):
    """One version of a jurisdiction's terms. Rows are added and never changed: a correction is a
    new row with the same ``kind`` and ``effective``, and each claim keeps the row that it goes by.
    """

    class Certainty(models.TextChoices):
        HIGH = "H", "primary text, or several agencies"
        MEDIUM = "M", "one good secondary source"
        LOW = "L", "weak or inferred"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.CharField(max_length=60, unique=True)
    kind = models.SlugField(max_length=20)
    effective = models.DateField()
    certainty = models.CharField(max_length=1, choices=Certainty.choices)
    sources: Any = models.JSONField(default=list)
    terms: Any = models.JSONField(help_text="As in rights/profiles.json.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "-effective", "-id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.version


# Personal data stays in one place: the audit trail keeps states and words, and no addresses.
@pghistory.track(
    model_name="ClaimEvent", exclude=["email", "phone", "address", "filed_by", "filed_from"]
)
class Claim(FSMModelMixin, models.Model):
    """A copyright complaint.

    received ⇄ incomplete → standing → countered → restored | upheld; withdrawn by its claimant or
    rejected by an admin at any time before. A Block of its own is in force while it is standing,
    countered or upheld.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        INCOMPLETE = "incomplete"
        STANDING = "standing"
        COUNTERED = "countered"
        RESTORED = "restored"
        WITHDRAWN = "withdrawn"
        REJECTED = "rejected"
        UPHELD = "upheld"

    class Action(models.TextChoices):
        RECEIVED = "received"
        MARKED_INCOMPLETE = "marked_incomplete"
        SUPPLEMENTED = "supplemented"
        CONFIRMED = "confirmed"
        COUNTERED = "countered"
        EXTENDED = "extended"
        NARROWED = "narrowed"
        RECOUNTED = "recounted"
        SUIT_NOTED = "suit_noted"
        RESTORED = "restored"
        WITHDRAWN = "withdrawn"
        REJECTED = "rejected"
        UPHELD = "upheld"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    state = FSMField(max_length=10, choices=State.choices, default=State.RECEIVED, protected=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="claims")
    cut = models.ForeignKey(Cut, null=True, on_delete=models.PROTECT, related_name="claims")
    narrowed_to = ArrayField(
        models.UUIDField(),
        default=list,
        blank=True,
        help_text="Ids of the episodes to which an admin narrowed it; empty: as it was filed.",
    )
    shown_cuts: Any = models.JSONField(
        help_text="What was shown when the notice came: Cuts, digests, labels, decisions."
    )

    claimant_name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200)
    work_title = models.CharField(max_length=120)
    work_place = models.CharField(max_length=500, help_text="Where the work can be seen.")
    statement = models.TextField(help_text="What of the work was taken, and where.")
    proofs: Any = models.JSONField(default=list, help_text="Links, kept as text and never fetched.")
    good_faith = models.BooleanField()
    signature = models.CharField(max_length=120)
    filed_by = models.UUIDField(help_text="The viewer that sent it.")
    filed_from = models.CharField(
        max_length=64, help_text="Keyed digest of the network address that it came from."
    )

    received_at = models.DateTimeField()
    forwarded_at = models.DateTimeField(
        null=True, help_text="When it was confirmed as complete, blocked and shown to the creator."
    )
    countered_at = models.DateTimeField(null=True)
    suit_at = models.DateTimeField(
        null=True, help_text="When a suit was recorded: nothing is restored by the clock any more."
    )
    extended = models.BooleanField(default=False)
    due_at = models.DateTimeField(
        null=True, help_text="When somebody should look at it, or when it is restored."
    )
    due_provisional = models.BooleanField(
        default=False, help_text="Counted in a year whose holidays are not announced."
    )
    ended_at = models.DateTimeField(null=True)

    action = models.CharField(
        max_length=20,
        choices=Action.choices,
        default=Action.RECEIVED,
        help_text="What was done last.",
    )
    note = models.TextField(
        blank=True, help_text="The words of that action: what is missing, why, which suit."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="claim_due"),
            models.Index(fields=["filed_from", "received_at"], name="claim_filed_from"),
            models.Index(fields=["filed_by", "received_at"], name="claim_filed_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(good_faith=True), name="claims_are_in_good_faith"),
            models.CheckConstraint(
                condition=~Q(state__in=["standing", "countered", "restored", "upheld"])
                | Q(forwarded_at__isnull=False),
                name="standing_claims_were_forwarded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    @transition(field=state, source=State.RECEIVED, target=State.INCOMPLETE)
    def mark_incomplete(self) -> None:
        self.due_at = None

    @transition(field=state, source=State.INCOMPLETE, target=State.RECEIVED)
    def supplement(self, due_at: datetime) -> None:
        self.due_at = due_at

    @transition(field=state, source=[State.RECEIVED, State.INCOMPLETE], target=State.STANDING)
    def confirm(self, now: datetime) -> None:
        self.forwarded_at, self.due_at = now, None

    @transition(field=state, source=State.STANDING, target=State.COUNTERED)
    def counter(self, now: datetime) -> None:
        self.countered_at = now

    @transition(field=state, source=[State.STANDING, State.COUNTERED], target=None)
    def record_suit(self, now: datetime) -> None:
        self.suit_at, self.due_at, self.due_provisional = now, None, False

    @transition(field=state, source=State.COUNTERED, target=None)
    def wait_until(self, due_at: datetime, provisional: bool) -> None:
        self.due_at, self.due_provisional = due_at, provisional

    @transition(field=state, source=[State.RECEIVED, State.STANDING, State.COUNTERED], target=None)
    def narrow(self, episode_ids: list[UUID]) -> None:
        self.narrowed_to = episode_ids

    @transition(field=state, source=State.COUNTERED, target=State.RESTORED)
    def restore(self, now: datetime) -> None:
        self._end(now)

    @transition(
        field=state,
        source=[State.RECEIVED, State.INCOMPLETE, State.STANDING, State.COUNTERED],
        target=State.WITHDRAWN,
    )
    def withdraw(self, now: datetime) -> None:
        self._end(now)

    @transition(
        field=state,
        source=[State.RECEIVED, State.INCOMPLETE, State.STANDING, State.COUNTERED],
        target=State.REJECTED,
    )
    def reject(self, now: datetime) -> None:
        self._end(now)

    @transition(field=state, source=[State.STANDING, State.COUNTERED], target=State.UPHELD)
    def uphold(self, now: datetime) -> None:
        self._end(now)

    def _end(self, now: datetime) -> None:
        self.ended_at, self.due_at, self.due_provisional = now, None, False


class CounterNotice(models.Model):
    """What the creator says against a claim. Rows are added and never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="counter_notice")
    statement = models.TextField()
    proofs: Any = models.JSONField(default=list, help_text="Links, kept as text and never fetched.")
    good_faith = models.BooleanField()
    signature = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(good_faith=True), name="counter_notices_are_in_good_faith"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"against {self.claim_id}"


@pghistory.track(model_name="BlockEvent")
class Block(models.Model):
    """A series, or one Cut of it, that is not shown while the block stands. A claim's own block
    ends with the claim.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="blocks")
    cut = models.ForeignKey(Cut, null=True, on_delete=models.PROTECT, related_name="blocks")
    claim = models.OneToOneField(Claim, null=True, on_delete=models.PROTECT, related_name="block")
    reason = models.TextField(help_text="Told to the creator.")
    evidence = models.TextField(help_text="For the file: who complains, of what, with what proof.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["series"], condition=Q(lifted_at=None), name="block_standing")
        ]
        constraints = [
            # A claim that is withdrawn or runs out lifts its block without any of our people.
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | (
                    Q(lifted_at__isnull=False)
                    & (Q(lifted_by__isnull=False) | Q(claim__isnull=False))
                ),
                name="lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {'lifted' if self.lifted_at else 'standing'}"
