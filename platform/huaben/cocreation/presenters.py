"""What pages show of proposals, credits and writing rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from huaben.accounts.models import User
from huaben.accounts.presenters import Person, present_person
from huaben.catalog.models import Episode, Series
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.responses import described
from huaben.core.types import Requester
from huaben.speech.models import Speech
from huaben.speech.presenters import ANONYMOUS, present_author
from huaben.speech.selectors import may_request_review

from .fixed_texts import PART_LABELS, REPLY_TEXTS
from .models import Credit, Proposal, Version, Writer, WritingRoom
from .prompt_book import MAX_TEXT_LENGTH
from .selectors.proposals import list_credits
from .selectors.writing_rooms import find_writing_room, list_active_writers


@dataclass(frozen=True)
class BranchEpisode:
    """The episode that a proposed branch leaves."""

    id: UUID
    number: int
    title: str


@dataclass(frozen=True)
class ProposalCard:
    """Where somebody of the audience would like the story to go."""

    id: UUID
    series_id: UUID
    author: Person
    kind: Proposal.Kind
    title: str
    text: str
    from_episode: BranchEpisode | None
    choice_text: str
    state: Proposal.State
    reply: LocalizedText | None
    supports: int
    supported: bool
    mine: bool
    speech_state: Speech.State = field(
        metadata=described("How its check went; shown for all but one's own.")
    )
    reason: LocalizedText | None = field(
        metadata=described("Why it is held or was refused; its author alone is told.")
    )
    may_request_review: bool = field(
        metadata=described("Refused by the check alone: its author may ask for a person's look.")
    )
    project_id: UUID | None = field(metadata=described("The maker's project that began with it."))
    created_at: datetime


@dataclass(frozen=True)
class SupportCount:
    """How many would like to see it, and whether one does oneself."""

    supports: int
    supported: bool


@dataclass(frozen=True)
class ProposalReply:
    """One of the maker's answers."""

    code: str
    text: LocalizedText


@dataclass(frozen=True)
class CreditedPerson:
    """Somebody who had a part; without a handle who has left."""

    handle: str
    display_name: str


@dataclass(frozen=True)
class PartCredits:
    """One part, and who had it."""

    part: Credit.Part
    label: LocalizedText
    people: list[CreditedPerson]


@dataclass(frozen=True)
class SeriesCredits:
    """Who made a series together."""

    credits: list[PartCredits]
    writes: bool = field(metadata=described("Whether one writes in its room oneself."))


@dataclass(frozen=True)
class SeriesTitle:
    """The series of a writing room, shown or not: those who write there know of it."""

    id: UUID
    title: str
    language: Literal["zh", "en"]


@dataclass(frozen=True)
class WritingRoomCard:
    """A writing room in which one writes, in a list."""

    id: UUID
    series: SeriesTitle
    maker: Person
    writers: int
    changed_at: datetime


@dataclass(frozen=True)
class RoomWriter:
    """Somebody who writes in a writing room."""

    person: Person
    maker: bool
    wrote: bool = field(metadata=described("At least one edit of theirs is in the book."))
    joined_at: datetime


@dataclass(frozen=True)
class WritingRoomDetail:
    """A writing room as its page shows it; the text comes over ``/ws/writing/{id}/``."""

    id: UUID
    series: SeriesTitle
    may_manage: bool = field(
        metadata=described("Whether one may let others in, and begin an episode.")
    )
    writers: list[RoomWriter]
    max_text_length: int


@dataclass(frozen=True)
class BookVersion:
    """A marked version in a list."""

    id: UUID
    name: str
    before: str | None = field(
        metadata=described("Saved by itself before going back to the version of this name.")
    )
    by: Person | None
    created_at: datetime


@dataclass(frozen=True)
class BookVersionText(BookVersion):
    """A marked version with its text."""

    text: str


@dataclass(frozen=True)
class StartedProject:
    """The studio's project that was started."""

    project_id: UUID


@dataclass(frozen=True)
class _Support:
    """The annotations of ``selectors.proposals.list_proposals``."""

    count: int
    mine: bool


