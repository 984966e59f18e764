"""A language model's patch is held against the film like any other."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from generation.editing import read_edit
from generation.editing.model import ask_for_patch, patch_schema
from generation.providers import ProviderError
from generation.values import to_json
from tests.generation.editing.films import film


class Written:
    """A provider that answers what it was given, and keeps what it was asked."""

    name = "written"

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer, self.asked = answer, ""

    def complete(self, instruction: str, data: str, schema: dict[str, Any]) -> dict[str, Any]:
        self.asked = data
        jsonschema.validate(self.answer, schema)
        return self.answer


def test_the_schema_takes_every_patch_of_the_grammar() -> None:
    from tests.generation.editing.test_an_edit_in_plain_words import phrases

    validator = jsonschema.Draft202012Validator(patch_schema(film("zh")))
    validator.check_schema(validator.schema)
    for text, _ in phrases("zh"):
        reading = read_edit(text, film("zh"))
        if reading.patch is not None:
            provider = Written({**to_json(reading.patch), "not_understood": []})
            assert ask_for_patch(text, film("zh"), provider).patch == reading.patch
            assert "阿青" in provider.asked and "lakeside" in provider.asked


@pytest.mark.parametrize(
    "spoilt",
    [{"value": "gothic"}, {"attribute": "expression", "value": "joy"},
     {"scope": {"unit": "scene", "numbers": [], "part": "all"}}],
)  # fmt: skip
def test_what_the_stage_cannot_draw_or_nobody_wears_is_refused(spoilt: dict[str, Any]) -> None:
    change = {"attribute": "place", "scope": {"unit": "film", "numbers": [], "part": "all"},
              "people": [], "degree": "set", "value": "temple", "old": "", "to": None,
              "line": 0} | spoilt  # fmt: skip
    with pytest.raises(ProviderError, match="does not fit"):
        ask_for_patch("…", film("en"), Written({"changes": [change], "not_understood": []}))


def test_a_model_that_does_not_understand_says_so() -> None:
    reading = ask_for_patch("…", film("en"), Written({"changes": [], "not_understood": ["mood"]}))
    assert reading.kind == "not_understood" and reading.words == ("mood",)
