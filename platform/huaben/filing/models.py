"""备案: the number under which a series may be shown, and the rules by which it was given."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from huaben.catalog.models import Series
from huaben.core.ids import new_id


class RuleVersion(models.Model):
    """One version of the tier rules. Rows are added and never changed: a correction is a new row
    with the same ``kind`` and ``effective``, and each filing keeps the row by which its number was
    assigned.
    """

    class Kind(models.TextChoices):
        DRAMA = "drama"
        AI_DRAMA = "ai_drama"

    class Certainty(models.TextChoices):
        HIGH = "H", "primary text, or several agencies"
        MEDIUM = "M", "one good secondary source"
        LOW = "L", "weak or inferred"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    effective = models.DateField()
    certainty = models.CharField(max_length=1, choices=Certainty.choices)
    sources: Any = models.JSONField(default=list)
    special_themes: Any = models.JSONField(default=list)
    tiers: Any = models.JSONField(help_text="As in filing/rules.json.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-effective", "-id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.version


@pghistory.track(model_name="FilingEvent")
class Filing(FSMModelMixin, models.Model):
    """A series and its number: none → number_given → in_force → revoked | expired.

    ``demonstration``: the embedded demo's own words instead of a number; no authority ever gave
    one.
    """

    class State(models.TextChoices):
        NONE = "none"
        NUMBER_GIVEN = "number_given"
        IN_FORCE = "in_force"
        REVOKED = "revoked"
        EXPIRED = "expired"

    class Tier(models.TextChoices):
        KEY = "key"
        ORDINARY = "ordinary"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.OneToOneField(Series, on_delete=models.PROTECT, related_name="filing")
    state = FSMField(max_length=12, choices=State.choices, default=State.NONE, protected=True)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(
        max_length=80, blank=True, help_text="The series' title that was filed, or confirmed since."
    )
    demonstration = models.BooleanField(default=False)
    tier = models.CharField(max_length=10, choices=Tier.choices, blank=True)
    rule = models.ForeignKey(RuleVersion, null=True, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    expires_on = models.DateField(
        null=True, help_text="The first day on which it is no longer in force."
    )
    budget_fen = models.BigIntegerField(null=True)
    special_theme = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="Why it was revoked.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(demonstration=False) & ~Q(number=""),
                name="one_series_per_number",
            ),
            models.CheckConstraint(
                condition=Q(state="none") | (~Q(number="") & Q(in_force_from__isnull=False)),
                name="filed_means_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.number or '-'} {self.state}"

    @transition(
        field=state, source=[State.NONE, State.REVOKED, State.EXPIRED], target=State.NUMBER_GIVEN
    )
    def assign_number(self) -> None:
        self.reason = ""

    @transition(field=state, source=State.NUMBER_GIVEN, target=State.IN_FORCE)
    def put_in_force(self) -> None:
        pass

    @transition(field=state, source=[State.NUMBER_GIVEN, State.IN_FORCE], target=State.REVOKED)
    def revoke(self, reason: str) -> None:
        self.reason = reason

    @transition(field=state, source=State.IN_FORCE, target=State.EXPIRED)
    def expire(self) -> None:
        pass


@pghistory.track(model_name="NumberCorrectionEvent")
class NumberCorrection(models.Model):
    """What a number in the register should have been, as one filing admin proposes it and another
    confirms it. The register changes only then, and the number stays in force.
    """

    # What a correction may change, and what ``before`` keeps of the register.
    COMPARED = ("number", "tier", "issued_on", "authority", "budget_fen", "special_theme")

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="corrections")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    number = models.CharField(max_length=60)
    tier = models.CharField(max_length=10, choices=Filing.Tier.choices)
    issued_on = models.DateField()
    authority = models.CharField(max_length=60, blank=True)
    budget_fen = models.BigIntegerField(null=True)
    special_theme = models.CharField(max_length=20, blank=True)
    before: Any = models.JSONField(help_text="What the register said, by field, as text.")
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"],
                condition=Q(state="proposed"),
                name="one_open_correction_per_filing",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_by__isnull=False),
                name="decided_corrections_name_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(decided_by=models.F("proposed_by")),
                name="a_correction_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.number} {self.state}"
