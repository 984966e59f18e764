"""What pages send about proposals and writing rooms."""

from __future__ import annotations

from rest_framework import serializers

from .fixed_texts import REPLY_TEXTS
from .models import Proposal
from .services.proposals import MAX_CHOICE_LENGTH, MAX_TEXT_LENGTH, MAX_TITLE_LENGTH


class ProposalWriteSerializer(serializers.Serializer[None]):
    """A proposal. The id is the client's, so that it may be sent again."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Proposal.Kind.choices)
    title = serializers.CharField(
        max_length=4000, help_text=f"At most {MAX_TITLE_LENGTH} characters are kept."
    )
    text = serializers.CharField(
        max_length=4000, help_text=f"At most {MAX_TEXT_LENGTH} characters are kept."
    )
    from_episode_id = serializers.UUIDField(required=False, allow_null=True)
    choice_text = serializers.CharField(
        max_length=4000,
        required=False,
        allow_blank=True,
        help_text=f"At most {MAX_CHOICE_LENGTH} characters are kept.",
    )


class DeclineSerializer(serializers.Serializer[None]):
    """With which answer."""

    reply = serializers.ChoiceField(list(REPLY_TEXTS), required=False, allow_blank=True)


class AdoptSerializer(DeclineSerializer):
    """What else to do at once."""

    project = serializers.BooleanField(
        default=False, help_text="Begin an episode with it in the studio."
    )
    co_writer = serializers.BooleanField(
        default=False, help_text="Let its author into the writing room."
    )


class InviteSerializer(serializers.Serializer[None]):
    """Whom to let in."""

    handle = serializers.CharField(max_length=41)


class VersionWriteSerializer(serializers.Serializer[None]):
    """The name of a version to mark."""

    name = serializers.CharField(max_length=40)


class EpisodeIdeaSerializer(serializers.Serializer[None]):
    """What to begin an episode with: nothing for the whole text, or a part of it."""

    idea = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    seconds = serializers.IntegerField(min_value=24, max_value=120, default=60)
