"""Labels of AI-made content: the one place that knows what a lawful label is.

What a viewer sees (``explicit_mark``), what the file carries (``AigcLabel``, ``write_label``,
``read_label``) and what a platform owes (``platform_duty``, ``propagate``). Rules are tables with
effective dates (``rules.json``).
"""

from moderation.labels.aigc import AigcLabel, produced_by, propagate
from moderation.labels.duty import platform_duty
from moderation.labels.errors import (
    LabelError,
    MalformedCode,
    MalformedLabel,
    NoRuleInForce,
    UnreadableFile,
    UnsupportedContainer,
)
from moderation.labels.explicit import ExplicitMark, check_explicit, explicit_mark, words_are_lawful
from moderation.labels.files import MP4_OPTIONS, mp4_metadata, read_label, read_values, write_label
from moderation.labels.mark_search import MarkSearch, search_mark
from moderation.labels.producer import (
    TEST_PRODUCER,
    TEST_PROPAGATOR,
    ProducerCode,
    producer_or_test,
)
from moderation.labels.provenance import Provenance, Signer, read_provenance, sign_file
from moderation.labels.rules import LabelRules, Notice, load_rules, rules_on
from moderation.labels.verification import Verification, verify

__all__ = [
    "MP4_OPTIONS",
    "TEST_PRODUCER",
    "TEST_PROPAGATOR",
    "AigcLabel",
    "ExplicitMark",
    "LabelError",
    "LabelRules",
    "MalformedCode",
    "MalformedLabel",
    "MarkSearch",
    "NoRuleInForce",
    "Notice",
    "ProducerCode",
    "Provenance",
    "Signer",
    "UnreadableFile",
    "UnsupportedContainer",
    "Verification",
    "check_explicit",
    "explicit_mark",
    "load_rules",
    "mp4_metadata",
    "platform_duty",
    "produced_by",
    "producer_or_test",
    "propagate",
    "read_label",
    "read_provenance",
    "read_values",
    "rules_on",
    "search_mark",
    "sign_file",
    "verify",
    "words_are_lawful",
    "write_label",
]
