"""The commands: parsed arguments in; a JSON object, a sentence and an exit status out."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from moderation.explanations import explanations
from moderation.labels import (
    LabelError,
    ProducerCode,
    producer_label,
    producer_or_test,
    verify,
    write_label,
)
from moderation.media import MediaError, MediaLimits
from moderation.media_inspection import inspect_media
from moderation.pipeline import moderate
from moderation.policy import Policy, PolicyError, shipped_policy
from moderation.progress import ProgressCallback
from moderation.text import (
    ModelError,
    TextClassifier,
    load_classifier,
    shipped_classifier,
    shipped_lexicon,
)
from moderation.text.datasets import DataError
from moderation.types import Submission, TextLine

Result = tuple[dict[str, Any], str, int]


class CommandError(ValueError):
    """Wrong usage, or an argument that cannot be used. The message is one line."""


def check(options: argparse.Namespace, progress: ProgressCallback) -> Result:
    """Moderate a film, a text, or both. Status 0 for pass, 1 for review or block."""
    if options.file is None and options.text is None:
        raise CommandError("give a file, --text, or both")
    words = {"title": "", "synopsis": "", "comments": (), "script": ()} | _texts_of_part(
        options.part, options.text or ""
    )
    try:
        policy = (
            Policy.from_json(options.policy.read_text("utf-8"))
            if options.policy
            else shipped_policy()
        )
        limits = (
            MediaLimits(max_seconds=options.max_seconds) if options.max_seconds else MediaLimits()
        )
        report = moderate(
            Submission(media=_require_file(options.file), declared=options.declared, **words),
            policy,
            classifier=_classifier(options.model),
            lexicon=shipped_lexicon(),
            inspect=partial(inspect_media, limits=limits),
            on_progress=progress,
        )
    except MediaError as error:
        raise CommandError(f"{error} ({error.code})") from error
    except (LabelError, ModelError, PolicyError, OSError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error
    lines = [
        f"{report.verdict} · {len(report.findings)} findings · policy {report.versions['policy']}"
    ]
    for finding in report.findings:
        at = (
            f"{finding.start:.1f}-{finding.end:.1f} s "
            if finding.start is not None and finding.end is not None
            else ""
        )
        sentence = explanations()[finding.explanation]["en"]
        lines.append(f"  {at}{finding.policy} {finding.score:.2f} [{finding.evidence}] {sentence}")
    return report.to_json(), "\n".join(lines), 0 if report.verdict == "pass" else 1


def label_file(options: argparse.Namespace, progress: ProgressCallback) -> Result:
    """Write a labelled copy of a film. Status 0."""
    try:
        code: ProducerCode = producer_or_test(options.producer)
        label = producer_label(str(code), options.id)
        progress(0.1, "copy")
        write_label(_require_file(options.source), options.target, label)
    except (LabelError, OSError) as error:
        raise CommandError(str(error)) from error
    result = {"file": str(options.target), "label": asdict(label), "test_operator": code.is_test}
    remark = " (a test operator: no registered code was options)" if code.is_test else ""
    return result, f"{options.target} carries one AIGC label, Label 1, by {code}{remark}", 0


def verify_file(options: argparse.Namespace, progress: ProgressCallback) -> Result:
    """Check a file's labels. Status 0 when it is labelled lawfully, 1 when not."""
    try:
        found = verify(
            _require_file(options.file),
            require_mark=options.require_mark,
            look_for_mark=not options.no_mark,
        )
    except (LabelError, OSError) as error:
        raise CommandError(str(error)) from error
    verdict = (
        "labelled lawfully"
        if found.lawful
        else f"not labelled lawfully: {', '.join(found.problems)}"
    )
    notes = f" (notes: {', '.join(found.notes)})" if found.notes else ""
    return found.to_json(), f"{options.file}: {verdict}{notes}", 0 if found.lawful else 1


def train_model(options: argparse.Namespace, progress: ProgressCallback) -> Result:
    """Train a text classifier. Status 0."""
    from moderation.text.convolution import ConvolutionSettings
    from moderation.text.linear import LinearSettings
    from moderation.text.remark_model import RemarkModelSettings
    from moderation.text.training import (
        train_linear,
        train_pair,
        train_remarks,
        train_transformer,
    )

    if options.kind == "transformer" and not options.base:
        raise CommandError("--kind transformer needs --base: a model folder, or 'tiny'")
    if options.kind != "remarks" and options.data is None:
        raise CommandError("--data is needed: a folder with cold_train.csv and the like")
    if any(number is not None and number < 1 for number in (options.epochs, options.limit)):
        raise CommandError("--epochs and --limit are at least 1")
    try:
        if options.kind == "remarks":
            shipped = shipped_classifier()
            card = train_remarks(options.out, shipped, RemarkModelSettings(), progress)
        elif options.kind == "pair":
            network = ConvolutionSettings(epochs=options.epochs or ConvolutionSettings().epochs)
            card = train_pair(options.data, options.out, LinearSettings(), network, progress)
        elif options.kind == "linear":
            card = train_linear(options.data, options.out, LinearSettings(), progress)
        else:
            card = train_transformer(
                options.data,
                options.out,
                options.base,
                progress,
                epochs=options.epochs or 2,
                limit=options.limit,
            )
    except (DataError, ModelError, ValueError, OSError) as error:
        raise CommandError(str(error)) from error
    return (
        card,
        f"{options.out}: {card['kind']}, {card['rows']} texts\n{_figures(card['metrics'])}",
        0,
    )


def evaluate_model(options: argparse.Namespace, progress: ProgressCallback) -> Result:
    """Measure a text classifier. Status 0."""
    from moderation.text.training import evaluate_on_folder

    try:
        classifier = _classifier(options.model)
        figures = evaluate_on_folder(classifier, options.data)
    except (DataError, ModelError, OSError) as error:
        raise CommandError(str(error)) from error
    if not figures:
        raise CommandError(f"{options.data} holds no file to evaluate_on_folder on")
    return (
        {"model": classifier.version, "metrics": figures},
        f"{classifier.version}\n{_figures(figures)}",
        0,
    )


def _texts_of_part(part: str, text: str) -> dict[str, Any]:
    if part in ("title", "synopsis"):
        return {part: text}
    lines = (TextLine(text),) if text else ()
    return {"comments": lines} if part == "comment" else {"script": lines}


def _classifier(folder: Path | None) -> TextClassifier:
    return load_classifier(folder) if folder else shipped_classifier()


def _require_file(path: Path | None) -> Any:
    if path is not None and not path.is_file():
        raise CommandError(f"there is no file {path}")
    return path


def _figures(metrics: dict[str, Any]) -> str:
    lines = []
    for name, measured in metrics.items():
        lines.append(
            f"{name}: accuracy {measured['accuracy']:.3f}, "
            f"macro-F1 {measured['macro_f1']:.3f}, AUC {measured['auc']:.3f}, "
            f"calibration error {measured['calibration_error']:.3f}"
        )
        lines += [f"  {group} {share:.3f}" for group, share in measured["groups"].items()]
        lines += [
            f"  AUC {name} {auc:.3f}" for name, auc in measured.get("auc_rewritten", {}).items()
        ]
    return "\n".join(lines)
