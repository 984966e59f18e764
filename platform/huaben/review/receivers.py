"""What review does when something happened below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from huaben.catalog.models import Cut
from huaben.catalog.signals import cut_created
from huaben.media.models import Asset
from huaben.media.signals import asset_ready, asset_refused

from .services import begin_checks, fail_case, open_case


@receiver(cut_created)
def open_its_case(cut: Cut, **kwargs: Any) -> None:
    """Every new Cut gets a case, and is labelled."""
    open_case(cut=cut)


@receiver(asset_ready)
def check_its_cuts(asset: Asset, **kwargs: Any) -> None:
    """A packaged file that is a Cut's own is checked."""
    for cut in Cut.objects.filter(asset=asset, review_case__isnull=False):
        begin_checks(cut=cut)


@receiver(asset_refused)
def fail_its_cuts(asset: Asset, **kwargs: Any) -> None:
    """A file that cannot be played ends the way of the Cut that it is."""
    problem = asset.problem or {"code": "media_refused"}
    for cut in Cut.objects.filter(asset=asset, review_case__isnull=False):
        fail_case(cut=cut, problem=problem)