def present_proposal(proposal: Proposal, user: Requester) -> ProposalCard:
    """A proposal of ``list_proposals`` as pages show it to ``user``. How its check went, its author
    alone is told. No query.
    """
    speech, support = proposal.speech, _support_of(proposal)
    is_mine = user.is_authenticated and speech.author_id == user.pk
    is_maker = may(user, "cocreation.decide", proposal)
    return ProposalCard(
        id=proposal.pk,
        series_id=proposal.series_id,
        author=present_author(speech.author),
        kind=Proposal.Kind(proposal.kind),
        title=proposal.title,
        text=proposal.text,
        from_episode=_present_branch_episode(proposal.from_episode),
        choice_text=proposal.choice_text,
        state=Proposal.State(proposal.state),
        reply=REPLY_TEXTS[proposal.reply] if proposal.reply else None,
        supports=support.count,
        supported=support.mine,
        mine=is_mine,
        speech_state=Speech.State(speech.state),
        reason=LocalizedText(**speech.reason) if is_mine and speech.reason else None,
        may_request_review=is_mine and may_request_review(speech),
        project_id=proposal.project_id if is_maker else None,
        created_at=proposal.created_at,
    )


def present_support(proposal: Proposal) -> SupportCount:
    """How many support a proposal of ``list_proposals``."""
    support = _support_of(proposal)
    return SupportCount(supports=support.count, supported=support.mine)


def present_replies() -> list[ProposalReply]:
    """What a maker may answer."""
    return [ProposalReply(code=code, text=text) for code, text in REPLY_TEXTS.items()]


def present_credits(series: Series, user: Requester) -> SeriesCredits:
    """Who had which part in a series, each named once for a part, in the order in which it was
    given; and whether ``user`` writes there. Three queries.
    """
    people: dict[str, dict[UUID | None, CreditedPerson]] = {part: {} for part in PART_LABELS}
    for credit in list_credits(series):
        person = credit.person
        # All who have left are one nobody.
        key = person.pk if person is not None and person.is_active else None
        people[credit.part].setdefault(key, _present_credited(person))
    room = find_writing_room(series)
    return SeriesCredits(
        credits=[
            PartCredits(
                part=Credit.Part(part), label=PART_LABELS[part], people=list(credited.values())
            )
            for part, credited in people.items()
            if credited
        ],
        writes=room is not None and may(user, "cocreation.write", room),
    )


def present_writing_room_card(room: WritingRoom) -> WritingRoomCard:
    """A room of ``list_writing_rooms`` in a list. No query."""
    writer_count: int = room.writer_count  # type: ignore[attr-defined]
    return WritingRoomCard(
        id=room.pk,
        series=_present_series_title(room.series),
        maker=present_person(room.series.creator),
        writers=writer_count,
        changed_at=room.changed_at,
    )


def present_writing_room(room: WritingRoom, user: Requester) -> WritingRoomDetail:
    """A room as its page shows it to one of its writers."""
    return WritingRoomDetail(
        id=room.pk,
        series=_present_series_title(room.series),
        may_manage=may(user, "cocreation.manage_writing_room", room),
        writers=[_present_writer(writer, room) for writer in list_active_writers(room)],
        max_text_length=MAX_TEXT_LENGTH,
    )


def present_version(version: Version) -> BookVersion:
    """A marked version in a list. No query."""
    return BookVersion(
        id=version.pk,
        name=version.name,
        before=version.before.name if version.before is not None else None,
        by=present_person(version.by) if version.by is not None else None,
        created_at=version.created_at,
    )


def present_version_text(version: Version) -> BookVersionText:
    """A marked version with its text."""
    return BookVersionText(**vars(present_version(version)), text=version.text)


def _support_of(proposal: Proposal) -> _Support:
    annotations: Mapping[str, int] = vars(proposal)
    return _Support(annotations["support_count"], bool(annotations["supported"]))


def _present_branch_episode(episode: Episode | None) -> BranchEpisode | None:
    if episode is None:
        return None
    return BranchEpisode(id=episode.pk, number=episode.number, title=episode.title)


def _present_credited(person: User | None) -> CreditedPerson:
    if person is None:
        return CreditedPerson(handle="", display_name=ANONYMOUS.localized())
    author = present_author(person)
    return CreditedPerson(handle=author.handle, display_name=author.display_name)


def _present_series_title(series: Series) -> SeriesTitle:
    return SeriesTitle(
        id=series.pk, title=series.title, language="en" if series.language == "en" else "zh"
    )


def _present_writer(writer: Writer, room: WritingRoom) -> RoomWriter:
    return RoomWriter(
        person=present_person(writer.user),
        maker=writer.user_id == room.series.creator_id,
        wrote=writer.wrote_at is not None,
        joined_at=writer.joined_at,
    )
