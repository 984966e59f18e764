"""What speech answers to accounts: whether a display name holds a word that would be held back in a
remark, and what somebody said, for the export of their data.
"""

from __future__ import annotations

from collections.abc import Iterable

from huaben.accounts.exports import Owner, export_part
from huaben.accounts.names import display_name_checks
from huaben.core.localized import LocalizedText
from huaben.core.types import ValuesRow

from .models import Speech

RUDE_NAME = LocalizedText(
    "这个名字里有不合适的字眼，请换一个", "This name holds a word that is not fit; choose another"
)


@display_name_checks.register("speech")
def find_fault_in_name(name: str) -> LocalizedText | None:
    """Why a name is refused; None when it holds no word of the lexicon or the list."""
    from .engine import has_forbidden_word

    return RUDE_NAME if has_forbidden_word(name) else None


@export_part("comments_and_danmaku")
def export_speech(owner: Owner) -> Iterable[ValuesRow]:
    rows = Speech.objects.filter(author=owner.user)
    return rows.values("id", "kind", "series_id", "text", "state", "reason", "created_at")
