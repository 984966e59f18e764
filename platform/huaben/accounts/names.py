"""Display names: which a person may bear.

A name is cleaned as every public text is, and may not read like one of the house's or of somebody
who works in it, however it is written: letters that look alike are compared as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from huaben.core.localized import LocalizedText
from huaben.core.registries import Registry
from huaben.core.text import cleaned_line, text_problem

from .models import NameRemoval, Role, User

MAX_NAME_LENGTH = 40
FIELD = "display_name"
STAFF_ROLES = (Role.MODERATOR, Role.FILING_ADMIN, Role.COPYRIGHT_ADMIN, Role.OPERATOR)

# What the apps above have against a name; None: nothing.
display_name_checks: Registry[Callable[[str], LocalizedText | None]] = Registry(
    "accounts.display_name_checks"
)

# Letters and digits that are read as Latin ones, by the letter that they are read as.
_READ_AS = {
    "a": "аαɑ4@",
    "b": "вβьЬ8",
    "c": "сϲ¢",
    "d": "ԁɗ",
    "e": "еεєё3€",
    "f": "ғƒ",
    "g": "ɡց9",
    "h": "һнη",
    "i": "іιıl1|!ӏłɩ",
    "j": "јϳ",
    "k": "кκ",
    "m": "мμ",
    "n": "ոпиν",
    "o": "оοσ0ө",
    "p": "рρ",
    "q": "ԛ",
    "r": "гяɾ",
    "s": "ѕ5$",
    "t": "тτ7+",
    "u": "υսц",
    "w": "ѡԝω",
    "x": "хχ",
    "y": "уүγ",
    "z": "ʐ2",
    # Traditional characters of the words below.
    "话": "話",
    "员": "員",
    "审": "審",
    "备": "備",
    "权": "權",
    "务": "務",
    "长": "長",
    "统": "統",
    "营": "營",
    "运": "運",
}
_FOLDED = {
    unicodedata.normalize("NFKD", look).casefold()[:1]: letter
    for letter, looks in _READ_AS.items()
    for look in looks
}


def fold(name: str) -> str:
    """A name as it is read: without case, width, accents, spaces and punctuation, letters that look
    alike as one. Two names that fold alike are told apart by nobody.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(_FOLDED.get(character, character) for character in plain)
    kept = "".join(letter for letter in letters if unicodedata.category(letter)[0] in "LN")
    return kept.replace("rn", "m").replace("vv", "w")


# Anywhere in a name.
_HOUSE = [
    fold(word)
    for word in (
        *("话本", "官方", "客服", "管理员", "审看员", "审核员", "备案员", "版权员", "运营"),
        *("版主", "班主", "站长", "系统消息", "系统通知"),
        *("huaben", "moderator", "official", "administrator", "customer service", "webmaster"),
        *("operator", "copyright admin", "filing admin"),
    )
]
# As the whole name, its first or its last word.
_OFFICES = {
    fold(word) for word in ("admin", "mod", "staff", "support", "system", "root", "sysadmin")
}
_WORD_ENDS = re.compile(r"[\W_]+")
HOUSE_NAME = LocalizedText(
    "这个名字像本馆或馆内人员的，请换一个",
    "This name reads like the house's or its staff's; please choose another",
)


REMOVED_NAME = LocalizedText(
    "这个名字被管理员取下过，请换一个",
    "An operator took this name away; please choose another",
)


def clean_display_name(name: str, *, of: User | None = None) -> str:
    """The name that ``of`` (None: somebody who signs up) may bear, cleaned; "" for "".

    Raises Problem with the field ``display_name``: ``text_needed`` for one of which nothing can be
    seen, ``text_too_long``, ``house_name`` for one that reads like the house's or its staff's,
    ``name_removed`` for one that was taken from them, and ``name_refused`` when an app above has
    something against it. Whoever works in the house may bear
    its words.
    """
    name = cleaned_line(FIELD, name, max_length=MAX_NAME_LENGTH, required=False)
    if not name:
        return ""
    works_here = of is not None and not set(STAFF_ROLES).isdisjoint(of.roles)
    if (_is_house_name(name) and not works_here) or _is_staff_name(name, of):
        raise text_problem("house_name", FIELD, HOUSE_NAME)
    if of is not None and _was_removed(name, of):
        raise text_problem("name_removed", FIELD, REMOVED_NAME)
    for check in display_name_checks.values():
        if (reason := check(name)) is not None:
            raise text_problem("name_refused", FIELD, reason)
    return name


def _is_house_name(name: str) -> bool:
    folded = fold(name)
    words = [fold(word) for word in _WORD_ENDS.split(name) if fold(word)]
    ends = {folded, *words[:1], *words[-1:]}
    return any(word in folded for word in _HOUSE) or not _OFFICES.isdisjoint(ends)


def _was_removed(name: str, of: User) -> bool:
    removed = NameRemoval.objects.filter(user=of).values_list("name", flat=True)
    return fold(name) in {fold(taken) for taken in removed if taken}


def _is_staff_name(name: str, of: User | None) -> bool:
    staff = User.objects.filter(roles__overlap=list(STAFF_ROLES), is_active=True)
    if of is not None:
        staff = staff.exclude(pk=of.pk)
    folded = fold(name)
    return any(
        folded == fold(borne)
        for names in staff.values_list("display_name", "handle")
        for borne in names
        if borne
    )
