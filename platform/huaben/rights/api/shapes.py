"""Shapes of claims on the wire. Three people see a claim, and each sees what is theirs: only the
desk and the claimant have the claimant's address."""

from __future__ import annotations

from rest_framework import serializers

from huaben.catalog.serializers import PersonSerializer
from huaben.core.serializers import LocalizedTextSerializer

from ..models import Claim, Profile


class LinksField(serializers.ListField):
    """Links as text; the service says what a link is."""

    child = serializers.CharField(max_length=500)


class ClaimedSeriesSerializer(serializers.Serializer):
    """The series that is complained of."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    creator = PersonSerializer()


class ClaimedCutSerializer(serializers.Serializer):
    """The one Cut that is complained of."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    episode_number = serializers.IntegerField()
    episode_title = serializers.CharField()


class TermsSerializer(serializers.Serializer):
    """What the claim's jurisdiction asks, as far as people must know it."""

    version = serializers.CharField()
    kind = serializers.CharField()
    name = LocalizedTextSerializer()
    restores_at_once = serializers.BooleanField()
    wait_count = serializers.IntegerField(allow_null=True)
    wait_unit = serializers.ChoiceField(["days", "working_days"])
    extension_count = serializers.IntegerField(allow_null=True)
    extension_unit = serializers.ChoiceField(["days", "working_days"])


class CounterNoticeSerializer(serializers.Serializer):
    """What the creator says against it."""

    statement = serializers.CharField()
    proofs = serializers.ListField(child=serializers.CharField())
    signature = serializers.CharField()
    created_at = serializers.DateTimeField()


class ClaimStepSerializer(serializers.Serializer):
    """One line of a claim's history."""

    at = serializers.DateTimeField()
    act = serializers.ChoiceField(Claim.Act.choices)
    note = serializers.CharField(allow_blank=True)


class ClaimDeedSerializer(ClaimStepSerializer):
    """The same for the desk, with who did it; null: the claimant, the creator or the clock."""

    by = serializers.CharField(allow_null=True)


class ForwardedClaimSerializer(serializers.Serializer):
    """A claim as its creator has it: who complains, of what, with what words. No address."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(Claim.State.choices)
    series = ClaimedSeriesSerializer()
    cut = ClaimedCutSerializer(allow_null=True)
    claimant_name = serializers.CharField()
    work_title = serializers.CharField()
    work_place = serializers.CharField()
    statement = serializers.CharField()
    proofs = serializers.ListField(child=serializers.CharField())
    terms = TermsSerializer()
    forwarded_at = serializers.DateTimeField()
    countered_at = serializers.DateTimeField(allow_null=True)
    suit_at = serializers.DateTimeField(allow_null=True)
    extended = serializers.BooleanField()
    due_at = serializers.DateTimeField(allow_null=True)
    due_provisional = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)
    counter_notice = CounterNoticeSerializer(allow_null=True)
    history = ClaimStepSerializer(many=True)
    acts = serializers.ListField(child=serializers.ChoiceField(["counter"]))


class NoticeWriteSerializer(serializers.Serializer):
    """A copyright notice. ``episode_id`` None: the whole series."""

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


class SupplementSerializer(serializers.Serializer):
    """What a claimant may write anew in a notice that was found incomplete."""

    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    address = serializers.CharField(max_length=200)
    work_title = serializers.CharField(max_length=120)
    work_place = serializers.CharField(max_length=500)
    statement = serializers.CharField(max_length=5000)
    proofs = LinksField(max_length=10, default=list)


class NoticeFiledSerializer(serializers.Serializer):
    """What a claimant gets: a number to name, and the secret of the link by which to follow it."""

    number = serializers.CharField()
    secret = serializers.CharField()


class FiledNoticeSerializer(SupplementSerializer):
    """A claim as its claimant sees it: all that they wrote, and where it stands."""

    number = serializers.CharField()
    state = serializers.ChoiceField(Claim.State.choices)
    series = ClaimedSeriesSerializer()
    cut = ClaimedCutSerializer(allow_null=True)
    claimant_name = serializers.CharField()
    email = serializers.EmailField()
    signature = serializers.CharField()
    terms = TermsSerializer()
    received_at = serializers.DateTimeField()
    suit_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    due_provisional = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)
    counter_notice = CounterNoticeSerializer(allow_null=True)
    history = ClaimStepSerializer(many=True)
    acts = serializers.ListField(child=serializers.ChoiceField(["supplement", "suit", "withdraw"]))


class ClaimCardSerializer(serializers.Serializer):
    """A claim in the desk's list."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(Claim.State.choices)
    series = ClaimedSeriesSerializer()
    cut = ClaimedCutSerializer(allow_null=True)
    claimant_name = serializers.CharField()
    work_title = serializers.CharField()
    received_at = serializers.DateTimeField()
    suit_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="To be looked at, or restored, by then."
    )
    due_provisional = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)


class SeenSerializer(serializers.Serializer):
    """One Cut as it was shown when the notice came."""

    cut_id = serializers.UUIDField()
    episode_number = serializers.IntegerField()
    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    package_sha256 = serializers.CharField()
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    decision_id = serializers.CharField(allow_null=True)


class ClaimSerializer(ClaimCardSerializer):
    """A claim on the desk, whole."""

    email = serializers.EmailField()
    phone = serializers.CharField(allow_blank=True)
    address = serializers.CharField()
    work_place = serializers.CharField()
    statement = serializers.CharField()
    proofs = serializers.ListField(child=serializers.CharField())
    signature = serializers.CharField()
    terms = TermsSerializer()
    forwarded_at = serializers.DateTimeField(allow_null=True)
    countered_at = serializers.DateTimeField(allow_null=True)
    extended = serializers.BooleanField()
    counter_notice = CounterNoticeSerializer(allow_null=True)
    seen = SeenSerializer(many=True)
    history = ClaimDeedSerializer(many=True)
    beside = ClaimCardSerializer(many=True, help_text="Other claims against the same series.")
    acts = serializers.ListField(
        child=serializers.ChoiceField(
            ["complete", "incomplete", "reject", "uphold", "suit", "extend"]
        )
    )
    may_decide = serializers.BooleanField(help_text="False for a series of one's own.")


class JurisdictionTermsSerializer(serializers.Serializer):
    """A jurisdiction's terms as an admin writes them."""

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


class JurisdictionSerializer(serializers.Serializer):
    """One version of a jurisdiction's terms; a correction is a new version."""

    version = serializers.CharField(max_length=60)
    kind = serializers.SlugField(max_length=20)
    effective = serializers.DateField()
    certainty = serializers.ChoiceField(Profile.Certainty.choices)
    sources = serializers.ListField(
        child=serializers.CharField(max_length=300), min_length=1, max_length=10
    )
    terms = JurisdictionTermsSerializer()
