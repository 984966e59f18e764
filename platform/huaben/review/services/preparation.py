"""What comes before a case is open: its label, its package, the start of its checks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.catalog.models import Cut
from huaben.catalog.services import set_labelled_asset
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict
from huaben.core.types import JsonObject
from huaben.media.models import Asset
from huaben.media.services import package_asset_later
from huaben.review.models import Case, CutLabel

from .cases import announce_case, enqueue_checks, lock_case, lock_case_of

if TYPE_CHECKING:
    from moderation.labels import AigcLabel

LABEL_CUT = "review.label_cut"


def open_case(*, cut: Cut) -> Case:
    """Create the case of a new Cut, and enqueue the job that labels it."""
    with transaction.atomic():
        case = Case.objects.create(cut=cut)
        announce_case(case)
        _enqueue_label(cut)
    return case


def save_label(
    *,
    cut: Cut,
    asset: Asset,
    label: AigcLabel | None,
    notice: LocalizedText | None,
    explicit: JsonObject,
    carried: JsonObject,
    malformed: bool,
    test_operator: bool,
    rules_version: str,
) -> CutLabel:
    """Save the label that was read back from ``asset`` (None: nothing speaks for AI), make that
    file the Cut's own bytes and have it packaged with the same label in each rendition.
    ``explicit`` and ``carried``: see ``CutLabel``.

    Raises Conflict ``cut_is_fixed`` when the Cut has bytes already; then nothing is changed.
    """
    with transaction.atomic():
        set_labelled_asset(cut=cut, asset=asset)
        cut_label = CutLabel.objects.create(
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
        package_labelled_cut(cut=cut)
    return cut_label


def package_labelled_cut(*, cut: Cut) -> None:
    """Enqueue the packaging of a labelled Cut, or its checks when it is packaged already."""
    asset = cut.asset
    assert asset is not None
    if asset.state == Asset.State.READY:
        start_checks(cut=cut)
        return
    # This loads FFmpeg, for which the web process has no other need.
    from moderation.labels import AigcLabel, mp4_metadata

    implicit = CutLabel.objects.get(cut=cut).implicit
    metadata = mp4_metadata(AigcLabel(**implicit)) if implicit else {}
    package_asset_later(asset=asset, metadata=metadata, rooms=(f"cut:{cut.pk}",))


def start_checks(*, cut: Cut) -> None:
    """Enqueue the checks of a packaged Cut; a case that is past them stays as it is."""
    with transaction.atomic():
        case = lock_case_of(cut)
        if case.state not in (Case.State.PROCESSING, Case.State.FAILED):
            return
        case.start_checks()
        case.save()
        announce_case(case)
        enqueue_checks(case)


def fail_case(*, cut: Cut, problem: JsonObject) -> None:
    """Mark a case whose labelling, packaging or checks ended without a result: it cannot be
    approved until they are started again.

    ``problem``: ``code`` and, for people, ``title`` and ``detail`` in both languages. A case that
    is in the queue stays there.
    """
    with transaction.atomic():
        case = lock_case_of(cut)
        if case.state not in (Case.State.PROCESSING, Case.State.CHECKING):
            return
        case.fail(problem)
        case.save()
        announce_case(case)


def restart_case(*, case_id: UUID) -> Case:
    """Try a case that failed, or whose job was cancelled, again at the first step that is missing.

    A job that is still under way goes on. Raises Conflict for a case that is past its
    preparation.
    """
    with transaction.atomic():
        case = lock_case(case_id)
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
            _enqueue_label(case.cut)
        else:
            package_labelled_cut(cut=case.cut)
    case.refresh_from_db()
    return case


def _enqueue_label(cut: Cut) -> None:
    enqueue_job(LABEL_CUT, {"cut_id": str(cut.pk)}, key=str(cut.pk), rooms=[f"cut:{cut.pk}"])
