"""What the web process needs to know of the generation engine, without loading it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from generation.providers import TextProvider
from generation.store import Store
from huaben.core.localized import LocalizedText

ENGINE = LocalizedText("离线引擎：不含语言模型", "offline engine: no language model")


def store() -> Store:
    """Where every artefact of every project is kept by its digest."""
    return Store(Path(settings.GENERATION_STORE))


def engine_words() -> LocalizedText:
    """What the engine says of itself."""
    provider = text_provider()
    return LocalizedText(provider.name, provider.name) if provider is not None else ENGINE


def text_provider() -> TextProvider | None:
    """The language model that writes outlines and scripts when one is set up, or None."""
    if not settings.TEXT_PROVIDER_URL:
        return None
    from generation.providers.chat import ChatProvider

    return ChatProvider(
        base_url=settings.TEXT_PROVIDER_URL,
        model=settings.TEXT_PROVIDER_MODEL,
        key=settings.TEXT_PROVIDER_KEY,
        store=store(),
        allow_private=settings.TEXT_PROVIDER_MAY_BE_PRIVATE,
    )
