"""The implicit label: the ``AIGC`` object of GB 45438-2025, Annex E.

Guides and files in the wild write the object flat; the standard's text wraps it in ``{"AIGC": …}``.
We write flat and read both.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from moderation.labels.errors import MalformedLabel

KEY = "AIGC"
LABEL_VALUES = {"1": "is AI-made", "2": "may be AI-made", "3": "is suspected to be AI-made"}
MAX_VALUE_LENGTH = 1024
_MAX_TEXT_LENGTH = 16384


def is_lawful_value(value: str) -> bool:
    """Whether every character is in the standard's set: 0x21–0x7E without the backslash (JSON
    escapes a quote).
    """
    return all("\x21" <= character <= "\x7e" and character != "\\" for character in value)


@dataclass(frozen=True)
class AigcLabel:
    """One implicit label. Field names are the standard's own; all values are strings of codes,
    never names.

    Raises MalformedLabel when ``Label`` is not "1", "2" or "3", or a value holds a character
    outside the set.
    """

    Label: str
    ContentProducer: str = ""
    ProduceID: str = ""
    ReservedCode1: str = ""
    ContentPropagator: str = ""
    PropagateID: str = ""
    ReservedCode2: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, str):
                raise MalformedLabel(f"{field.name} must be a string, not {type(value).__name__}")
            if len(value) > MAX_VALUE_LENGTH:
                raise MalformedLabel(f"{field.name} is longer than {MAX_VALUE_LENGTH} characters")
            if not is_lawful_value(value):
                raise MalformedLabel(
                    f"{field.name} holds a character outside 0x21-0x7E without the backslash"
                )
        if self.Label not in LABEL_VALUES:
            raise MalformedLabel(f"Label must be 1, 2 or 3, not {self.Label!r}")

    def to_json(self) -> str:
        """The flat object, one line of ASCII, fields in the standard's order."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> AigcLabel:
        """Read a flat or wrapped object. Fields that are missing are read as empty, unknown ones
        are passed over.

        Raises MalformedLabel for anything that is not one JSON object with lawful strings, each
        named once.
        """
        if len(text) > _MAX_TEXT_LENGTH:
            raise MalformedLabel(f"an AIGC label of {len(text)} characters is not one")
        try:
            found = json.loads(text, object_pairs_hook=_reject_duplicate_keys)
        except (ValueError, RecursionError) as error:
            raise MalformedLabel(f"the AIGC label is not JSON: {error}") from error
        if isinstance(found, dict) and KEY in found:
            found = found[KEY]
        if not isinstance(found, dict):
            raise MalformedLabel("the AIGC label is not a JSON object")
        if "Label" not in found:
            raise MalformedLabel("the AIGC label has no Label")
        return cls(
            **{field.name: found[field.name] for field in fields(cls) if field.name in found}
        )

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that this label should fill and does not.

        Who made it must be known where it *is* AI-made; who spreads it, always (at first writing
        that is the producer).
        """
        wanted = ["ContentPropagator", "PropagateID"]
        if self.Label == "1":
            wanted = ["ContentProducer", "ProduceID", *wanted]
        return tuple(name for name in wanted if not getattr(self, name))


def producer_label(producer: str, produce_id: str, *, reserved: str = "") -> AigcLabel:
    """The label that a maker writes on its own work: Label 1, with itself as the first
    propagator.
    """
    return AigcLabel(
        Label="1",
        ContentProducer=producer,
        ProduceID=produce_id,
        ReservedCode1=reserved,
        ContentPropagator=producer,
        PropagateID=produce_id,
    )


def propagator_label(
    label: AigcLabel | None, propagator: str, propagate_id: str, value: str | None = None
) -> AigcLabel:
    """The label that a platform writes when it takes a work in: its own elements added, the maker's
    kept.

    ``value`` is the ``Label`` that ``required_notice`` found; None keeps the one there. The former
    propagator's ``ReservedCode2`` goes with him: it may hold his signature. Raises MalformedLabel
    when there is neither label nor value.
    """
    if label is None:
        if value is None:
            raise MalformedLabel(
                "a work without a label needs the Label value that the duty table gives it"
            )
        return AigcLabel(Label=value, ContentPropagator=propagator, PropagateID=propagate_id)
    return replace(
        label,
        Label=label.Label if value is None else value,
        ContentPropagator=propagator,
        PropagateID=propagate_id,
        ReservedCode2="",
    )


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is named twice")
    return found
