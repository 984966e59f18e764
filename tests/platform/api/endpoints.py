"""Every endpoint of the OpenAPI schema, with the view that serves it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from drf_spectacular.generators import SchemaGenerator

PREFIX = "/api/v1/"


@dataclass(frozen=True)
class Endpoint:
    """One method of one path."""

    method: str
    path: str
    view: Any

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, **ids: Any) -> str:
        """The path with ids filled in; any that are not given are of nobody's."""

        def fill(match: re.Match[str]) -> str:
            name = match[1]
            if name in ids:
                return str(ids[name])
            if name == "number":
                return "0"
            if name == "seed":
                return "7"
            return str(uuid.uuid4()) if name.endswith("_id") else "nothing-of-the-kind"

        return re.sub(r"{(\w+)}", fill, self.path)


def every_endpoint() -> list[Endpoint]:
    """All endpoints that the schema knows, in order."""
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    found = [
        Endpoint(method, path, getattr(callback, "cls", None))
        for path, _, method, callback in generator.endpoints
        if path.startswith(PREFIX)
    ]
    return sorted(found, key=lambda endpoint: (endpoint.path, endpoint.method))
