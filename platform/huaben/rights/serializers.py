"""What may be sent about copyright."""

from __future__ import annotations

from rest_framework import serializers

from .models import Claim, Profile


class LinksField(serializers.ListField):
    """Links as text; the service says what a link is."""

    child = serializers.CharField(max_length=500)


class NoticeWriteSerializer(serializers.Serializer[None]):
    """A copyright notice. ``episode_id`` null: the whole series."""

    series_id = serializers.UUIDField()
    episode_id = serializers.UUIDField(allow_null=True, default=None)
    claimant_name = serializers.CharField(max_length=120)
    email = serializers.EmailField(max_length=254)
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    address = serializers.CharField(max_length=200)
    work_title = serializers.CharField(max_length=120)
    work_place = serializers.CharField(max_length=500)
    statement = serializers.CharField(max_length=5000)
    proofs = LinksField(max_length=10, default=list)
    good_faith = serializers.BooleanField()
    signature = serializers.CharField(max_length=120)


class SupplementSerializer(serializers.Serializer[None]):
    """What a claimant may write anew in a notice that was found incomplete."""

    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    address = serializers.CharField(max_length=200)
    work_title = serializers.CharField(max_length=120)
    work_place = serializers.CharField(max_length=500)
    statement = serializers.CharField(max_length=5000)
    proofs = LinksField(max_length=10, default=list)


class SuitSerializer(serializers.Serializer[None]):
    """Which court or authority has the matter, and under what number."""

    note = serializers.CharField(max_length=1000)


class ClaimListSerializer(serializers.Serializer[None]):
    """Which claims: all that are on their way, or those in one state."""

    state = serializers.ChoiceField(["open", *Claim.State.values], default="open")


class CompleteSerializer(serializers.Serializer[None]):
    """By which jurisdiction's terms the claim goes; empty: the one that it has."""

    profile_kind = serializers.SlugField(max_length=20, allow_blank=True, default="")


class NarrowSerializer(serializers.Serializer[None]):
    """To which episodes a claim against a whole series is narrowed, and why."""

    episode_ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=1000
    )
    reason = serializers.CharField(max_length=1000, help_text="Told to claimant and creator.")


class MissingSerializer(serializers.Serializer[None]):
    """What the notice lacks."""

    missing = serializers.CharField(max_length=2000, help_text="Told to the claimant.")


class ClaimEndSerializer(serializers.Serializer[None]):
    """Why a claim ends."""

    reason = serializers.CharField(max_length=2000, help_text="Told to claimant and creator.")


class ExtensionSerializer(serializers.Serializer[None]):
    """What the claimant showed to have the wait extended."""

    note = serializers.CharField(max_length=1000)


class ForwardedClaimListSerializer(serializers.Serializer[None]):
    """Of which series (none: of all one's own), and whether only those on their way."""

    series_id = serializers.UUIDField(required=False)
    on_their_way = serializers.BooleanField(default=False)


class CounterNoticeWriteSerializer(serializers.Serializer[None]):
    """A counter-notice; the claimant is shown all of it."""

    statement = serializers.CharField(max_length=5000)
    proofs = LinksField(max_length=10, default=list)
    good_faith = serializers.BooleanField()
    signature = serializers.CharField(max_length=120)


class BlockListSerializer(serializers.Serializer[None]):
    """Which blocks."""

    state = serializers.ChoiceField(["standing", "lifted"], default="standing")


class BlockWriteSerializer(serializers.Serializer[None]):
    """A new block: of a series, or of one Cut of it."""

    series_id = serializers.UUIDField()
    cut_id = serializers.UUIDField(allow_null=True, default=None)
    reason = serializers.CharField(max_length=500, help_text="Told to the creator.")
    evidence = serializers.CharField(max_length=5000)


class LiftSerializer(serializers.Serializer[None]):
    """Why a block ends."""

    reason = serializers.CharField(max_length=500)


class JurisdictionTermsWriteSerializer(serializers.Serializer[None]):
    """A jurisdiction's terms; ``terms.read_terms`` says which values fit together."""

    zh = serializers.CharField(max_length=60)
    en = serializers.CharField(max_length=80)
    act_within_hours = serializers.IntegerField()
    restore = serializers.ChoiceField(["at_once", "after_wait"])
    wait_count = serializers.IntegerField(allow_null=True)
    wait_unit = serializers.ChoiceField(["days", "working_days"])
    ends_on_working_day = serializers.BooleanField()
    extension_count = serializers.IntegerField(allow_null=True)
    extension_unit = serializers.ChoiceField(["days", "working_days"])
    calendar = serializers.CharField(max_length=2)


class JurisdictionWriteSerializer(serializers.Serializer[None]):
    """A new version of a jurisdiction's terms, or a correction of one."""

    version = serializers.CharField(max_length=60)
    kind = serializers.SlugField(max_length=20)
    effective = serializers.DateField()
    certainty = serializers.ChoiceField(Profile.Certainty.choices)
    sources = serializers.ListField(
        child=serializers.CharField(max_length=300), min_length=1, max_length=10
    )
    terms = JurisdictionTermsWriteSerializer()
