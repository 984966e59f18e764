"""Reads labelled comments: folders with the CSV files of COLD (Deng et al., EMNLP 2022) and of SWSR
(Jiang et al., 2021), or any others with the same columns.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

TRAIN_FILES = (
    "cold_train.csv",
    "swsr_comment.csv",
    "train.csv",
)  # those that are there are trained on
DEV_FILES = ("cold_dev.csv", "dev.csv")
COMPARE_FILE = "cold_fine.csv"  # measured on, never trained on

FINE_GROUPS = {0: "other_harmless", 1: "attacks_person", 2: "attacks_group", 3: "anti_bias"}


class DataError(ValueError):
    """A data folder or file that is not there or not in the expected form. Never quotes a row."""


@dataclass(frozen=True)
class LabelledText:
    """One comment. ``fine``: a key of FINE_GROUPS, None where it is not known."""

    text: str
    abusive: bool
    topic: str
    fine: int | None = None


def read_labelled(path: Path) -> list[LabelledText]:
    """Rows of a CSV file, in its order.

    Columns: ``TEXT`` or ``comment_text``; ``label``, 0 or 1; optionally ``topic`` and
    ``fine-grained-label``. Raises DataError; its message names the file and the line, never the
    text.
    """
    if not path.is_file():
        raise DataError(f"there is no data file {path}")
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                if row["label"] not in ("0", "1"):
                    raise ValueError
                fine = row.get("fine-grained-label")
                found.append(
                    LabelledText(
                        text=row["TEXT"] if "TEXT" in row else row["comment_text"],
                        abusive=row["label"] == "1",
                        topic=row.get("topic") or "",
                        fine=int(fine) if fine else None,
                    )
                )
            except (KeyError, ValueError, TypeError):
                raise DataError(
                    f"{path.name}, line {number}: needs TEXT and a label of 0 or 1"
                ) from None
    if not found:
        raise DataError(f"{path.name} holds no rows")
    return found


def present(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Those of the named files that are in the folder, in the order of ``names``.

    Raises DataError when there is no folder.
    """
    if not folder.is_dir():
        raise DataError(f"there is no data folder {folder}")
    return [folder / name for name in names if (folder / name).is_file()]
