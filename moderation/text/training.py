"""Trains the classifiers and writes their model folders: what ``python -m moderation train``
does.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.progress import ProgressCallback
from moderation.text.classifier import TextClassifier, load_classifier
from moderation.text.convolution import ConvolutionSettings, fit_convolution
from moderation.text.datasets import (
    COMPARE_FILE,
    DEV_FILES,
    TRAIN_FILES,
    DataError,
    LabelledText,
    present,
    read_labelled,
)
from moderation.text.ensemble import EnsembleClassifier, both_log_odds, fit_ensemble
from moderation.text.evaluation import evaluate, evaluate_rewritten
from moderation.text.features import BUCKETS, hashed_counts
from moderation.text.linear import LinearClassifier, LinearSettings, fit, regress
from moderation.text.model_folder import file_digest, read_card, write_card
from moderation.text.normalise import normalise
from moderation.text.obfuscation import Homophones
from moderation.text.remark_model import (
    REMARKS,
    RemarkModelSettings,
    fit_remarks,
    read_remarks,
    remark_card,
)

COPIES = 0.5  # rewritten copies for this share of the texts,
COPY_REWRITTEN = 0.3  # with this share of their characters replaced by homophones

_USE = {
    "zh": "为审核员排序并提示中文评论、标题与对白中可能的攻击性内容。"
    "不是事实认定,不应单独决定封禁。",
    "en": "Ranks and points out possibly offensive Chinese comments, titles and lines for a "
    "moderator. Not a finding of fact; must not ban anybody by itself.",
}
_LIMITS = {
    "zh": "以种族、地域、性别相关的微博与知乎评论训练;"
    "对反歧视引用、方言、新词、英文与其他类型的违规不可靠。",
    "en": "Trained on Weibo and Zhihu comments about race, region and gender. "
    "Weak on texts that quote abuse to refuse it, "
    "on dialects and new words; knows no English and no other kind of offence.",
}


def train_pair(
    data: Path,
    out: Path,
    settings: LinearSettings,
    network: ConvolutionSettings,
    on_progress: ProgressCallback,
) -> dict[str, Any]:
    """Train the linear model and the network, weigh them on the dev files, write the model folder
    ``out``.

    Without dev files every tenth training text is reserved for the weighing. Returns the card.
    ``out`` appears whole or not at all; a model that is there is replaced. Raises DataError,
    ValueError or OSError.
    """
    files = _training_files(data)
    rows, texts = _training_rows(data, files)
    dev_files = present(data, DEV_FILES)
    mixing = [row for path in dev_files for row in read_labelled(path)] or rows[::10]
    if not dev_files:
        texts = [text for index, text in enumerate(texts) if index % 10]
        rows = [row for index, row in enumerate(rows) if index % 10]
    abusive = np.array([row.abusive for row in rows])
    mixing_abusive = np.array([row.abusive for row in mixing])
    if len(set(abusive.tolist())) != 2 or len(set(mixing_abusive.tolist())) != 2:
        raise ValueError("training needs both abusive and harmless texts")
    on_progress(0.05, "linear")
    copies, copied = _copies(texts, abusive, settings.seed)
    linear = regress(hashed_counts(texts + copies), np.concatenate([abusive, copied]), settings)
    convolution = fit_convolution(
        texts, abusive, network, lambda share: on_progress(0.2 + 0.6 * share, "network")
    )
    first, second = both_log_odds(linear, convolution, [normalise(row.text) for row in mixing])
    mix = fit_ensemble(first, second, mixing_abusive, settings.expected_share)
    with _ReplacingFolder(out) as folder:
        names = EnsembleClassifier(linear, convolution, mix, "").save(folder)
        card = _card(
            "pair", data, files, rows, {"linear": vars(settings), "network": vars(network)}
        )
        card |= {"mixed_on": [path.name for path in dev_files], "mix": mix, "buckets": BUCKETS}
        _finish(folder, card, names, data, on_progress)
    return read_card(out)


def train_linear(
    data: Path, out: Path, settings: LinearSettings, on_progress: ProgressCallback
) -> dict[str, Any]:
    """Train on the folder's training files and write the model folder ``out``; returns its card.

    ``out`` appears whole or not at all; a model that is there is replaced. Raises DataError,
    ValueError or OSError.
    """
    files = _training_files(data)
    rows, texts = _training_rows(data, files)
    on_progress(0.1, "linear")
    abusive = np.array([row.abusive for row in rows])
    copies, copied = _copies(texts, abusive, settings.seed)
    model = fit(texts + copies, np.concatenate([abusive, copied]), len(texts), settings)
    with _ReplacingFolder(out) as folder:
        names = LinearClassifier(model, "").save(folder)
        card = _card("linear", data, files, rows, vars(settings)) | {"buckets": BUCKETS}
        _finish(folder, card, names, data, on_progress)
    return read_card(out)


def _copies(
    texts: list[str], abusive: NDArray[np.bool_], seed: int
) -> tuple[list[str], NDArray[np.bool_]]:
    """Copies of some texts, written with homophones, and their labels."""
    rng = random.Random(seed)
    homophones = Homophones(texts)
    chosen = [index for index in range(len(texts)) if rng.random() < COPIES]
    return [homophones.rewrite(texts[index], COPY_REWRITTEN, rng) for index in chosen], abusive[
        chosen
    ]


def train_transformer(
    data: Path,
    out: Path,
    base: str,
    on_progress: ProgressCallback,
    *,
    epochs: int = 2,
    seed: int = 7,
    limit: int | None = None,
) -> dict[str, Any]:
    """Fine-tune a sequence classifier from the model folder ``base`` (or ``tiny``: a small one from
    scratch) on the folder's training files, and write the model folder ``out``; returns its card.

    ``limit`` takes only the first texts. Raises ModelError, DataError, ValueError or OSError.
    """
    from moderation.text.transformer import fine_tune

    files = _training_files(data)
    rows, texts = _training_rows(data, files)
    rows, texts = rows[:limit], texts[:limit]
    with _ReplacingFolder(out) as folder:
        names = fine_tune(
            texts,
            [row.abusive for row in rows],
            folder,
            base,
            epochs=epochs,
            seed=seed,
            on_progress=lambda share: on_progress(0.8 * share, "fit"),
        )
        settings = {
            "base": base if base == "tiny" else Path(base).name,
            "epochs": epochs,
            "seed": seed,
            "limit": limit,
        }
        _finish(folder, _card("transformer", data, files, rows, settings), names, data, on_progress)
    return read_card(out)


def train_remarks(
    out: Path,
    classifier: TextClassifier,
    settings: RemarkModelSettings,
    on_progress: ProgressCallback,
    remarks: Path = REMARKS,
) -> dict[str, Any]:
    """Train the remark model on the remarks that come with the engine, or on a file of their form,
    as a correction of ``classifier``; write the model folder ``out`` and return its card.

    Raises DataError, ValueError or OSError.
    """
    rows = read_remarks(remarks)
    on_progress(0.1, "score")
    first = classifier.score([text for text, _ in rows])
    on_progress(0.5, "fit")
    model = fit_remarks(rows, first, settings)
    with _ReplacingFolder(out) as folder:
        card = remark_card(rows, settings) | {
            "corrects": classifier.version,
            "trained_on": {remarks.name: {"sha256": file_digest(remarks)}},
            "metrics": {},
        }
        write_card(folder, card, model.save(folder))
    on_progress(1.0, "done")
    return read_card(out)


def evaluate_on_folder(classifier: TextClassifier, data: Path) -> dict[str, Any]:
    """Figures on the folder's dev files and comparison file, by file name; empty when it has
    neither.
    """
    found: dict[str, Any] = {}
    for path in present(data, (*DEV_FILES, COMPARE_FILE)):
        rows = read_labelled(path)
        found[path.name] = evaluate(classifier, rows)
        if path.name == COMPARE_FILE:
            found[path.name]["auc_rewritten"] = evaluate_rewritten(classifier, rows)
    return found


def _training_files(data: Path) -> list[Path]:
    files = present(data, TRAIN_FILES)
    if not files:
        raise DataError(f"{data} holds none of {', '.join(TRAIN_FILES)}")
    return files


def _training_rows(data: Path, files: Sequence[Path]) -> tuple[list[LabelledText], list[str]]:
    """Rows to train on and their normalised texts, less those that the comparison file holds
    too.
    """
    barred = {
        normalise(row.text)
        for path in present(data, (COMPARE_FILE,))
        for row in read_labelled(path)
    }
    rows = [row for path in files for row in read_labelled(path)]
    pairs = [(row, plain) for row in rows if (plain := normalise(row.text)) not in barred]
    return [row for row, _ in pairs], [plain for _, plain in pairs]


def _card(
    kind: str,
    data: Path,
    files: Sequence[Path],
    rows: Sequence[LabelledText],
    settings: dict[str, Any],
) -> dict[str, Any]:
    return {
        "kind": kind,
        "use": _USE,
        "limits": _LIMITS,
        "trained_on": {path.name: {"sha256": file_digest(path)} for path in files},
        "rows": len(rows),
        "abusive_share": round(float(np.mean([row.abusive for row in rows])), 4),
        "settings": settings,
    }


def _finish(
    folder: Path,
    card: dict[str, Any],
    names: Sequence[str],
    data: Path,
    on_progress: ProgressCallback,
) -> None:
    """Write the card, load the model as anybody would, measure that, and write the figures into the
    card.
    """
    write_card(folder, card, names)
    on_progress(0.85, "measure")
    write_card(folder, card | {"metrics": evaluate_on_folder(load_classifier(folder), data)}, names)
    on_progress(1.0, "done")


class _ReplacingFolder:
    """A folder beside ``out`` that takes its place when the block ends well, and is removed when
    not.
    """

    def __init__(self, out: Path) -> None:
        self.out = out

    def __enter__(self) -> Path:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.part = Path(tempfile.mkdtemp(dir=self.out.parent, prefix=".", suffix=".part"))
        return self.part

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.part.chmod(0o755)
            if self.out.is_dir():
                shutil.rmtree(self.out)
            self.part.replace(self.out)
        else:
            shutil.rmtree(self.part, ignore_errors=True)
