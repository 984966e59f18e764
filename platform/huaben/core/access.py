"""Who may do what, said once for each act.

A policy is a ``rules`` permission, named ``app.verb_noun`` and added in the app's ``policies.py``.
A view names the policy that opens it (``requires``), or that it is open to everyone (``AllowAny``);
a view that says nothing stays shut. An object that a policy keeps from somebody does not exist for
them: ``find_allowed`` raises NotFound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import rules
from django.db.models import Model, QuerySet
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from .problems import NotFound, Refused
from .types import Requester

if TYPE_CHECKING:  # it reads the default permission class of this very module
    from rest_framework.views import APIView

M = TypeVar("M", bound=Model)


@rules.predicate
def signed_in(user: Requester | None) -> bool:
    """Somebody with an account that is active."""
    return bool(user is not None and user.is_authenticated and user.is_active)


def has_role(*names: str) -> rules.Predicate:
    """A predicate: the person holds one of these roles."""

    @rules.predicate(name="has_role:" + "|".join(names))
    def check(user: Requester | None) -> bool:
        return bool(signed_in(user) and set(names) & set(getattr(user, "roles", ())))

    return check


def may(user: Requester, policy: str, thing: object = None) -> bool:
    """Whether a policy lets ``user`` do this (with ``thing``). A policy that does not exist lets
    nobody.
    """
    return rules.perm_exists(policy) and bool(rules.has_perm(policy, user, thing))


def ensure(user: Requester, policy: str, thing: object = None) -> None:
    """Raise Refused unless the policy allows it: for things whose existence the person knows."""
    if not may(user, policy, thing):
        raise Refused


def find_allowed(rows: QuerySet[M], user: Requester, policy: str, **lookup: object) -> M:
    """The one row of ``lookup`` that ``user`` may act on; NotFound when there is none or it is
    another person's.
    """
    thing = rows.filter(**lookup).first()
    if thing is None or not may(user, policy, thing):
        raise NotFound
    return thing


class DenyAll(BasePermission):
    """The default of every view."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


def requires(policy: str) -> type[BasePermission]:
    """The permission class of views that a policy opens. Checked without an object; objects are
    found by ``find_allowed``.
    """

    class Requires(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            return may(request.user, policy)

    Requires.__name__ = f"Requires_{policy.replace('.', '_')}"
    Requires.policy = policy  # type: ignore[attr-defined]
    return Requires
