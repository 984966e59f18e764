"""What can go wrong with a label. Every message is one line that can be shown as it is."""

from __future__ import annotations


class LabelError(ValueError):
    """A label, a code or a file that cannot be labelled."""


class MalformedLabel(LabelError):
    """The text is not an ``AIGC`` object, or one of its values breaks the standard."""


class MalformedCode(LabelError):
    """Not a provider code, or its credit code's check character is wrong."""


class UnsupportedContainer(LabelError):
    """A file type that this package cannot write a label into."""


class UnreadableFile(LabelError):
    """The file is not what it starts as: truncated, damaged or hostile."""


class NoRuleInForce(LabelError):
    """The rule table holds no version for that day."""
