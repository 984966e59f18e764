"""Outline, script and storyboard, each made alone and stored under the digest of its inputs."""

from __future__ import annotations

from generation import storyboarding, voice
from generation.pipeline.types import Settings
from generation.store import Store
from generation.story import drafting, language_model, planner, writer
from generation.story.material import detect_kind
from generation.story.types import Outline, Script
from generation.story.validation import ensure_valid
from generation.storyboard import Storyboard
from generation.values import from_json
from generation.voice import Utterance
from generation.voice_store import VoiceStore


def make_outline(idea: str, settings: Settings, store: Store) -> Outline:
    """Plan an episode. Raises ``UnsuitableIdea`` (a ``ValueError``) when the idea cannot be planned
    from.
    """
    inputs = {
        "idea": idea, "seconds": float(settings.seconds), "seed": settings.seed,
        "language": settings.language,
        "genre": settings.genre, "kind": settings.kind,
        "provider": settings.provider.name if settings.provider else None,
    }  # fmt: skip
    if settings.pinned or settings.struck:
        inputs |= {"pinned": list(settings.pinned), "struck": list(settings.struck)}
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
        )
    store.put_json(key, outline)
    return outline


def make_script(outline: Outline, settings: Settings, store: Store) -> Script:
    """Write the script of an outline, timed by the voices that will speak it. ``ValueError`` for
    one that cannot be.
    """
    ensure_valid(outline)
    with VoiceStore(store) as voices:
        return make_script_with_voices(outline, settings, store, voices)


def make_storyboard(script: Script, settings: Settings, store: Store) -> Storyboard:
    """Lay out a script in shots. ``ValueError`` for a script that is not sound."""
    ensure_valid(script)
    with VoiceStore(store) as voices:
        return make_storyboard_with_voices(script, settings, store, voices)


def make_script_with_voices(
    outline: Outline, settings: Settings, store: Store, voices: VoiceStore
) -> Script:
    """As ``make_script``, of an outline that is known to be valid, with voices already open."""
    inputs = {
        "outline": outline,
        "voice": voice.VERSION,
        "provider": settings.provider.name if settings.provider else None,
    }
    key = Store.key("script", writer.VERSION, inputs)
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Script, stored)

    def measure(utterance: Utterance) -> float:
        return voices.spoken(utterance).seconds

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
        {"script": script, "picture": settings.picture, "voice": voice.VERSION},
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
