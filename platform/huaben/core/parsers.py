"""How the bodies of requests are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from rest_framework.parsers import BaseParser

from .inputs import UnreadableInput, load_json
from .problems import invalid_input
from .types import JsonValue


class JsonParser(BaseParser):
    """JSON in UTF-8, whatever character set the header names, within the bounds of ``load_json``.
    Raises Problem ``invalid`` that names the place.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, object] | None = None,
    ) -> JsonValue:
        try:
            return load_json(stream.read())
        except UnreadableInput as exc:
            raise invalid_input(exc) from exc
