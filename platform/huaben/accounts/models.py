"""People, their roles, and viewers: those who watch, signed in or not."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from huaben.core.ids import new_id
from huaben.core.models import Job


class Role(models.TextChoices):
    """What somebody may be, beside watching. A person may hold several."""

    VIEWER = "viewer"
    CREATOR = "creator"
    MODERATOR = "moderator"
    FILING_ADMIN = "filing_admin"
    COPYRIGHT_ADMIN = "copyright_admin"
    OPERATOR = "operator"


def default_roles() -> list[str]:
    """Everybody who signs up may watch and make."""
    return [Role.VIEWER, Role.CREATOR]


def new_handle() -> str:
    """A handle that tells nothing of the person's address."""
    return f"guest-{secrets.token_hex(4)}"


class UserManager(BaseUserManager["User"]):
    """Makes people; the address is the login name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person with an account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    handle = models.SlugField(max_length=40, unique=True, default=new_handle)
    display_name = models.CharField(max_length=40, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=default_roles)
    language = models.CharField(
        max_length=10, default="zh", choices=[("zh", "简体中文"), ("en", "English")]
    )
    is_active: Any = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    session_generation = models.PositiveIntegerField(
        default=0, help_text="How often all sessions were ended."
    )

    deleted_at = models.DateTimeField(
        null=True, help_text="When its person deleted it; the row is a pseudonym since."
    )

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.handle

    @property
    def name(self) -> str:
        """What others see."""
        return self.display_name or self.handle

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # A session is good while this is what it was at sign-in: counting on ends them all.
        whole: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{whole}.{self.session_generation}" if self.session_generation else whole


class Viewer(models.Model):
    """Somebody who watches: a person with an account, or a browser that has a signed cookie."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, null=True, on_delete=models.CASCADE, related_name="viewer")
    simulated = models.BooleanField(
        default=False, help_text="Of the demo's simulated audience; nobody real."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class DataExport(models.Model):
    """Everything that is a person's, as one file that only they can fetch until it expires."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.CharField(max_length=200, blank=True, help_text="In the storage; empty: not yet.")
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at}"


@pghistory.track()
class FactorRecovery(models.Model):
    """Two operators remove the second factors of somebody who has lost them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, help_text="How the person showed who they are.")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at}"


@pghistory.track(model_name="NameRemovalEvent")
class NameRemoval(models.Model):
    """An operator took somebody's display name away; the handle stands in its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40, help_text='The one that was taken; "" once deleted.')
    reason = models.CharField(max_length=500, help_text="Told to the person.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField()

    class Meta:
        ordering = ["-removed_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.removed_at}"
