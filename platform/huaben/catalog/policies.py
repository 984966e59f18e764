"""Who may make and change series."""

from __future__ import annotations

from uuid import UUID

import rules

from huaben.core.access import has_role, may, signed_in
from huaben.core.rooms import room_access
from huaben.core.types import Requester

from .models import Cut, Episode, Series, WordsRevision


def creator_of(thing: object) -> UUID | None:
    """The id of the creator of a series, an episode, a Cut or a revision of words; None of anything
    else.
    """
    if isinstance(thing, Cut):
        thing = thing.episode
    if isinstance(thing, Episode):
        thing = thing.series
    if isinstance(thing, WordsRevision):
        thing = thing.series
    return thing.creator_id if isinstance(thing, Series) else None


@rules.predicate
def is_creator_of(user: Requester, thing: object) -> bool:
    return thing is not None and creator_of(thing) == user.pk


staff = has_role("moderator", "filing_admin", "copyright_admin", "operator")

rules.add_perm("catalog.make_series", signed_in & has_role("creator"))
rules.add_perm("catalog.change_series", has_role("creator") & is_creator_of)
rules.add_perm("catalog.view_unshown", (has_role("creator") & is_creator_of) | staff)
rules.add_perm("catalog.use_studio", has_role("creator"))
rules.add_perm("catalog.use_unshown", has_role("creator") | staff)


@room_access("words")
def may_hear_words(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """The creator of the series whose id is the key."""
    try:
        series = Series.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return False
    return series is not None and may(user, "catalog.change_series", series)


@room_access("cut")
def may_hear_cut(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    try:
        cut = Cut.objects.select_related("episode__series").filter(pk=UUID(key)).first()
    except ValueError:
        return False
    return cut is not None and may(user, "catalog.view_unshown", cut)
