"""What review does when something happened below."""

from __future__ import annotations

from huaben.catalog.models import Cut, Speech
from huaben.core.events import on
from huaben.media.models import Asset

from .services import begin_checks, fail_case, open_case
from .speech.services import check_later


@on("catalog.cut_created")
def take_in(cut: Cut) -> None:
    """Every new Cut gets a case, and is labelled."""
    open_case(cut=cut)


@on("media.asset_ready")
def check_its_cuts(asset: Asset) -> None:
    """A packaged file that is a Cut's own is checked."""
    for cut in Cut.objects.filter(asset=asset, review_case__isnull=False):
        begin_checks(cut=cut)


@on("media.asset_refused")
def fail_its_cuts(asset: Asset) -> None:
    """A file that cannot be played ends the way of the Cut that it is."""
    problem = asset.problem or {"code": "media_refused"}
    for cut in Cut.objects.filter(asset=asset, review_case__isnull=False):
        fail_case(cut=cut, problem=problem)


@on("catalog.spoken")
def check_what_was_said(speech: Speech) -> None:
    """Nobody else reads it before."""
    check_later(speech=speech)
