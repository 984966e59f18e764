"""Outline, script and storyboard, each made alone and stored under the digest of its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation import storyboarding
from generation.pipeline.types import Settings
from generation.store import Store
from generation.story import drafting, language_model, planner, writer
from generation.story.choosing import Draft, draft_of, is_different
from generation.story.facts import read_facts
from generation.story.facts.corrections import apply_corrections
from generation.story.material import detect_kind
from generation.story.types import Outline, Script
from generation.story.validation import ensure_valid
from generation.storyboard import Storyboard
from generation.values import from_json
from generation.voice import open_engine
from generation.voice.store import StoredMeasure, VoiceStore

MAX_TRIED_SEEDS = 24


def make_outline(idea: str, settings: Settings, store: Store) -> Outline:
    """Plan an episode. Raises ``UnsuitableIdea`` (a ``ValueError``) when the idea cannot be planned
    from.
    """
    inputs: dict[str, object] = {
        "idea": idea, "seconds": float(settings.seconds), "seed": settings.seed,
        "language": settings.language,
        "genre": settings.genre, "kind": settings.kind,
        "provider": settings.provider.name if settings.provider else None,
    }  # fmt: skip
    if settings.pinned or settings.struck:
        inputs |= {"pinned": list(settings.pinned), "struck": list(settings.struck)}
    if settings.corrections:
        inputs["corrections"] = list(settings.corrections)
    key = Store.key("outline", planner.VERSION, _cleaned(inputs))
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Outline, stored)
    if settings.provider is not None and not _is_screenplay(idea, settings):
        outline = language_model.make_outline(
            idea,
            settings.provider,
            seconds=settings.seconds,
            seed=settings.seed,
            language=settings.language,
            corrections=settings.corrections,
        )
    else:
        outline = drafting.make_outline(
            idea,
            seconds=settings.seconds,
            seed=settings.seed,
            kind=settings.kind,
            language=settings.language,
            genre=settings.genre,
            pinned=settings.pinned,
            struck=settings.struck,
            corrections=settings.corrections,
        )
    store.put_json(key, outline)
    return outline


def make_drafts(
    idea: str,
    settings: Settings,
    store: Store,
    *,
    count: int = 5,
    known: Sequence[Draft] = (),
) -> tuple[Draft, ...]:
    """Up to ``count`` drafts of an idea to choose from, from the seed of the settings on.

    Seeds whose draft opens and ends as one of these or of ``known`` does are passed over, up to
    ``MAX_TRIED_SEEDS``: a text that leaves nothing open has fewer drafts. A language model is asked
    once for each. A screenplay is filmed as it stands and has one. Raises as ``make_outline``.
    """
    taken = _is_screenplay(idea, settings)
    count = 1 if taken else count
    tried = count if taken or settings.provider is not None else MAX_TRIED_SEEDS
    facts = None if taken else apply_corrections(read_facts(idea), settings.corrections)
    found: list[Draft] = []
    for seed in range(settings.seed, settings.seed + tried):
        asked = replace(settings, seed=seed % 2**31)
        draft = draft_of(make_outline(idea, asked, store), facts)
        if is_different(draft, (*known, *found)):
            found.append(draft)
        if len(found) == count:
            break
    return tuple(found)


def open_voices(settings: Settings, store: Store) -> VoiceStore:
    """The voices that the settings ask for. ``VoiceMissing`` when they ask for one that is not
    there, ``ValueError`` for a pronunciation that is none.
    """
    engine = open_engine(settings.models, settings.voice, dict(settings.pronunciations))
    return VoiceStore(store, engine)


def make_script(outline: Outline, settings: Settings, store: Store) -> Script:
    """Write the script of an outline, timed by the voices that will speak it. ``ValueError`` for
    one that cannot be.
    """
    ensure_valid(outline)
    with open_voices(settings, store) as voices:
        return make_script_with_voices(outline, settings, store, voices)


def make_storyboard(script: Script, settings: Settings, store: Store) -> Storyboard:
    """Lay out a script in shots. ``ValueError`` for a script that is not sound."""
    ensure_valid(script)
    with open_voices(settings, store) as voices:
        return make_storyboard_with_voices(script, settings, store, voices)


def make_script_with_voices(
    outline: Outline, settings: Settings, store: Store, voices: VoiceStore
) -> Script:
    """As ``make_script``, of an outline that is known to be valid, with voices already open."""
    inputs = {
        "outline": outline,
        "voice": voices.engine.identity,
        "provider": settings.provider.name if settings.provider else None,
    }
    key = Store.key("script", writer.VERSION, inputs)
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Script, stored)

    measure = StoredMeasure(voices)
    if settings.provider is not None and _is_the_models(outline):
        script = language_model.write_script(outline, settings.provider, measure)
    else:
        script = drafting.write_script(outline, measure)
    store.put_json(key, script)
    return script


def make_storyboard_with_voices(
    script: Script, settings: Settings, store: Store, voices: VoiceStore
) -> Storyboard:
    """As ``make_storyboard``, of a script that is known to be valid, with voices already open."""
    key = Store.key(
        "storyboard",
        storyboarding.VERSION,
        {"script": script, "picture": settings.picture, "voice": voices.engine.identity},
    )
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Storyboard, stored)
    board = storyboarding.make_storyboard(script, voices.spoken, settings.picture)
    store.put_json(key, board)
    return board


def _is_screenplay(idea: str, settings: Settings) -> bool:
    """A finished screenplay is filmed as it stands: there is nothing to ask a model for."""
    return (settings.kind or detect_kind(idea)) == "screenplay"


def _is_the_models(outline: Outline) -> bool:
    """Whether a language model planned it and must write it."""
    return outline.material == "invented" and outline.premise is None


def _cleaned(inputs: dict[str, object]) -> dict[str, object]:
    """Inputs without lone surrogates, which have no UTF-8 and no meaning."""
    return {
        name: value.encode("utf-8", "ignore").decode("utf-8") if isinstance(value, str) else value
        for name, value in inputs.items()
    }
