"""Claims as data for each of those who see them."""

from __future__ import annotations

from typing import Any

from huaben.core.access import may

from .. import selectors
from ..acts import claimant_acts, creator_acts, desk_acts
from ..models import Claim
from ..profiles import read_terms

_CARD = (
    "number",
    "state",
    "claimant_name",
    "work_title",
    "due_at",
    "due_provisional",
    "suit_at",
    "ended_at",
)
_WORDS = ("work_place", "statement", "proofs")
_CONTACT = ("email", "phone", "address", "signature")


def card(claim: Claim) -> dict[str, Any]:
    """A line of the desk's list."""
    return {
        "id": claim.pk,
        "received_at": claim.received_at,
        **_target(claim),
        **_fields(claim, _CARD),
    }


def for_desk(claim: Claim, user: Any) -> dict[str, Any]:
    """Everything."""
    return {
        **card(claim),
        **_fields(claim, (*_WORDS, *_CONTACT, "forwarded_at", "countered_at", "extended", "seen")),
        "terms": _terms(claim),
        "counter_notice": _counter(claim),
        "history": [
            {**_step(event), "by": event.by.name if event.by else None}
            for event in selectors.history_of(claim)
        ],
        "beside": [card(other) for other in selectors.claims_beside(claim)],
        "acts": desk_acts(claim),
        "may_decide": may(user, "rights.decide_claim", claim.series),
    }


def for_claimant(claim: Claim) -> dict[str, Any]:
    """What they wrote, and where it stands; not who of us did what."""
    return {
        **_target(claim),
        **_fields(claim, (*_CARD, *_WORDS, *_CONTACT, "received_at")),
        "terms": _terms(claim),
        "counter_notice": _counter(claim),
        "history": _history(claim),
        "acts": claimant_acts(claim),
    }


def for_creator(claim: Claim) -> dict[str, Any]:
    """What the rules forward: who complains, of what, with what words. No address, and nothing from
    before.
    """
    history = _history(claim)
    begun = next(
        (at for at, step in enumerate(history) if step["act"] == Claim.Act.CONFIRMED), len(history)
    )
    return {
        "id": claim.pk,
        **_target(claim),
        **_fields(claim, (*_CARD, *_WORDS, "forwarded_at", "countered_at", "extended")),
        "terms": _terms(claim),
        "counter_notice": _counter(claim),
        "history": history[begun:],
        "acts": creator_acts(claim),
    }


def _fields(claim: Claim, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in names}


def _target(claim: Claim) -> dict[str, Any]:
    series, cut = claim.series, claim.cut
    maker = series.creator
    return {
        "series": {
            "id": series.pk,
            "title": series.title,
            "creator": {"id": maker.pk, "handle": maker.handle, "display_name": maker.name},
        },
        "cut": None
        if cut is None
        else {
            "id": cut.pk,
            "number": cut.number,
            "episode_number": cut.episode.number,
            "episode_title": cut.episode.title,
        },
    }


def _terms(claim: Claim) -> dict[str, Any]:
    terms = read_terms(claim.profile.terms)
    return {
        "version": claim.profile.version,
        "kind": claim.profile.kind,
        "name": terms.name.as_dict(),
        "restores_at_once": terms.restores_at_once,
        "wait_count": terms.wait_count,
        "wait_unit": terms.wait_unit,
        "extension_count": terms.extension_count,
        "extension_unit": terms.extension_unit,
    }


def _counter(claim: Claim) -> Any:
    return getattr(claim, "counter_notice", None)


def _step(event: Any) -> dict[str, Any]:
    return {"at": event.pgh_created_at, "act": event.act, "note": event.note}


def _history(claim: Claim) -> list[dict[str, Any]]:
    return [_step(event) for event in selectors.history_of(claim)]
