"""Rules of edits that bring the maker's own text: lines, words, names, titles. They read the text
between quotation marks, or the rest of the sentence, as it was typed.
"""

from __future__ import annotations

from generation.editing.clause import Clause
from generation.editing.rules import ask_where
from generation.editing.types import Change
from generation.editing.who import ask_who
from generation.editing.words import Token

_ENDS = " 　，。！？；：:,.!?;“”‘’\"'《》「」吧"
_MAX_NAME = 24
MAX_TEXT = 160


def rename(clause: Clause) -> tuple[Change, ...] | None:
    """改名叫, rename X to Y: the rest of the sentence is the name."""
    ops = clause.all("op", "rename") or (
        clause.all("op", "change") if clause.has("noun", "name") else []
    )
    named = clause.found.rest
    if len(ops) != 1 or clause.has("noun", "title"):
        return None
    op = ops[0]
    if op.text.isascii():
        links = [token for token in named if token.kind == "to" and token.start > op.start]
        if links:
            whom, name = _between(named, op.end, links[0].start), clause.text[links[0].end :]
        else:
            behind = [token for token in named if token.start >= op.end and _says(token)]
            if len(behind) < 2:
                return None
            whom, name = behind[:1], clause.text[behind[1].start :]
    else:
        whom, name = _between(named, 0, op.start), clause.text[op.end :]
    whom = [token for token in whom if _says(token) and token.kind != "noun"]
    value = _plain(name)
    if not value or len(value) > _MAX_NAME or not whom or _has_joint(value):
        return None
    if any(token.kind not in ("person", "figure", "unknown") for token in whom):
        return None
    if any(token.kind == "unknown" for token in whom):
        whom = [Token("person", "nobody", "".join(token.text for token in whom), 0, 0)]
    people = clause.people(whom)
    if len(people) != 1:
        raise ask_who(clause.film, whom[0].text)
    return (Change("name", people=people, value=value),)


def title(clause: Clause) -> tuple[Change, ...] | None:
    """片名改成《…》, change the title to …"""
    if len(clause.all("noun", "title")) != 1 or clause.found.given:
        return None
    ops = [token for token in clause.content
           if token.kind == "op" and token.value in ("change", "rename")]  # fmt: skip
    quotes = clause.all("quote")
    if not ops and len(quotes) == 1 and clause.only("noun:title quote"):
        return (Change("title", value=quotes[0].value),) if len(quotes[0].value) <= 40 else None
    if len(ops) != 1:
        return None
    before = [token for token in clause.content if token.end <= ops[0].start]
    if any(token.kind != "noun" for token in before) or len(quotes) > 1:
        return None
    value = quotes[0].value if quotes else _tail(clause, ops[0])
    return (Change("title", value=value),) if 0 < len(value) <= 40 else None


def line(clause: Clause) -> tuple[Change, ...] | None:
    """把第一句台词改成‘…’, change the first line to …"""
    ops = clause.all("op", "change")
    if len(clause.found.lines) != 1 or len(ops) != 1:
        return None
    quotes = clause.all("quote")
    if quotes and not clause.only("op:change quote person figure noun:line to"):
        return None
    if len(quotes) > 1 or clause.scope.part != "all":
        return None
    first = min(token.start for token in clause.tokens)
    people = [token for token in clause.person_tokens()
              if not quotes or token.end <= quotes[0].start]  # fmt: skip
    if not quotes:
        if clause.has("noun", "tone", "expression"):
            return None
        people = [token for token in people if first <= token.start < ops[0].start]
        value = _tail(clause, ops[0])
        if clause.has("emotion") and not ops[0].text.isascii():
            return None  # the line's feeling, or its words? the rule of feelings looks
    else:
        value = quotes[0].value
    if not 0 < len(value) <= MAX_TEXT:
        return None
    return (
        Change(
            "line", clause.scope, clause.people(people), value=value, line=clause.found.lines[0]
        ),
    )


def words(clause: Clause) -> tuple[Change, ...] | None:
    """把‘…’改成‘…’, replace "…" with "…"; delete the words "…"."""
    quotes = clause.all("quote")
    if not clause.only("quote op:change op:swap op:delete noun:line to"):
        return None
    if clause.found.lines or clause.scope.part != "all":
        return None
    if len(quotes) == 2 and clause.has("op", "change", "swap") and not clause.has("op", "delete"):
        old, new = quotes[0].value, quotes[1].value
    elif len(quotes) == 1 and clause.has("op", "delete") and not clause.has("op", "change", "swap"):
        old, new = quotes[0].value, ""
    else:
        return None
    return (Change("words", clause.scope, old=old, value=new),)


def line_added(clause: Clause) -> tuple[Change, ...] | None:
    """结尾加一句……, let Qing say "…" at the end of scene 2."""
    if clause.found.lines:
        return None
    ops = [token for token in clause.content
           if token.kind == "op" and token.value in ("add", "add_line", "say")]  # fmt: skip
    if not ops:
        return None
    quotes = clause.all("quote")
    people = clause.person_tokens()
    if quotes:
        allowed = "quote op:add op:add_line op:say person figure noun:line"
        if len(quotes) != 1 or not clause.only(allowed):
            return None
        value = quotes[0].value
        people = [token for token in people if token.end <= quotes[0].start]
    elif ops[-1].value == "add_line":
        value = _tail(clause, ops[-1])
        people = [token for token in people if token.end <= ops[-1].start]
        inside = [token for token in clause.content if token.end <= ops[-1].start]
        if any(token not in people and token.kind != "noun" for token in inside):
            return None
    else:
        return None
    if not 0 < len(value) <= MAX_TEXT:
        return None
    whom = clause.people(people)
    if len(whom) > 1:
        raise ask_who(clause.film)
    if not clause.found.given:
        raise ask_where(clause)
    return (Change("line_added", clause.scope, whom, value=value),)


def _says(token: Token) -> bool:
    return token.kind not in ("filler", "stop", "count")


def _between(tokens: list[Token], start: int, end: int) -> list[Token]:
    return [token for token in tokens if start <= token.start and token.end <= end]


def _tail(clause: Clause, op: Token) -> str:
    """What follows a verb to the end, as typed; in English what follows its "to"."""
    start = op.end
    if op.text.isascii():
        links = [
            token for token in clause.found.rest if token.kind == "to" and token.start > op.end
        ]
        if not links:
            return ""
        start = links[0].end
    rest = clause.text[start:].lstrip(" ，,：:")
    for word in ("台词", "旁白", "话"):
        if rest.startswith((f"{word}：", f"{word}:", f"{word}，")):
            rest = rest[len(word) :]
    return rest.strip(" 　：:，,“”‘’\"'《》「」")


def _plain(text: str) -> str:
    return text.strip(_ENDS)


def _has_joint(name: str) -> bool:
    """Whether a name has the marks of a sentence in it: then more was said than a name."""
    return any(mark in name for mark in "，。；,;!?！？：:")


TEXT_RULES = (rename, title, line, words, line_added)
