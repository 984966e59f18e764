"""What a platform must show and write when a work is uploaded (标识办法, Art. 6)."""

from __future__ import annotations

from moderation.labels.aigc import AigcLabel
from moderation.labels.rules import LabelNotice, LabelRules, rules_in_force


def required_notice(
    metadata_label: AigcLabel | None, declared: bool, traces: float, rules: LabelRules | None = None
) -> LabelNotice | None:
    """The notice to show beside the content and the ``Label`` value to write; None when nothing
    says AI.

    metadata_label: what ``read_label`` found. declared: whether the uploader said that it is
    AI-made. traces: 0–1, how far an explicit mark or other traces of generation were detected.
    Metadata outranks a declaration, which outranks traces. Metadata that itself says only “may be”
    or “suspected” is not raised to “is”; a malformed label is no label, but the caller does well to
    count it as a trace. Raises ValueError for traces outside 0–1.
    """
    rules = rules or rules_in_force()
    if not 0 <= traces <= 1:
        raise ValueError(f"traces must lie in 0-1, not {traces}")
    carried = metadata_label.Label if metadata_label else None
    if carried == rules.notice_metadata.label:
        return rules.notice_metadata
    if declared or carried == rules.notice_declared.label:
        return rules.notice_declared
    if traces >= rules.trace_threshold or carried == rules.notice_traces.label:
        return rules.notice_traces
    return None
