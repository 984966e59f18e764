"""What each command does: arguments in; a JSON object, a sentence and an exit status out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
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
from moderation.text import (
    ModelError,
    TextClassifier,
    load_classifier,
    shipped_classifier,
    shipped_lexicon,
)
from moderation.text.datasets import DataError
from moderation.types import Submission, TextLine

Progress = Callable[[float, str], None]
Result = tuple[dict[str, Any], str, int]


class CommandError(ValueError):
    """Wrong usage, or something given that cannot be used. One line."""


def check(given: argparse.Namespace, progress: Progress) -> Result:
    """Moderate what was given. Exit 0 pass, 1 review or block."""
    if given.file is None and given.text is None:
        raise CommandError("give a file, --text, or both")
    words = {"title": "", "synopsis": "", "comments": (), "script": ()} | _placed(
        given.place, given.text or ""
    )
    try:
        policy = (
            Policy.from_json(given.policy.read_text("utf-8")) if given.policy else shipped_policy()
        )
        limits = MediaLimits(max_seconds=given.max_seconds) if given.max_seconds else MediaLimits()
        report = moderate(
            Submission(media=_existing(given.file), declared=given.declared, **words),
            policy,
            classifier=_classifier(given.model),
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


def label_file(given: argparse.Namespace, progress: Progress) -> Result:
    """Write a labelled copy."""
    try:
        code: ProducerCode = producer_or_test(given.producer)
        label = producer_label(str(code), given.id)
        progress(0.1, "copy")
        write_label(_existing(given.source), given.target, label)
    except (LabelError, OSError) as error:
        raise CommandError(str(error)) from error
    result = {"file": str(given.target), "label": asdict(label), "test_operator": code.is_test}
    remark = " (a test operator: no registered code was given)" if code.is_test else ""
    return result, f"{given.target} carries one AIGC label, Label 1, by {code}{remark}", 0


def verify_file(given: argparse.Namespace, progress: Progress) -> Result:
    """Check a file's labels. Exit 0 lawful, 1 not."""
    try:
        found = verify(
            _existing(given.file), require_mark=given.require_mark, look_for_mark=not given.no_mark
        )
    except (LabelError, OSError) as error:
        raise CommandError(str(error)) from error
    verdict = (
        "labelled lawfully"
        if found.lawful
        else f"not labelled lawfully: {', '.join(found.problems)}"
    )
    notes = f" (notes: {', '.join(found.notes)})" if found.notes else ""
    return found.to_json(), f"{given.file}: {verdict}{notes}", 0 if found.lawful else 1


def train_model(given: argparse.Namespace, progress: Progress) -> Result:
    """Train a classifier."""
    from moderation.text.convolution import ConvolutionSettings
    from moderation.text.linear import LinearSettings
    from moderation.text.training import train_linear, train_pair, train_transformer

    if given.kind == "transformer" and not given.base:
        raise CommandError("--kind transformer needs --base: a model folder, or 'tiny'")
    if any(number is not None and number < 1 for number in (given.epochs, given.limit)):
        raise CommandError("--epochs and --limit are at least 1")
    try:
        if given.kind == "pair":
            network = ConvolutionSettings(epochs=given.epochs or ConvolutionSettings().epochs)
            card = train_pair(given.data, given.out, LinearSettings(), network, progress)
        elif given.kind == "linear":
            card = train_linear(given.data, given.out, LinearSettings(), progress)
        else:
            card = train_transformer(
                given.data,
                given.out,
                given.base,
                progress,
                epochs=given.epochs or 2,
                limit=given.limit,
            )
    except (DataError, ModelError, ValueError, OSError) as error:
        raise CommandError(str(error)) from error
    return (
        card,
        f"{given.out}: {card['kind']}, {card['rows']} texts\n{_figures(card['metrics'])}",
        0,
    )


def evaluate_model(given: argparse.Namespace, progress: Progress) -> Result:
    """MediaThresholds a classifier."""
    from moderation.text.training import evaluate_on_folder

    try:
        classifier = _classifier(given.model)
        figures = evaluate_on_folder(classifier, given.data)
    except (DataError, ModelError, OSError) as error:
        raise CommandError(str(error)) from error
    if not figures:
        raise CommandError(f"{given.data} holds no file to evaluate_on_folder on")
    return (
        {"model": classifier.version, "metrics": figures},
        f"{classifier.version}\n{_figures(figures)}",
        0,
    )


def _placed(place: str, text: str) -> dict[str, Any]:
    if place in ("title", "synopsis"):
        return {place: text}
    lines = (TextLine(text),) if text else ()
    return {"comments": lines} if place == "comment" else {"script": lines}


def _classifier(folder: Path | None) -> TextClassifier:
    return load_classifier(folder) if folder else shipped_classifier()


def _existing(path: Path | None) -> Any:
    if path is not None and not path.is_file():
        raise CommandError(f"there is no file {path}")
    return path


def _figures(metrics: dict[str, Any]) -> str:
    lines = []
    for name, found in metrics.items():
        lines.append(
            f"{name}: accuracy {found['accuracy']:.3f}, macro-F1 {found['macro_f1']:.3f}, AUC "
            f"{found['auc']:.3f}, "
            f"calibration error {found['calibration_error']:.3f}"
        )
        lines += [f"  {group} {share:.3f}" for group, share in found["groups"].items()]
        lines += [f"  AUC {way} {auc:.3f}" for way, auc in found.get("auc_rewritten", {}).items()]
    return "\n".join(lines)
