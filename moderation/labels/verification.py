"""Is this file labelled lawfully? Everything that can be told from the file alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from moderation.labels.aigc import AigcLabel
from moderation.labels.errors import MalformedCode, MalformedLabel
from moderation.labels.files import read_label_texts
from moderation.labels.mark_search import MarkSearch, search_mark
from moderation.labels.producer import ProducerCode
from moderation.labels.provenance import Provenance, read_provenance
from moderation.labels.rules import LabelRules, rules_in_force


@dataclass(frozen=True)
class Verification:
    """What was found. ``problems`` are codes; there are none exactly when the file is labelled
    lawfully.

    ``label_missing``, ``label_many``, ``label_malformed``, ``field_missing:NAME``,
    ``producer_code``, ``propagator_code``, ``provenance_invalid``, and ``mark_not_seen`` when the
    mark was required. ``notes`` count for nothing: ``test_operator``, ``mark_not_seen``,
    ``provenance_untrusted``.
    """

    implicit: AigcLabel | None
    implicit_count: int
    explicit: MarkSearch
    provenance: Provenance
    rules: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def lawful(self) -> bool:
        """Whether nothing unlawful was found."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return {"lawful": self.lawful, **asdict(self)}


def verify(
    path: Path,
    *,
    require_mark: bool = False,
    look_for_mark: bool = True,
    rules: LabelRules | None = None,
) -> Verification:
    """Check a file's labels.

    The search for the explicit mark knows a few typefaces (``mark_search``): not seeing one is no
    proof, so it is a note unless ``require_mark`` makes it a problem. Raises UnsupportedContainer,
    UnreadableFile or OSError.
    """
    rules = rules or rules_in_force()
    problems: list[str] = []
    notes: list[str] = []
    values = read_label_texts(path)
    label: AigcLabel | None = None
    if not values:
        problems.append("label_missing")
    elif len(values) > 1:
        problems.append("label_many")
    else:
        try:
            label = AigcLabel.from_json(values[0])
        except MalformedLabel:
            problems.append("label_malformed")
    if label is not None:
        problems += [f"field_missing:{name}" for name in label.missing()]
        for code, value in (
            ("producer_code", label.ContentProducer),
            ("propagator_code", label.ContentPropagator),
        ):
            try:
                if value and ProducerCode.parse(value, rules).is_test:
                    notes.append("test_operator")
            except MalformedCode:
                problems.append(code)
    mark = search_mark(path, rules) if look_for_mark else MarkSearch("not_checked")
    if mark.state == "not_seen" or (require_mark and mark.state == "not_checked"):
        (problems if require_mark else notes).append("mark_not_seen")
    provenance = read_provenance(path)
    if provenance.state == "invalid":
        problems.append("provenance_invalid")
    elif provenance.state == "valid" and not provenance.trusted:
        notes.append("provenance_untrusted")
    return Verification(
        label,
        len(values),
        mark,
        provenance,
        rules.version,
        tuple(problems),
        tuple(dict.fromkeys(notes)),
    )
