"""How drf-spectacular describes an operation: named after its view, with a problem as default."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import is_serializer
from drf_spectacular.utils import Direction

from huaben.core.problems import CONTENT_TYPE
from huaben.core.serializers import ProblemSerializer

_VERBS = {"get": "get", "post": "post", "put": "put", "patch": "change", "delete": "delete"}


class Schema(AutoSchema):
    """drf-spectacular's, with unique operation ids and the one shape of all errors."""

    def get_operation_id(self) -> str:
        name = re.sub(
            r"(?<!^)(?=[A-Z])", "_", type(self.view).__name__.removesuffix("View")
        ).lower()
        return f"{name}_{_VERBS[self.method.lower()]}"

    def get_tags(self) -> list[str]:
        return [type(self.view).__module__.split(".")[1]]

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        answer = self.get_response_serializers()
        if self.method == "DELETE" and is_serializer(answer):  # drf-spectacular would say 204
            ok = self._get_response_for_code(answer, "200", direction=direction)  # type: ignore[no-untyped-call]
            bodies = {"200": ok}
        component = self.resolve_serializer(ProblemSerializer(), direction)
        bodies["default"] = {
            "content": {CONTENT_TYPE: {"schema": component.ref}},
            "description": "A problem (RFC 9457): 400, 401, 403, 404, 409, 429, 503.",
        }
        return bodies
