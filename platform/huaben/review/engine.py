"""The moderation engine as this installation uses it: settings are read here and passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from django.conf import settings

from huaben.catalog.models import Cut
from huaben.catalog.words import Kind, ObjectWords
from huaben.speech.engine import get_text_models
from moderation.labels import TEST_PROPAGATOR, ProducerCode
from moderation.pipeline import moderate
from moderation.types import Report, Submission, TextLine

from .sandbox import inspect_video


def propagator_code() -> ProducerCode:
    """The platform's producer code as propagator: from settings, or the test operator's, which says
    so on its face.
    """
    code = settings.AIGC_PROPAGATOR_CODE
    return ProducerCode.parse(code) if code else TEST_PROPAGATOR


def moderate_cut(
    cut: Cut,
    words: Sequence[ObjectWords],
    film: Path,
    *,
    on_progress: Callable[[float, str], None],
    check: Callable[[], None],
) -> Report:
    """Moderate a Cut's ``words``, pictures, sound and label. ``film`` is a local copy of its own
    bytes.

    ``on_progress(share, stage)``: ``share`` in 0–1. ``check`` is called now and then and may raise
    to stop. Raises Problem for a film that cannot be checked.
    """
    assert cut.asset is not None
    models = get_text_models()
    return moderate(
        _submission(cut, words, film),
        models.policy,
        classifier=models.classifier,
        lexicon=models.lexicon,
        inspect=partial(inspect_video, seconds=cut.asset.duration_ms / 1000, check=check),
        on_progress=on_progress,
    )


def _submission(cut: Cut, words: Sequence[ObjectWords], film: Path) -> Submission:
    texts = {kind: [entry.words for entry in words if entry.kind == kind] for kind in Kind}
    [[title, synopsis]], [[episode_title]] = texts[Kind.SERIES], texts[Kind.EPISODE]
    return Submission(
        title=f"{title} {episode_title}",
        synopsis=synopsis,
        # A choice is read where dialogue is: between two scenes, in the story's own voice.
        script=tuple(TextLine(text) for text, _ in texts[Kind.CHOICE])
        + tuple(
            TextLine(
                str(line.get("text", "")),
                _seconds(line.get("start_ms")),
                _seconds(line.get("end_ms")),
            )
            for line in cut.script
        ),
        media=film,
        declared=cut.declaration == Cut.Declaration.AI,
    )


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
