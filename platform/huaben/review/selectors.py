"""Reads of review."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from huaben.catalog.facts import CutState
from huaben.catalog.models import Choice, Episode, WordsRevision
from huaben.catalog.words import Kind
from huaben.core.localized import LocalizedText
from huaben.core.pagination import (
    bad_cursor,
    decode_cursor,
    encode_cursor,
    page_by_keys,
    page_by_time,
)
from huaben.core.problems import Problem

from .models import Appeal, Case, CutLabel, Decision

S = Case.State
# A Cut's state as its creator sees it.
CUT_STATES: dict[S, CutState] = {
    S.PROCESSING: "processing",
    S.CHECKING: "checking",
    S.OPEN: "in_review",
    S.TAKEN: "in_review",
    S.APPROVED: "approved",
    S.REJECTED: "rejected",
    S.TAKEN_DOWN: "rejected",
    S.FAILED: "failed",
}
# Which states each list of the queue holds.
CASE_LISTS: dict[str, tuple[S, ...]] = {
    "open": (S.OPEN, S.TAKEN),
    "decided": (S.APPROVED, S.REJECTED, S.TAKEN_DOWN),
    "failed": (S.FAILED,),
    "checking": (S.PROCESSING, S.CHECKING),
}
W = WordsRevision.State
WORDS_LISTS: dict[str, tuple[W, ...]] = {
    "waiting": (W.WAITING,),
    "checking": (W.CHECKING,),
    "decided": (W.CLEARED, W.REFUSED),
}
MAX_EARLIER_DECISIONS = 20


def list_cases_of_cuts(cut_ids: Sequence[UUID]) -> list[Case]:
    """The cases of these Cuts, each with its decision. One query."""
    return list(Case.objects.select_related("decision").filter(cut__in=cut_ids))


def get_standing_appeals(cases: Sequence[Case]) -> dict[UUID, Appeal]:
    """By case, the appeal against its standing decision, or the one that this decision answered.
    One query, none where nothing is decided.
    """
    decisions = [case.decision_id for case in cases if case.decision_id is not None]
    if not decisions:
        return {}
    rows = Appeal.objects.select_related("answer").filter(
        Q(decision__in=decisions, answer=None) | Q(answer__in=decisions)
    )
    return {appeal.case_id: appeal for appeal in rows}


def cases() -> QuerySet[Case]:
    """Cases with everything that a line of the queue shows. Two queries."""
    return Case.objects.select_related(
        "cut__asset", "cut__source", "cut__episode__series__creator", "reviewer", "decision__by"
    ).prefetch_related("findings")


_CASE_ORDER = {"open": ("-risk", "due_at", "id"), "decided": ("-decided_at", "-id")}


def list_cases(*, state: str, cursor: str | None, limit: int) -> tuple[list[Case], str | None]:
    """A page of the queue: what is open by risk, then by how soon it is due; what is decided,
    newest first; the rest by age. Raises Problem for an unknown state or a cursor of another list.
    """
    if state not in CASE_LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    return page_by_keys(
        cases().filter(state__in=CASE_LISTS[state]),
        order=_CASE_ORDER.get(state, ("-id",)),
        scope=state,
        cursor=cursor,
        limit=limit,
    )


def list_earlier_decisions(case: Case) -> list[Decision]:
    """The newest decisions about other Cuts of the same series, and about this one."""
    rows = Decision.objects.filter(case__cut__episode__series=case.cut.episode.series_id)
    return list(
        rows.select_related("by", "case__cut__episode").order_by("-created_at")[
            :MAX_EARLIER_DECISIONS
        ]
    )


def revised_words() -> QuerySet[WordsRevision]:
    """Revisions of words with everything that a line of the moderators' list shows. One query."""
    return WordsRevision.objects.select_related("series__creator", "decided_by")


def list_revised_words(
    *, state: str, cursor: str | None, limit: int
) -> tuple[list[WordsRevision], str | None]:
    """A page of revised words: what waits or is checked, oldest first; what is decided, newest
    first. Raises Problem for an unknown state or a cursor of another list.
    """
    if state not in WORDS_LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    decided = state == "decided"
    rows = revised_words().filter(state__in=WORDS_LISTS[state])
    if cursor:
        decoded = decode_cursor(cursor)
        if not isinstance(decoded, list) or len(decoded) != 2 or decoded[0] != state:
            raise bad_cursor()
        cursor = str(decoded[1])
    found, after = page_by_time(
        rows,
        cursor=cursor,
        limit=limit,
        field="settled_at" if decided else "created_at",
        newest_first=decided,
    )
    return found, encode_cursor([state, after]) if after else None


def get_episodes_of_words(revisions: Sequence[WordsRevision]) -> dict[UUID, Episode]:
    """By revision, the episode whose title it changes or that ends in the choice. Two queries."""
    choices = dict(
        Choice.objects.filter(pk__in=_objects(revisions, Kind.CHOICE)).values_list(
            "pk", "from_episode_id"
        )
    )
    episodes = Episode.objects.in_bulk([*choices.values(), *_objects(revisions, Kind.EPISODE)])
    found = {
        revision.pk: episodes.get(choices.get(revision.object_id, revision.object_id))
        for revision in revisions
    }
    return {pk: episode for pk, episode in found.items() if episode is not None}


def _objects(revisions: Sequence[WordsRevision], kind: Kind) -> list[UUID]:
    return [revision.object_id for revision in revisions if revision.kind == kind]


def get_label(case: Case) -> CutLabel | None:
    """The label of a case's Cut, once it was checked."""
    return CutLabel.objects.filter(cut=case.cut_id).first()
