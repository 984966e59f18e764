"""The two long works of review: labelling a Cut, and checking it. Both bear to be started twice."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from huaben.catalog.models import Cut
from huaben.core.jobs import RunningJob
from huaben.core.models import Job
from huaben.core.problems import Problem
from huaben.core.words import Words
from huaben.media.selectors import local_path
from huaben.media.services import store_asset
from moderation.labels import (
    AigcLabel,
    LabelRules,
    MalformedLabel,
    MarkSearch,
    Provenance,
    UnreadableFile,
    UnsupportedContainer,
    platform_duty,
    propagate,
    read_label,
    read_provenance,
    rules_on,
    search_mark,
    write_label,
)
from moderation.media import MediaError
from moderation.text.classifier import file_digest

from . import services
from .engine import check_cut, propagator
from .models import Case, CutLabel


def _cut(job: Any) -> Cut:
    return Cut.objects.select_related("source", "asset", "episode__series__creator").get(pk=job.args["cut_id"])


def fail_its_case(job: Job) -> None:
    """A job that ended without its work done: the case says so, and nothing can be approved."""
    services.fail_case(cut=_cut(job), problem=job.error)


@dataclass(frozen=True)
class _Carried:
    """What a file came with: its label, the mark on its frames, its C2PA manifest."""

    label: AigcLabel | None
    malformed: bool
    mark: MarkSearch
    provenance: Provenance

    def traces(self, rules: LabelRules) -> float:
        """How far something besides a label and a declaration speaks for AI, 0 or 1. A malformed label is no label, but
        a trace; so are the words on the frames, however small, and a sound manifest that names AI as the source."""
        manifest = self.provenance.state == "valid" and self.provenance.source_type in (
            rules.source_type_ai,
            rules.source_type_assisted,
        )
        return float(self.malformed or self.mark.seconds > 0 or manifest)


def label_cut(job: RunningJob) -> dict[str, Any]:
    """Find what is owed (标识办法, Art. 6), write the label, read it back, and make the labelled file the Cut's own."""
    cut = _cut(job)
    if CutLabel.objects.filter(cut=cut).exists():
        services.package_labelled(cut=cut)
        return {"asset_id": str(cut.asset_id)}
    job.progress("label", note=Words("读取AI标识", "Reading its AI label"))
    rules = rules_on()
    with local_path(cut.source) as film, tempfile.TemporaryDirectory() as folder:
        carried = _carried(film)
        if cut.origin == Cut.Origin.GENERATED and (carried.label is None or carried.label.Label != "1"):
            raise Problem(
                "generated_without_label",
                Words(
                    "生成的影片没有带上标识，不能送审", "The generated film carries no label and cannot go to review"
                ),
            )
        declared = cut.declaration == Cut.Declaration.AI
        duty = platform_duty(carried.label, declared, carried.traces(rules), rules)
        written, asset = None, cut.source
        if duty is not None:
            label = propagate(carried.label, str(propagator()), str(cut.pk), duty.label)
            labelled = Path(folder) / f"labelled{film.suffix}"
            written = write_label(film, labelled, label)
            job.check()
            asset = store_asset(path=labelled, owner=cut.episode.series.creator)
    notice = Words(duty.zh, duty.en) if duty else None
    if written is not None and written.Label == "1":
        # What stands on the frames is enough beside the player, and shorter than the table's own words.
        notice = Words(rules.house_text["zh"], rules.house_text["en"])
    with transaction.atomic():
        job.fence()
        services.save_label(
            cut=cut,
            asset=asset,
            label=written,
            notice=notice,
            explicit={**asdict(carried.mark), "reported": cut.provenance.get("explicit_mark")},
            carried={
                "label": asdict(carried.label) if carried.label else None,
                "provenance": asdict(carried.provenance),
            },
            malformed=carried.malformed,
            test_operator=written is not None and propagator().is_test,
            rules_version=rules.version,
        )
    return {"asset_id": str(asset.pk), "label": written.Label if written else ""}


def _carried(film: Path) -> _Carried:
    label, malformed = None, False
    try:
        try:
            label = read_label(film)
        except MalformedLabel:
            malformed = True
        mark = search_mark(film)
    except UnsupportedContainer as error:
        raise Problem(
            "container_without_label",
            Words("这种文件格式无法写入AI标识", "A label cannot be written into this kind of file"),
            detail=Words("请上传 MP4、MOV、MKV 或 WebM", "Please upload MP4, MOV, MKV or WebM"),
        ) from error
    except UnreadableFile as error:
        raise Problem("damaged_file", Words("文件已损坏", "The file is damaged")) from error
    try:
        provenance = read_provenance(film)
    except UnreadableFile:  # the film itself has been read above: only its manifest is broken
        provenance = Provenance("invalid", problems=("unreadable",))
    return _Carried(label, malformed, mark, provenance)


def moderate_cut(job: RunningJob) -> dict[str, Any]:
    """Run the checks over a Cut's words, frames and sound, and open its case."""
    cut = _cut(job)
    case = Case.objects.get(cut=cut)
    asset = cut.asset
    if case.state != Case.State.CHECKING or asset is None:
        return {"case_id": str(case.pk)}  # an earlier try got as far as the commit
    with local_path(asset) as film:
        if file_digest(film) != asset.sha256:
            raise Problem("bytes_changed", Words("存储的文件与登记的不同", "The stored file is not the one on record"))
        try:
            report = check_cut(cut, film, lambda share, stage: job.progress(stage, share, 1, note=_STAGES.get(stage)))
        except MediaError as error:
            raise Problem(
                error.code,
                Words("文件无法检查", "The file cannot be checked"),
                detail=Words("文件已损坏或超出限制", "It is damaged or over the limits"),
            ) from error
    with transaction.atomic():
        job.fence()
        case = services.save_report(case_id=case.pk, checked=asset, report=report)
    return {"case_id": str(case.pk), "verdict": case.verdict, "findings": len(report.findings)}


_STAGES = {
    "label": Words("核对标识", "Checking the label"),
    "text": Words("检查文字", "Checking the words"),
    "media": Words("检查画面与声音", "Checking picture and sound"),
}
