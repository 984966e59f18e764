"""The engine's errors as problems that a person can read. Importing this loads the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generation import pipeline
from generation.providers import ProviderError
from generation.providers.ledger import CallCutOff
from generation.rendering import RenderError
from generation.story.types import UnsuitableIdea
from generation.typeface import TypefaceNotFound
from huaben.core.jobs import JobCancelled, RunningJob
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

_UNSUITABLE_IDEA = {
    "too_long": LocalizedText("想法太长了，请缩短一些", "The idea is too long; please shorten it"),
    "no_words": LocalizedText(
        "里面没有一个词：用一句话说说谁想要什么，在哪里",
        "It has no words: say in a sentence who wants what, and where",
    ),
}


@contextmanager
def engine_errors_as_problems(job: RunningJob) -> Iterator[None]:
    """Raise the engine's own errors as a Problem, which ends the job with a message for its owner.

    ``Cancelled`` becomes JobCancelled or LeaseLost. A RenderError becomes a RuntimeError, and
    whatever else is raised passes: the job is tried again.
    """
    try:
        yield
    except pipeline.Cancelled as exc:
        job.check()
        raise JobCancelled from exc
    except UnsuitableIdea as exc:
        raise _unsuitable_idea(exc) from exc
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


def _unsuitable_idea(exc: UnsuitableIdea) -> Problem:
    title = LocalizedText(
        "这个想法还写不成故事，请换一种说法",
        "No story can be planned from this idea; please put it another way",
    )
    return Problem("unsuitable_idea", title, detail=_UNSUITABLE_IDEA[exc.code])


def _quoted(exc: Exception) -> LocalizedText:
    """The message of the engine or a provider itself, for those who operate the site."""
    return LocalizedText(f"原话：{exc}", f"In its own words: {exc}")
