"""The engine at work, for the studio's jobs: settings in, its errors out as problems. Loads all of
the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from generation import pipeline
from generation.providers import ProviderError
from generation.providers.ledger import CallCutOff
from generation.rendering import RenderError
from generation.story.types import UnsuitableIdea
from generation.storyboarding import PictureFormat
from generation.typeface import TypefaceNotFound, find_typeface
from huaben.core.jobs import JobCancelled, RunningJob
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

from .engine import text_provider
from .models import Project


def face() -> Path:
    """The typeface of titles and subtitles; merged once, which takes about half a minute."""
    return find_typeface(settings.TYPEFACE_FOLDERS, Path(settings.VAR) / "face")


def engine_settings(project: Project, typeface: Path | None = None) -> pipeline.Settings:
    """What a project asks of the engine; ``typeface`` when a film is to be drawn."""
    return pipeline.Settings(
        seconds=float(project.seconds),
        seed=project.seed,
        language="en" if project.language == "en" else "zh",
        picture=PictureFormat(*settings.STUDIO_PICTURE),
        producer=settings.AIGC_PRODUCER_CODE or None,
        typeface=typeface,
        provider=text_provider(),
    )


@contextmanager
def told_to_people(job: RunningJob) -> Iterator[None]:
    """Turns the engine's own errors into what a person is told of; others are retried by the
    job.
    """
    try:
        yield
    except pipeline.Cancelled as exc:
        job.check()
        raise JobCancelled from exc
    except UnsuitableIdea as exc:
        raise unsuitable(exc) from exc
    except TypefaceNotFound as exc:
        title = LocalizedText(
            "缺少字体，无法绘制", "The typeface is missing, so nothing can be drawn"
        )
        raise Problem("no_face", title, detail=_quoted(exc)) from exc
    except CallCutOff as exc:
        title = LocalizedText(
            "上次问语言模型时断在半路，可能已经扣费，所以没有再问",
            "The last question to the language model was cut off and may have been charged, so "
            "it was not asked again",
        )
        detail = LocalizedText(
            "把想法改一个字，就会当作新的问题再问",
            "Change a word of the idea, and it is asked as a new question",
        )
        raise Problem("call_cut_off", title, detail=detail) from exc
    except ProviderError as exc:
        title = LocalizedText(
            "语言模型没有给出可用的回答，没有重复扣费",
            "The language model gave no usable answer; you are not charged twice",
        )
        raise Problem("provider_failed", title, detail=_quoted(exc)) from exc
    except RenderError as exc:
        raise RuntimeError(str(exc)) from exc
    except ValueError as exc:
        title = LocalizedText("内容有误，无法继续制作", "Something in it cannot be made")
        raise Problem("cannot_be_made", title, detail=_quoted(exc)) from exc


def unsuitable(exc: UnsuitableIdea) -> Problem:
    """An idea that nothing can be planned from."""
    title = LocalizedText(
        "这个想法还写不成故事，请换一种说法",
        "No story can be planned from this idea; please put it another way",
    )
    return Problem("unsuitable_idea", title, detail=_UNSUITABLE[exc.code])


_UNSUITABLE = {
    "too_long": LocalizedText("想法太长了，请缩短一些", "The idea is too long; please shorten it"),
    "no_words": LocalizedText(
        "里面没有一个词：用一句话说说谁想要什么，在哪里",
        "It has no words: say in a sentence who wants what, and where",
    ),
}


def _quoted(exc: Exception) -> LocalizedText:
    """What the engine or a provider said in its own words, which are for those who run the
    house.
    """
    return LocalizedText(f"原话：{exc}", f"In its own words: {exc}")
