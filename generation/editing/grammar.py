"""An edit in a person's words, Chinese or English, read without a language model.

A clause is taken only by a rule that knows what every one of its words is for. So a word that no
table knows, or one that fits no rule, ends in "I did not understand X", never in another change
than the one meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation.editing.clause import Clause
from generation.editing.film import EditedFilm
from generation.editing.rules import RULES
from generation.editing.rules_of_text import TEXT_RULES
from generation.editing.scopes import Found, find_scopes, scope_of
from generation.editing.types import Change, Patch, Reading, Scope, Text
from generation.editing.who import Ask, names_of
from generation.editing.words import MAX_EDIT_CHARACTERS, Token, cut, spoken_value

_JOINTS = frozenset({"然后", "并且", "同时", "and then"})
_SCOPELESS = frozenset({"robe", "figure", "name", "music", "title", "speech", "scenes_swapped",
                        "scene_moved", "scene_deleted", "shot_deleted"})  # fmt: skip


def read_edit(text: str, film: EditedFilm) -> Reading:
    """What an edit in plain words asks for. Linear in the length of the text; ``ValueError`` for
    one of more than ``MAX_EDIT_CHARACTERS`` characters.
    """
    if len(text) > MAX_EDIT_CHARACTERS:
        raise ValueError(f"an edit has at most {MAX_EDIT_CHARACTERS} characters, not {len(text)}")
    tokens = cut(text, names_of(film))
    if not tokens:
        return _not_understood([])
    whole = _read(text, tokens, film)
    if whole.kind != "not_understood":
        return whole
    parts = _parts(tokens)
    if len(parts) < 2:
        return whole
    return _read_parts(text, parts, film) or whole


def _read_parts(text: str, parts: Sequence[Sequence[Token]], film: EditedFilm) -> Reading | None:
    """Several changes in one breath; a later one holds where the one before holds. None when one of
    them was not understood.
    """
    changes: list[Change] = []
    before = Scope()
    for part in parts:
        reading = _read(text, part, film, before)
        if reading.kind in ("question", "not_drawn"):
            return reading
        if reading.patch is None:
            return None
        changes += reading.patch.changes
        before = changes[-1].scope
    return Reading("patch", Patch(tuple(changes)))


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        joins = token.kind == "joint" or token.text.casefold() in _JOINTS
        if token.kind == "stop" or joins or (token.kind == "and" and token.text == "and"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _read(
    text: str, tokens: Sequence[Token], film: EditedFilm, before: Scope | None = None
) -> Reading:
    try:
        return _read_clause(text, tokens, film, before)
    except Ask as asked:
        return asked.reading


def _read_clause(
    text: str, tokens: Sequence[Token], film: EditedFilm, before: Scope | None
) -> Reading:
    found = find_scopes(tokens)
    scope = scope_of(found, film)
    if scope is None:
        return _not_understood([token for token in tokens if token.kind in ("unit", "part")])
    if before is not None and not found.given:
        scope = before
    clause = Clause(text, film, tokens, found, scope)
    for text_rule in TEXT_RULES:
        changes = text_rule(clause)
        if changes:
            return Reading("patch", Patch(changes))
    undrawn = clause.all("undrawn")
    if undrawn:
        return _not_drawn(undrawn[0])
    unknown = clause.all("unknown")
    if unknown:
        return _unknown(text, tokens, film, unknown, before)
    for rule in RULES:
        changes = rule(clause)
        if changes:
            return Reading("patch", Patch(_placed(changes, found)))
    return _not_understood(clause.content or list(tokens))


def _placed(changes: tuple[Change, ...], found: Found) -> tuple[Change, ...]:
    """The changes, those of the whole film without a scope that an earlier clause left."""
    return tuple(
        replace(change, scope=Scope())
        if change.attribute in _SCOPELESS and not found.given
        else change
        for change in changes
    )


def _unknown(
    text: str,
    tokens: Sequence[Token],
    film: EditedFilm,
    unknown: Sequence[Token],
    before: Scope | None,
) -> Reading:
    """A single unknown word that stands where a name may: asked for; else named as it is."""
    if len(unknown) == 1 and len(unknown[0].text) > 1:
        name = replace(unknown[0], kind="person", value="nobody")
        tried = [name if token is unknown[0] else token for token in tokens]
        reading = _read(text, tried, film, before)
        if reading.kind == "question" and reading.words == (name.text,):
            return reading
    return _not_understood([_with_neighbours(token, tokens) for token in unknown])


def _with_neighbours(unknown: Token, tokens: Sequence[Token]) -> Token:
    """An unknown Chinese stretch with the single characters beside it, which belong to its word."""
    text = unknown.text
    if text.isascii():
        return unknown
    for token in tokens:
        single = len(token.text) == 1 and not token.text.isascii() and token.kind != "stop"
        if single and token.end == unknown.start:
            text = token.text + text
        elif single and token.start == unknown.end:
            text += token.text
    return replace(unknown, text=text)


def _not_understood(tokens: Sequence[Token]) -> Reading:
    words = tuple(dict.fromkeys(token.text for token in tokens))
    zh = "、".join(f"“{word}”" for word in words) or "这句话"
    en = ", ".join(f"“{word}”" for word in words) or "this"
    return Reading(
        "not_understood",
        message=Text(
            f"没有听懂{zh}。什么也没有改。", f"I did not understand {en}. Nothing changed."
        ),
        words=words,
    )


def _not_drawn(token: Token) -> Reading:
    kind, _, nearest = token.value.partition(": ")
    options = tuple(nearest.split())
    names = [
        spoken_value(kind, option) if kind != "style" else ("水墨", "ink") for option in options
    ]
    zh, en = "、".join(name for name, _ in names), ", ".join(name for _, name in names)
    return Reading(
        "not_drawn",
        message=Text(
            f"画不出“{token.text}”，最接近的是：{zh}。什么也没有改。",
            f"“{token.text}” cannot be drawn; the nearest there is: {en}. Nothing changed.",
        ),
        words=(token.text,),
        options=options,
    )
