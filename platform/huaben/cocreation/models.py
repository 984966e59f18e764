"""What the audience and the makers make together: proposals, a writing room with its shared text,
and the credit for it.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from huaben.accounts.models import Viewer
from huaben.catalog.models import Episode, Series
from huaben.core.ids import new_id
from huaben.speech.models import Speech
from huaben.studio.models import Project


@pghistory.track(model_name="ProposalEvent")
class Proposal(FSMModelMixin, models.Model):
    """Where a story could go, as somebody of the audience sees it: an idea, or a branch out of one
    episode.

    open → adopted | declined | withdrawn. Its words are moderated as ``speech``, so it is
    shown only while that is. The id is the client's, and the speech's too.
    """

    class Kind(models.TextChoices):
        IDEA = "idea"
        BRANCH = "branch"

    class State(models.TextChoices):
        OPEN = "open"
        ADOPTED = "adopted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    speech = models.OneToOneField(
        Speech, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=40)
    text = models.TextField(max_length=500)
    from_episode = models.ForeignKey(Episode, null=True, on_delete=models.PROTECT, related_name="+")
    choice_text = models.CharField(max_length=20, blank=True)
    state = FSMField(max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    reply = models.CharField(
        max_length=20, blank=True, help_text="Of the maker, a key of labels.REPLY_TEXTS."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["series", "-created_at"], name="proposals_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="idea", from_episode=None, choice_text="")
                | (Q(kind="branch", from_episode__isnull=False) & ~Q(choice_text="")),
                name="a_branch_leaves_an_episode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.state}"

    @transition(field=state, source=State.OPEN, target=State.ADOPTED)
    def adopt(self) -> None:
        pass

    @transition(field=state, source=State.OPEN, target=State.DECLINED)
    def decline(self) -> None:
        pass

    @transition(field=state, source=State.OPEN, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        pass


class Support(models.Model):
    """One person who would like to see a proposal made."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "viewer"], name="one_support_each")
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} for {self.proposal_id}"


class WritingRoom(models.Model):
    """Where the prompt book 话本 of a series is written, by its maker and whom the maker has let
    in.

    The text is a snapshot and the updates after it; both are the truth, whatever a page or a server
    has in memory.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.OneToOneField(Series, on_delete=models.PROTECT, related_name="writing_room")
    last_number = models.PositiveBigIntegerField(
        default=0, help_text="Of the update that was stored last."
    )
    folded_number = models.PositiveBigIntegerField(
        default=0, help_text="Up to which updates are in the snapshot."
    )
    changed_at = models.DateTimeField(auto_now_add=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"writing room of {self.series_id}"


class Snapshot(models.Model):
    """The text of a room up to one update, as one update. Beside the room, so that its bytes are
    read only when wanted.
    """

    room = models.OneToOneField(
        WritingRoom, primary_key=True, on_delete=models.CASCADE, related_name="snapshot"
    )
    number = models.PositiveBigIntegerField()
    state = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.room_id} up to #{self.number}"


class Update(models.Model):
    """One edit of a room's text, as Yjs encodes it. Only added, until a snapshot holds it; numbers
    of a room have no gaps.
    """

    room = models.ForeignKey(WritingRoom, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveBigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="one_update_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} #{self.number}"


@pghistory.track(model_name="WriterEvent")
class Writer(models.Model):
    """Somebody who writes in a room, or did. The maker of the series is one of them."""

    room = models.ForeignKey(WritingRoom, on_delete=models.CASCADE, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(
        null=True, help_text="When they left or were shown out; null while they may write."
    )
    wrote_at = models.DateTimeField(
        null=True, help_text="When their first edit was stored; null if none was."
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="once_in_a_room")]
        indexes = [
            models.Index(
                fields=["user", "-room"], condition=Q(left_at=None), name="rooms_of_a_writer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"


class Version(models.Model):
    """A room's text as somebody marked it, never changed. ``before``: saved automatically before
    going back to that version.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(WritingRoom, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    before = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["room", "-id"], name="versions_newest")]

    def __str__(self) -> str:
        return self.name or str(self.pk)


@pghistory.track(model_name="CreditEvent")
class Credit(models.Model):
    """Somebody had a part in a series. Given once and never revoked; the name of somebody who
    has left is not shown.
    """

    class Part(models.TextChoices):
        IDEA = "idea"
        BRANCH = "branch"
        WRITING = "writing"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="credits")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    part = models.CharField(max_length=10, choices=Part.choices)
    proposal = models.OneToOneField(
        Proposal, null=True, on_delete=models.SET_NULL, related_name="credit"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "person"],
                condition=Q(part="writing"),
                name="one_credit_for_writing",
            )
        ]
        triggers = [pgtrigger.Protect(name="credit_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.person_id} {self.part}"
