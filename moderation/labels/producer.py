"""The 27-character code of a service provider, and the credit code inside it.

Layout: ``00`` + subject type + binding + 18-character 统一社会信用代码 (GB 32100-2015) + service
and 4 characters of one's own, or ``00000`` where there is no extension.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from moderation.labels.errors import MalformedCode
from moderation.labels.rules import LabelRules, rules_in_force

# GB 32100-2015: digits and capitals without I, O, S, V, Z; the check character weighs them by
# powers of 3 mod 31.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OWN = re.compile(r"[0-9A-Z]{4}")


def check_character(first17: str) -> str:
    """The 18th character of a credit code for its first 17 (GB 32100-2015, 5.6). Raises
    MalformedCode.
    """
    if len(first17) != 17 or any(character not in _ALPHABET for character in first17):
        raise MalformedCode(
            "a credit code has 17 digits or capitals (no I, O, S, V, Z) before its check character"
        )
    total = sum(
        _ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first17)
    )
    return _ALPHABET[(31 - total % 31) % 31]


def check_credit_code(code: str) -> str:
    """A credit code as it came, when its 18 characters are sound; otherwise raises
    MalformedCode.
    """
    if len(code) != 18:
        raise MalformedCode(f"a credit code has 18 characters, not {len(code)}")
    if check_character(code[:17]) != code[17]:
        raise MalformedCode("the credit code's check character is wrong")
    return code


@dataclass(frozen=True)
class ProducerCode:
    """A provider code in its parts. ``service`` is "1" (generate), "2" (propagate) or "" with no
    extension.
    """

    credit_code: str
    service: str = ""
    own: str = ""
    subject_type: str = "1"
    binding: str = "1"

    def __str__(self) -> str:
        extension = self.service + self.own if self.service else "00000"
        return f"00{self.subject_type}{self.binding}{self.credit_code}{extension}"

    @property
    def is_test(self) -> bool:
        """Whether this is the test operator's code, which belongs to nobody."""
        return self.credit_code == TEST_CREDIT_CODE

    @classmethod
    def parse(cls, code: str, rules: LabelRules | None = None) -> ProducerCode:
        """Take a 27-character code apart. Raises MalformedCode, naming the part that is wrong."""
        rules = rules or rules_in_force()
        if len(code) != 27:
            raise MalformedCode(f"a provider code has 27 characters, not {len(code)}")
        if code[:2] != rules.code_reserved:
            raise MalformedCode(f"a provider code starts with {rules.code_reserved}")
        subject_type, binding, credit_code, extension = code[2], code[3], code[4:22], code[22:]
        if subject_type not in rules.code_subject_types:
            raise MalformedCode(
                f"subject type {subject_type!r} is not in the rules ({rules.version})"
            )
        if binding not in rules.code_bindings:
            raise MalformedCode(f"binding {binding!r} is not in the rules ({rules.version})")
        check_credit_code(credit_code)
        if extension == rules.code_no_extension:
            return cls(credit_code, "", "", subject_type, binding)
        if extension[0] not in rules.code_services:
            raise MalformedCode(f"service {extension[0]!r} is not in the rules ({rules.version})")
        if not _OWN.fullmatch(extension[1:]):
            raise MalformedCode(
                "the last four characters of a provider code are digits or capital letters"
            )
        return cls(credit_code, extension[0], extension[1:], subject_type, binding)


# No registration authority has the number 0: eighteen zeros pass the check character and yet are
# nobody's code.
TEST_CREDIT_CODE = "0" * 18
TEST_PRODUCER = ProducerCode(TEST_CREDIT_CODE, "1", "TEST")
TEST_PROPAGATOR = ProducerCode(TEST_CREDIT_CODE, "2", "TEST")


def producer_or_test(code: str | None) -> ProducerCode:
    """The operator's code from settings, or the test operator's when none is set.

    A file that carries the test operator's code says on its face that no registered operator stands
    behind it.
    """
    return ProducerCode.parse(code) if code else TEST_PRODUCER
