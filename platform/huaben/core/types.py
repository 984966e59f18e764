"""Types that the signatures of every app share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

# What ``json.loads`` gives: the body of a stored answer. Its reader knows its shape.
JsonValue: TypeAlias = Any
# The payload of a job, an event or a report, as it is stored and sent.
JsonObject: TypeAlias = Mapping[str, JsonValue]
# A row of ``QuerySet.values()``: whoever named the columns knows them.
ValuesRow: TypeAlias = Mapping[str, Any]


class Requester(Protocol):
    """Who asks: ``request.user``, signed in or not."""

    @property
    def pk(self) -> Any: ...

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def is_active(self) -> bool: ...
