"""Operators add to what never appears, and retire from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict, NotFound, Problem
from moderation.text.never import NeverList, shipped_never_list
from moderation.text.never_entries import NeverEntry, NeverListError
from moderation.text.remark_model import REMARKS, read_remarks

from ..models import NeverChange, NeverPhrase
from ..never_list import entry_of, identity_of, list_shipped_entries, shipped_id
from ..policy_names import never_categories

MAX_GAPS = 3
# Of the engine's own remarks that mean no harm, so many at least an entry must leave alone.
TOO_MANY_HITS = 5
# What the engine says of an entry, in words.
_FAULTS = {
    "a gap is at most": LocalizedText("间隔“~n”最多 12", "A gap “~n” is at most 12"),
    "no class": LocalizedText(
        "没有这个词类；“@”后面要写列表里已有的词类",
        "There is no such class; after “@” stands one of the list's own",
    ),
    "an empty part": LocalizedText(
        "有一段是空的，“|”两边都要有字",
        "A part is empty: something must stand on both sides of “|”",
    ),
    "needs a category": LocalizedText(
        "要有能读的字，不能只有符号", "It needs letters or characters, not signs alone"
    ),
}
_BAD_FORM = LocalizedText("这种写法读不懂", "It cannot be read as this form")


def add_phrase(
    *,
    by: User,
    phrase: str,
    category: str,
    language: str,
    form: str,
    reason: str,
    exceptions: Sequence[str] = (),
    quotable: bool = False,
    effective: date | None = None,
    until: date | None = None,
) -> NeverPhrase:
    """Add a phrase: every check that begins after the commit knows it.

    Raises Problem for one in a form that cannot be read, of an unknown category, with days that do
    not fit, or that would hold everyday remarks; Conflict for one that is in the list.
    """
    if category not in never_categories():
        raise _problem(
            "unknown_category", "category", LocalizedText("没有这个类别", "No such category")
        )
    if effective is not None and until is not None and until < effective:
        raise _problem(
            "bad_days",
            "until",
            LocalizedText("最后一天不能早于第一天", "The last day cannot be before the first"),
        )
    row = NeverPhrase(
        phrase=" ".join(phrase.split()),
        category=category,
        language=language,
        form=form,
        exceptions=[text.strip() for text in exceptions if text.strip()],
        quotable=quotable,
        effective=effective,
        until=until,
    )
    _ensure_fit(row)
    with transaction.atomic():
        lock_until_commit(LockSpace.NEVER_LIST)
        own = NeverPhrase.objects.filter(retired_at=None)
        known = {identity_of(entry) for entry in list_shipped_entries(retired=False)}
        if identity_of(row) in known | {identity_of(other) for other in own}:
            raise Conflict(
                "phrase_known", LocalizedText("列表里已经有了", "It is in the list already")
            )
        row.save()
        NeverChange.objects.create(phrase=row, action="added", reason=reason.strip(), by=by)
    return row


def retire_phrase(*, phrase_id: UUID, by: User, reason: str, now: datetime) -> NeverPhrase:
    """Let a phrase count no more, an operator's own or one of the engine's list. Raises NotFound
    for one that is not in the list, Conflict for one that is retired.
    """
    with transaction.atomic():
        lock_until_commit(LockSpace.NEVER_LIST)
        row = NeverPhrase.objects.filter(pk=phrase_id).first()
        if row is None:
            row = _row_of_shipped(phrase_id)
        if row.retired_at is not None:
            raise Conflict("phrase_retired", LocalizedText("它已经停用了", "It is retired already"))
        row.retired_at = now
        row.save()
        NeverChange.objects.create(phrase=row, action="retired", reason=reason.strip(), by=by)
    return row


def _row_of_shipped(phrase_id: UUID) -> NeverPhrase:
    for entry in shipped_never_list().entries:
        if shipped_id(entry) == phrase_id:
            return NeverPhrase(
                pk=phrase_id,
                phrase=entry.phrase,
                category=entry.category,
                language=entry.language,
                form=entry.form,
                exceptions=list(entry.exceptions),
                quotable=entry.quotable,
                effective=entry.effective,
                until=entry.until,
                shipped=True,
            )
    raise NotFound


def _ensure_fit(row: NeverPhrase) -> None:
    if row.form == NeverPhrase.Form.PATTERN and row.phrase.count("~") > MAX_GAPS:
        raise _problem(
            "bad_phrase",
            "phrase",
            LocalizedText(f"最多 {MAX_GAPS} 处间隔“~n”", f"At most {MAX_GAPS} gaps “~n”"),
        )
    try:
        entry = entry_of(row)
        alone = NeverList([entry], "tried", shipped_never_list().classes)
    except NeverListError as error:
        words = next((text for part, text in _FAULTS.items() if part in str(error)), _BAD_FORM)
        raise _problem("bad_phrase", "phrase", words) from error
    _ensure_not_too_broad(alone, entry)


def _ensure_not_too_broad(alone: NeverList, entry: NeverEntry) -> None:
    day = entry.effective or entry.until
    harmless = [text for text, hurts in read_remarks(REMARKS) if not hurts]
    hit = [text for text in harmless if alone.find(text, day)]
    if len(hit) >= TOO_MANY_HITS:
        examples = "；".join(hit[:3])
        raise _problem(
            "too_broad",
            "phrase",
            LocalizedText(
                f"太宽了，平常的话也会被拦下，例如：{examples}",
                f"It is too broad and would hold everyday remarks, such as: {examples}",
            ),
        )


def _problem(code: str, field: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": field, "message": title.localized()}])
