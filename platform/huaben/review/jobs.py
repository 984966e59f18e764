"""The two long works of review: labelling a Cut, and checking it. Both bear to be started twice."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from huaben.catalog.models import Cut
from huaben.core.jobs import RunningJob, job
from huaben.core.localized import LocalizedText
from huaben.core.models import Job
from huaben.core.problems import Problem
from huaben.media.selectors import local_path
from huaben.media.services import store_asset
from huaben.media.storage import sha256_of

from . import services
from .models import Case, CutLabel


def _cut(job: Any) -> Cut:
    return Cut.objects.select_related("source", "asset", "episode__series__creator").get(
        pk=job.args["cut_id"]
    )


def fail_its_case(job: Job) -> None:
    """A job that ended without its work done: the case says so, and nothing can be approved."""
    services.fail_case(cut=_cut(job), problem=job.error)


@job("review.label_cut", queue="moderate", on_failure=fail_its_case)
def label_cut(job: RunningJob) -> dict[str, Any]:
    """Find what is owed (标识办法, Art. 6), write the label, read it back, and make the labelled
    file the Cut's own.
    """
    from moderation.labels import rules_in_force

    from .engine import propagator
    from .sandbox import take_in

    cut = _cut(job)
    if CutLabel.objects.filter(cut=cut).exists():
        services.package_labelled(cut=cut)
        return {"asset_id": str(cut.asset_id)}
    job.progress("label", note=LocalizedText("读取AI标识", "Reading its AI label"))
    rules, code = rules_in_force(), propagator()
    with local_path(cut.source) as film, tempfile.TemporaryDirectory() as folder:
        labelled = Path(folder) / f"labelled{film.suffix}"
        taken = take_in(
            film,
            labelled,
            seconds=cut.source.duration_ms / 1000,
            declared=cut.declaration == Cut.Declaration.AI,
            must_be_labelled=cut.origin == Cut.Origin.GENERATED,
            propagator=code,
            propagate_id=str(cut.pk),
            day=date.today(),
            check=job.check,
        )
        asset = (
            cut.source
            if taken.written is None
            else store_asset(path=labelled, owner=cut.episode.series.creator)
        )
    notice, written = taken.notice, taken.written
    if notice is not None and written is not None and written.Label == "1":
        # What stands on the frames is enough beside the player, and shorter than the table's own
        # words; but the frames say it in Chinese alone.
        notice = LocalizedText(rules.mark_text["zh"], notice.en)
    with transaction.atomic():
        job.fence()
        services.save_label(
            cut=cut,
            asset=asset,
            label=written,
            notice=notice,
            explicit={**taken.mark, "reported": cut.provenance.get("explicit_mark")},
            carried={
                "label": asdict(taken.label) if taken.label else None,
                "provenance": taken.provenance,
            },
            malformed=taken.malformed,
            test_operator=written is not None and code.is_test,
            rules_version=rules.version,
        )
    return {"asset_id": str(asset.pk), "label": written.Label if written else ""}


@job("review.moderate_cut", queue="moderate", on_failure=fail_its_case)
def moderate_cut(job: RunningJob) -> dict[str, Any]:
    """Run the checks over a Cut's words, frames and sound, and open its case."""
    from .engine import check_cut

    cut = _cut(job)
    case = Case.objects.get(cut=cut)
    asset = cut.asset
    if case.state != Case.State.CHECKING or asset is None:
        return {"case_id": str(case.pk)}  # an earlier try got as far as the commit
    with local_path(asset) as film:
        if sha256_of(film) != asset.sha256:
            raise Problem(
                "bytes_changed",
                LocalizedText("存储的文件与登记的不同", "The stored file is not the one on record"),
            )
        report = check_cut(
            cut,
            film,
            on_progress=lambda share, stage: job.progress(stage, share, 1, note=_STAGES.get(stage)),
            check=job.check,
        )
    with transaction.atomic():
        job.fence()
        case = services.save_report(case_id=case.pk, checked=asset, report=report)
    return {"case_id": str(case.pk), "verdict": case.verdict, "findings": len(report.findings)}


_STAGES = {
    "text": LocalizedText("检查文字", "Checking the words"),
    "media": LocalizedText("核对标识，检查画面与声音", "Checking label, picture and sound"),
}
