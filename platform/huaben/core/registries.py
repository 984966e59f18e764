"""How an app asks upward without knowing who answers.

The app that asks declares a ``Registry``; an app above registers its answer in a module that
``core.apps.WIRED_MODULES`` names, so that it is there when the process starts. ``manage.py wiring``
prints every registry with its answers.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_registries: list[Registry[Any]] = []


class Registry(Generic[T]):
    """Answers by key. Registering a key again replaces its answer."""

    def __init__(self, name: str) -> None:
        """``name``: ``app.what_is_asked``, as ``manage.py wiring`` prints it."""
        self.name = name
        self._answers: dict[str, T] = {}
        _registries.append(self)

    def register(self, key: str) -> Callable[[T], T]:
        """``@registry.register("key")``, or ``registry.register("key")(function)``."""

        def add(answer: T) -> T:
            self._answers[key] = answer
            return answer

        return add

    @contextmanager
    def overridden(self, answers: Mapping[str, T]) -> Iterator[None]:
        """Only ``answers``, as long as the block lasts: for tests of the app that asks."""
        before, self._answers = self._answers, dict(answers)
        try:
            yield
        finally:
            self._answers = before

    def get(self, key: str) -> T | None:
        """The answer registered under ``key``, or None."""
        return self._answers.get(key)

    def __getitem__(self, key: str) -> T:
        return self._answers[key]

    def __contains__(self, key: object) -> bool:
        return key in self._answers

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def items(self) -> ItemsView[str, T]:
        """Keys with their answers, in order of registration."""
        return self._answers.items()

    def values(self) -> ValuesView[T]:
        """Answers in order of registration."""
        return self._answers.values()


def registries() -> list[Registry[Any]]:
    """Every registry that was declared, in order of declaration."""
    return list(_registries)
