"""From a presenter's dataclass to the answer on the wire, and to its schema.

An app's ``presenters.py`` returns frozen dataclasses. Their fields are the one telling of what an
answer looks like: the serializer, the OpenAPI component (named as the class) and the front end's
types are made from them, and every answer goes out through ``respond``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Choices
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework_dataclasses.field_utils import TypeInfo
from rest_framework_dataclasses.serializers import DataclassSerializer

_serializers: dict[type, type[serializers.Serializer[Any]]] = {}
_page_serializers: dict[type, type[serializers.Serializer[Any]]] = {}


def described(text: str) -> dict[str, Any]:
    """The metadata of a field that the schema describes.

    ``number: str = field(metadata=described("…"))``.
    """
    return {"serializer_kwargs": {"help_text": text}}


class _FieldBuilder(DataclassSerializer[Any]):
    """Reads a dataclass as something that is answered: every field is there, null or not."""

    def build_typed_field(
        self, field_name: str, type_info: TypeInfo, extra_kwargs: dict[str, Any]
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        field_class, kwargs = super().build_typed_field(field_name, type_info, extra_kwargs)
        kwargs.pop("required", None)
        return field_class, kwargs

    def build_standard_field(
        self, field_name: str, type_info: TypeInfo
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        if type_info.base_type in (Any, object):
            return serializers.JSONField, {}
        return super().build_standard_field(field_name, type_info)

    def build_enum_field(
        self, field_name: str, type_info: TypeInfo
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        if issubclass(type_info.base_type, Choices):
            return serializers.ChoiceField, {"choices": type_info.base_type.choices}
        return super().build_enum_field(field_name, type_info)

    def build_dataclass_field(
        self, field_name: str, type_info: TypeInfo
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        return serializer_of(type_info.base_type), {}


def serializer_of(shape: type) -> type[serializers.Serializer[Any]]:
    """The serializer of a dataclass; ``SeriesCard`` gives the component ``SeriesCard``."""
    if shape not in _serializers:
        _serializers[shape] = _build_serializer(shape)
    return _serializers[shape]


def _build_serializer(shape: type) -> type[serializers.Serializer[Any]]:
    fields = _FieldBuilder(dataclass=shape).get_fields()
    return type(
        f"{shape.__name__}Serializer",
        (serializers.Serializer,),
        {"__doc__": shape.__doc__, "__module__": shape.__module__, **fields},
    )


def page_serializer(shape: type) -> type[serializers.Serializer[Any]]:
    """The serializer of one page of a list: ``{"results": [shape], "next_cursor": str | null}``.

    ``shape`` is a presenter's dataclass, or a serializer class.
    """
    if shape not in _page_serializers:
        _page_serializers[shape] = _build_page_serializer(shape)
    return _page_serializers[shape]


def _build_page_serializer(shape: type) -> type[serializers.Serializer[Any]]:
    item = shape if issubclass(shape, serializers.BaseSerializer) else serializer_of(shape)
    name = item.__name__.removesuffix("Serializer") + "Page"
    return type(
        f"{name}Serializer",
        (serializers.Serializer,),
        {"results": item(many=True), "next_cursor": serializers.CharField(allow_null=True)},
    )


def as_json(value: Any) -> Any:
    """A presenter's dataclass as plain data, exactly as an answer or a socket carries it."""
    return serializer_of(type(value))(value).data


def respond(value: Any, *, status: int = 200) -> Response:
    """Answer with a presenter's dataclass."""
    return Response(as_json(value), status=status)


def respond_page(shape: type, results: Iterable[Any], next_cursor: str | None) -> Response:
    """Answer with one page of ``shape``."""
    page = {"results": results, "next_cursor": next_cursor}
    return Response(page_serializer(shape)(page).data)


def respond_list(shape: type, results: Iterable[Any]) -> Response:
    """Answer with a whole list of ``shape``."""
    return Response(serializer_of(shape)(results, many=True).data)
