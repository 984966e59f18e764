"""What review does when a Cut is created, its file is ready or refused, or words were revised."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from huaben.catalog.models import Cut, WordsRevision
from huaben.catalog.signals import cut_created, words_revised
from huaben.media.models import Asset
from huaben.media.signals import asset_ready, asset_refused

from .services import fail_case, open_case, request_words_check, start_checks


@receiver(cut_created)
def open_case_of_cut(cut: Cut, **kwargs: Any) -> None:
    """Every new Cut gets a case, and is labelled."""
    open_case(cut=cut)


@receiver(asset_ready)
def start_checks_of_cuts(asset: Asset, **kwargs: Any) -> None:
    """A Cut is checked once its file is packaged."""
    for cut in Cut.objects.filter(asset=asset, review_case__isnull=False):
        start_checks(cut=cut)


@receiver(asset_refused)
def fail_cases_of_cuts(asset: Asset, **kwargs: Any) -> None:
    """The case of a Cut whose file cannot be played fails."""
    problem = asset.problem or {"code": "media_refused"}
    for cut in Cut.objects.filter(asset=asset, review_case__isnull=False):
        fail_case(cut=cut, problem=problem)


@receiver(words_revised)
def check_revised_words(revision: WordsRevision, **kwargs: Any) -> None:
    """New words are not shown before they were checked."""
    request_words_check(revision=revision)
