"""Twenty tales: what the film says of them are the tales' own sentences, in their order."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from generation.story import drafting
from generation.story.telling import sentences_of
from tests.generation.test_story import reading_time

TALES: dict[str, str] = {
    tale["title"]: tale["text"]
    for tale in tomllib.loads(
        (Path(__file__).parent / "data" / "tales.toml").read_text(encoding="utf-8")
    )["tales"]
}


@pytest.mark.parametrize("title", sorted(TALES))
@pytest.mark.parametrize("seconds", [30, 90])
def test_what_is_told_are_the_tales_own_sentences(title: str, seconds: float) -> None:
    text = TALES[title]
    outline = drafting.make_outline(text, seconds=seconds, seed=0, kind="prose")
    script = drafting.write_script(outline, reading_time)
    assert outline.material == "told"
    told = [
        line
        for scene in script.scenes
        if scene.operator not in ("hook", "aside")
        for line in scene.lines
    ]
    assert told and all(text[line.start : line.end] == line.text for line in told)
    assert [line.start for line in told] == sorted(line.start for line in told)
    said = "".join(line.text for scene in script.scenes for line in scene.lines)
    sentences = [text[span.start : span.end] for span in sentences_of(text)]
    whole = sum(_letters(sentence) in _letters(said) for sentence in sentences)
    assert whole >= (len(sentences) if seconds == 90 else 2)


def test_the_last_sentence_of_a_tale_is_the_last_that_is_told() -> None:
    for title, text in TALES.items():
        outline = drafting.make_outline(text, seconds=30, seed=0, kind="prose")
        script = drafting.write_script(outline, reading_time)
        assert text.rstrip('。.”"’').endswith(script.scenes[-1].lines[-1].text.rstrip('。.”"’')), (
            title
        )


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
