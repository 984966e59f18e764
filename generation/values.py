"""Frozen values to JSON and back, and their digests.

Every artefact of the engine is stored under the digest of the values that it was made from, so the
bytes of a value must be one and the same on every machine: keys sorted, no blanks, ASCII escapes,
no NaN. Reading is strict, because people edit this JSON and language models write it: a missing or
unknown field, a wrong type or a word outside a ``Literal`` is a ``ValueError`` that names the
place.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """A dataclass (or tuple, mapping, number, text, None) as plain JSON data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a number that JSON can hold")
        return value
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def canonical(value: Any) -> bytes:
    """The one byte string of a value: what its digest is taken over."""
    return json.dumps(
        to_json(value), sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("ascii")


def digest(*parts: Any) -> str:
    """SHA-256 over the canonical form of the parts, as 64 hex digits."""
    return hashlib.sha256(canonical(list(parts))).hexdigest()


def from_json(kind: type[T], data: Any) -> T:
    """Read ``kind`` (a dataclass of this engine) from JSON data; ``ValueError`` names the field at
    fault.
    """
    return cast(T, _read(kind, data, kind.__name__))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, data: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin is Literal:
        if data not in get_args(kind):
            raise ValueError(
                f"{where}: {data!r} is not one of {', '.join(map(str, get_args(kind)))}"
            )
        return data
    if origin in (Union, types.UnionType):
        options = get_args(kind)
        if data is None and type(None) in options:
            return None
        (only,) = (option for option in options if option is not type(None))
        return _read(only, data, where)
    if origin is tuple:
        if not isinstance(data, list | tuple):
            raise ValueError(f"{where}: a list is wanted, not {type(data).__name__}")
        item = get_args(kind)[0]
        return tuple(_read(item, entry, f"{where}[{index}]") for index, entry in enumerate(data))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, data, where)
    return _read_scalar(kind, data, where)


def _read_dataclass(kind: type, data: Any, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise ValueError(f"{where}: an object is wanted, not {type(data).__name__}")
    fields = {field.name: field for field in dataclasses.fields(kind)}
    unknown = sorted(set(data) - set(fields))
    if unknown:
        raise ValueError(f"{where}: unknown field {unknown[0]!r}")
    values = {}
    for name, field in fields.items():
        if name in data:
            values[name] = _read(_hints(kind)[name], data[name], f"{where}.{name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise ValueError(f"{where}: field {name!r} is missing")
    return kind(**values)


def _read_scalar(kind: Any, data: Any, where: str) -> Any:
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        if not math.isfinite(data):
            raise ValueError(f"{where}: {data} is not a finite number")
        return float(data)
    if kind is int and isinstance(data, int) and not isinstance(data, bool):
        return data
    if kind is bool and isinstance(data, bool):
        return data
    if kind is str and isinstance(data, str):
        return data
    raise ValueError(f"{where}: {kind.__name__} is wanted, not {type(data).__name__}")
