"""How a told film opens: the words that are heard before it begins at the beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.story.facts.types import EventFact, Facts, Span
from generation.story.telling import filling
from generation.story.telling.beats import Settings, as_beat, beat_of
from generation.story.telling.clauses import Stretch, clause_at
from generation.story.types import Beat

_LEADS = re.compile(r"^(?:但是|可是|然而|不过|但|可|而|And |But |Yet )", re.IGNORECASE)
_FEW_STRETCHES = 3
_HOOKS = ("turn", "quote", "opening", "middle", "aside")


def hook_of(
    facts: Facts,
    stretches: Sequence[Stretch],
    chosen: Sequence[Span],
    settings: Settings,
    seed: int,
) -> Beat | None:
    """The words that open the film before it begins at the beginning; None: it opens with its first
    clause. Never the outcome, and never what comes first anyway.
    """
    kind = _HOOKS[seed % len(_HOOKS)]
    options: dict[str, Span] = {}
    teaser: Beat | None = None
    told = [event for event in facts.events
            if any(span.start <= event.span.start < span.end for span in chosen)]  # fmt: skip
    for event in told:
        sentence = next(s for s in chosen if s.start <= event.span.start < s.end)
        if event.turn and not event.outcome and "turn" not in options:
            options["turn"] = _opening(facts, sentence, event)
        elif event.turn and teaser is None:
            teaser = _teaser(facts, sentence, event, settings)
        if event.quoted and "quote" not in options and event.quoted in facts.said(event.span):
            at = facts.text.index(event.quoted, event.span.start)
            options["quote"] = Span(at, at + len(event.quoted))
    first = stretches[0]
    inner = [stretch for stretch in stretches[1:-1] if stretch.end - stretch.start >= 6]
    if inner:
        middle = inner[seed % len(inner)]
        options["middle"] = Span(middle.start, middle.end)
    if len(stretches) <= _FEW_STRETCHES:  # what is heard twice must lie apart
        options.clear()
    if kind == "aside" and (aside := filling.opening(facts, settings.at(0, first.end), seed)):
        return aside
    if kind in ("turn", "middle") and kind not in options and teaser is not None:
        return teaser
    span = options.get(kind) or (options.get("turn") if kind != "opening" else None)
    if span is None or span.start < first.end:
        # A sentence or two begin better with who it is about than with themselves.
        few = len(stretches) <= _FEW_STRETCHES
        return filling.opening(facts, settings.at(0, first.end), seed) if few else None
    stretch = Stretch(span.start, span.end, 0)
    beat = beat_of(facts, stretch, settings)
    speaker = next((event.agent for event in told
                    if event.quoted and options.get("quote") == span), None)  # fmt: skip
    return replace(as_beat(beat, "hook", 0.8), speaker=speaker or beat.speaker,
                   emotion=beat.emotion if beat.emotion != "calm" else "surprise")  # fmt: skip


def _teaser(
    facts: Facts,
    sentence: Span,
    event: EventFact,
    settings: Settings,
) -> Beat | None:
    """The turning clause broken off at its verb, where the rest of it is the outcome."""
    clause = clause_at(facts.text, sentence, event.span.start)
    at = facts.text.find(event.verb, event.span.start, clause.end)
    end = at + len(event.verb)
    if at < 0 or clause.start <= sentence.start or end - clause.start < 5 or clause.end - end < 2:
        return None
    beat = beat_of(facts, Stretch(clause.start, end, 0), settings)
    said = facts.text[clause.start : end] + ("……" if facts.language == "zh" else " …")
    return replace(as_beat(beat, "hook", 0.8), told=said, summary=said, start=0, end=0,
                   emotion="surprise")  # fmt: skip


def _opening(facts: Facts, sentence: Span, event: EventFact) -> Span:
    """The turning clause as it can stand alone: without the conjunction before its subject, with
    the clause before it when it has no subject of its own.
    """
    clause = clause_at(facts.text, sentence, event.span.start)
    said = facts.text[clause.start : clause.end]
    lead = _LEADS.match(said)
    if lead and len(said) - lead.end() >= 4:
        return Span(clause.start + lead.end(), clause.end)
    if re.match(r"[却竟]", said) and clause.start > sentence.start:
        before = clause_at(facts.text, sentence, clause.start - 2)
        return Span(before.start, clause.end)
    return clause
