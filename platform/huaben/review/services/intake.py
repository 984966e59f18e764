"""Taking a Cut in: its case, its label, the start of its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from huaben.catalog.models import Cut
from huaben.catalog.services import set_labelled_asset
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict
from huaben.media.models import Asset
from huaben.media.services import package_asset_later
from huaben.review.models import Case, CutLabel

from .cases import announce_case, check_later, lock_case

if TYPE_CHECKING:
    from moderation.labels import AigcLabel

LABEL_CUT = "review.label_cut"


def open_case(*, cut: Cut) -> Case:
    """Start a new Cut on its way: the case, and the job that labels it."""
    with transaction.atomic():
        case = Case.objects.create(cut=cut)
        announce_case(case)
        _label_later(cut)
    return case


def save_label(
    *,
    cut: Cut,
    asset: Asset,
    label: AigcLabel | None,
    notice: LocalizedText | None,
    explicit: Mapping[str, Any],
    carried: Mapping[str, Any],
    malformed: bool,
    test_operator: bool,
    rules_version: str,
) -> CutLabel:
    """Keep the label that was read back from ``asset`` (None: nothing speaks for AI), make that
    file the Cut's own bytes and have it packaged with the same label in each rendition.
    ``explicit`` and ``carried``: see ``CutLabel``.

    Raises Conflict ``cut_is_fixed`` when the Cut has bytes already; then nothing is changed.
    """
    with transaction.atomic():
        set_labelled_asset(cut=cut, asset=asset)
        kept = CutLabel.objects.create(
            cut=cut,
            asset=asset,
            sha256=asset.sha256,
            value=label.Label if label else "",
            notice=notice.as_dict() if notice else None,
            implicit=asdict(label) if label else None,
            explicit=dict(explicit),
            carried=dict(carried),
            malformed=malformed,
            test_operator=test_operator,
            rules_version=rules_version,
            verified_at=timezone.now(),
        )
        package_labelled(cut=cut)
    return kept


def package_labelled(*, cut: Cut) -> None:
    """Have a labelled Cut packaged, or go on to its checks when its package is there already."""
    asset = cut.asset
    assert asset is not None
    if asset.state == Asset.State.READY:
        begin_checks(cut=cut)
        return
    from moderation.labels import (
        AigcLabel,
        mp4_metadata,
    )  # loads FFmpeg, which the web process has no other need of

    implicit = CutLabel.objects.get(cut=cut).implicit
    metadata = mp4_metadata(AigcLabel(**implicit)) if implicit else {}
    package_asset_later(asset=asset, metadata=metadata, rooms=(f"cut:{cut.pk}",))


def begin_checks(*, cut: Cut) -> None:
    """Have a packaged Cut checked; a case that is past that stays where it is."""
    with transaction.atomic():
        case = lock_case(cut=cut)
        if case.state not in (Case.State.PROCESSING, Case.State.FAILED):
            return
        case.start_checks()
        case.save()
        announce_case(case)
        check_later(case)


def fail_case(*, cut: Cut, problem: Any) -> None:
    """Say that a Cut's way ended without a result: it cannot be approved until the checks are
    started again.

    ``problem``: ``code`` and, for people, ``title`` and ``detail`` as words. A case that is in the queue stays there.
    """
    with transaction.atomic():
        case = lock_case(cut=cut)
        if case.state not in (Case.State.PROCESSING, Case.State.CHECKING):
            return
        case.fail(problem)
        case.save()
        announce_case(case)


def restart_case(*, case_id: Any) -> Case:
    """Try a case that failed, or whose work was stopped, again at the first step that is missing.

    Work that is still under way is left to it. Raises Conflict for a case that is past its
    preparation.
    """
    with transaction.atomic():
        case = lock_case(pk=case_id)
        if case.state not in (Case.State.PROCESSING, Case.State.FAILED):
            raise Conflict(
                "not_failed",
                LocalizedText(
                    "这一件没有失败，无需重新检查",
                    "This case did not fail; there is nothing to redo",
                ),
            )
        case.start_again()
        case.save()
        announce_case(case)
        if case.cut.asset is None:
            _label_later(case.cut)
        else:
            package_labelled(cut=case.cut)
    case.refresh_from_db()
    return case


def _label_later(cut: Cut) -> None:
    enqueue_job(LABEL_CUT, {"cut_id": str(cut.pk)}, key=str(cut.pk), rooms=[f"cut:{cut.pk}"])
