"""The jobs of review: labelling a Cut, checking it, checking new words. Each may safely run
twice.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import transaction

from huaben.catalog.models import Cut, WordsRevision
from huaben.catalog.words import list_cut_words, words_digest
from huaben.core.jobs import RunningJob, job
from huaben.core.localized import LocalizedText
from huaben.core.models import Job
from huaben.core.problems import Problem
from huaben.core.types import JsonObject
from huaben.media.selectors import local_path
from huaben.media.services import store_asset
from huaben.media.storage import sha256_of

from . import services
from .models import Case, CutLabel


def _get_cut(job: Job | RunningJob) -> Cut:
    return Cut.objects.select_related("source", "asset", "episode__series__creator").get(
        pk=job.args["cut_id"]
    )


def fail_case_of_job(job: Job) -> None:
    """Mark the case as failed, so that nothing can be approved."""
    services.fail_case(cut=_get_cut(job), problem=job.error)


@job("review.label_cut", queue="moderate", on_failure=fail_case_of_job)
def label_cut(job: RunningJob) -> JsonObject:
    """Write the label that the Cut needs (标识办法, Art. 6), read it back, and make the labelled
    file the Cut's own.
    """
    from moderation.labels import rules_in_force

    from .engine import propagator_code
    from .sandbox import label_video

    cut = _get_cut(job)
    if CutLabel.objects.filter(cut=cut).exists():
        services.package_labelled_cut(cut=cut)
        return {"asset_id": str(cut.asset_id)}
    job.progress("label", note=LocalizedText("读取AI标识", "Reading its AI label"))
    rules, code = rules_in_force(), propagator_code()
    with local_path(cut.source) as film, tempfile.TemporaryDirectory() as folder:
        labelled = Path(folder) / f"labelled{film.suffix}"
        video = label_video(
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
            if video.written is None
            else store_asset(path=labelled, owner=cut.episode.series.creator)
        )
    notice, written = video.notice, video.written
    if notice is not None and written is not None and written.Label == "1":
        # The words of the mark on the frames do beside the player too, and are shorter than the
        # table's; but the frames say it in Chinese alone.
        notice = LocalizedText(rules.mark_text["zh"], notice.en)
    with transaction.atomic():
        job.fence()
        services.save_label(
            cut=cut,
            asset=asset,
            label=written,
            notice=notice,
            explicit={**video.mark, "reported": cut.provenance.get("explicit_mark")},
            carried={
                "label": asdict(video.label) if video.label else None,
                "provenance": video.provenance,
            },
            malformed=video.malformed,
            test_operator=written is not None and code.is_test,
            rules_version=rules.version,
        )
    return {"asset_id": str(asset.pk), "label": written.Label if written else ""}


@job("review.moderate_cut", queue="moderate", on_failure=fail_case_of_job)
def moderate_cut(job: RunningJob) -> JsonObject:
    """Run the checks over a Cut's words, frames and sound, and open its case."""
    from .engine import moderate_cut as run_checks

    cut = _get_cut(job)
    case = Case.objects.get(cut=cut)
    asset = cut.asset
    if case.state != Case.State.CHECKING or asset is None:
        return {"case_id": str(case.pk)}  # an earlier try got as far as the commit
    words = list_cut_words(cut)
    with local_path(asset) as film:
        if sha256_of(film) != asset.sha256:
            raise Problem(
                "bytes_changed",
                LocalizedText("存储的文件与登记的不同", "The stored file is not the one on record"),
            )
        report = run_checks(
            cut,
            words,
            film,
            on_progress=lambda share, stage: job.progress(stage, share, 1, note=_STAGES.get(stage)),
            check=job.check,
        )
    with transaction.atomic():
        job.fence()
        case = services.save_report(
            case_id=case.pk, checked=asset, words_sha256=words_digest(words), report=report
        )
    return {"case_id": str(case.pk), "verdict": case.verdict, "findings": len(report.findings)}


def hold_words_of_job(job: Job) -> None:
    """Words whose check ended without a verdict: a person reads them."""
    services.hold_unchecked_words(revision_id=job.args["revision_id"])


@job("review.check_words", on_failure=hold_words_of_job)
def check_words(job: RunningJob) -> JsonObject:
    """Check new words for what is on stage, field by field, and clear them or have a person read
    them.
    """
    from huaben.speech.engine import check_text

    revision = WordsRevision.objects.get(pk=job.args["revision_id"])
    if revision.state != WordsRevision.State.CHECKING:
        return {"state": revision.state}
    reports = [check_text(text) for text in revision.words if text]
    with transaction.atomic():
        job.fence()
        revision = services.save_words_check(revision_id=revision.pk, reports=reports)
    return {"state": revision.state}


_STAGES = {
    "text": LocalizedText("检查文字", "Checking the words"),
    "media": LocalizedText("核对标识，检查画面与声音", "Checking label, picture and sound"),
}
