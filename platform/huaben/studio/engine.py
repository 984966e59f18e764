"""How the platform reaches the generation engine.

Nothing heavy is imported before it is asked for, so that the web process stays light.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from generation.providers import TextProvider
from generation.store import Store
from huaben.core.localized import LocalizedText

if TYPE_CHECKING:  # loads all of the engine
    from generation.pipeline import Settings as PipelineSettings

    from .models import Project

OFFLINE_ENGINE = LocalizedText("离线引擎：不含语言模型", "offline engine: no language model")


def artefact_store() -> Store:
    """Where every artefact of every project is stored by its digest."""
    return Store(Path(settings.GENERATION_STORE))


def engine_label() -> LocalizedText:
    """What writes outlines and scripts: the language model's name, or the offline engine."""
    provider = text_provider()
    return LocalizedText(provider.name, provider.name) if provider is not None else OFFLINE_ENGINE


def text_provider() -> TextProvider | None:
    """The language model that writes outlines and scripts when one is set up, or None."""
    if not settings.TEXT_PROVIDER_URL:
        return None
    from generation.providers.chat import ChatProvider

    return ChatProvider(
        base_url=settings.TEXT_PROVIDER_URL,
        model=settings.TEXT_PROVIDER_MODEL,
        key=settings.TEXT_PROVIDER_KEY,
        store=artefact_store(),
        allow_private=settings.TEXT_PROVIDER_MAY_BE_PRIVATE,
    )


def ensure_typeface() -> Path:
    """The typeface of titles and subtitles. Merged on first use, which takes half a minute.

    Raises TypefaceNotFound.
    """
    from generation.typeface import find_typeface

    return find_typeface(settings.TYPEFACE_FOLDERS, Path(settings.VAR) / "face")


def pipeline_settings(project: Project, *, typeface: Path | None = None) -> PipelineSettings:
    """What a project asks of the engine; ``typeface`` when a film is to be drawn."""
    from generation.pipeline import Settings as PipelineSettings
    from generation.storyboarding import PictureFormat

    from .story import corrections_of, kind_of

    return PipelineSettings(
        seconds=float(project.seconds),
        seed=project.seed,
        language="en" if project.language == "en" else "zh",
        picture=PictureFormat(*settings.STUDIO_PICTURE),
        producer=settings.AIGC_PRODUCER_CODE or None,
        typeface=typeface,
        provider=text_provider(),
        kind=kind_of(project),
        corrections=corrections_of(project),
        models=Path(settings.MODELS_FOLDER),
    )
