"""Labels of AI-made content: the one place that knows what a lawful label is.

What a viewer sees (``explicit_mark``), what the file carries (``AigcLabel``, ``write_label``,
``read_label``) and what a platform owes (``required_notice``, ``propagator_label``). Rules are
tables with effective dates (``rules.json``).
"""

from moderation.labels.aigc import AigcLabel, producer_label, propagator_label
from moderation.labels.errors import (
    LabelError,
    MalformedCode,
    MalformedLabel,
    NoRuleInForce,
    UnreadableFile,
    UnsupportedContainer,
)
from moderation.labels.explicit import (
    ExplicitMark,
    check_explicit_mark,
    explicit_mark,
    is_lawful_mark_text,
)
from moderation.labels.files import (
    MP4_OPTIONS,
    mp4_metadata,
    read_label,
    read_label_texts,
    write_label,
)
from moderation.labels.mark_search import MarkSearch, search_mark
from moderation.labels.notices import required_notice
from moderation.labels.producer import (
    TEST_PRODUCER,
    TEST_PROPAGATOR,
    ProducerCode,
    producer_or_test,
)
from moderation.labels.provenance import Provenance, Signer, read_provenance, sign_file
from moderation.labels.rules import LabelNotice, LabelRules, load_rules, rules_in_force
from moderation.labels.verification import Verification, verify

__all__ = [
    "MP4_OPTIONS",
    "TEST_PRODUCER",
    "TEST_PROPAGATOR",
    "AigcLabel",
    "ExplicitMark",
    "LabelError",
    "LabelNotice",
    "LabelRules",
    "MalformedCode",
    "MalformedLabel",
    "MarkSearch",
    "NoRuleInForce",
    "ProducerCode",
    "Provenance",
    "Signer",
    "UnreadableFile",
    "UnsupportedContainer",
    "Verification",
    "check_explicit_mark",
    "explicit_mark",
    "is_lawful_mark_text",
    "load_rules",
    "mp4_metadata",
    "producer_label",
    "producer_or_test",
    "propagator_label",
    "read_label",
    "read_label_texts",
    "read_provenance",
    "required_notice",
    "rules_in_force",
    "search_mark",
    "sign_file",
    "verify",
    "write_label",
]
