"""Making accounts, roles, and shutting accounts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem, Refused
from huaben.core.rooms import announce_access_change
from huaben.core.types import Requester

from ..models import Role, User, Viewer
from ..names import clean_display_name
from ..signals import name_changed, viewer_merged


def get_or_create_viewer(*, user: Requester) -> Viewer:
    """The viewer behind an account, created on first use."""
    viewer, _ = Viewer.objects.get_or_create(user_id=user.pk)
    return viewer


def ensure_viewer(*, viewer_id: UUID) -> Viewer:
    """The row of a viewer who was only a cookie so far."""
    viewer, _ = Viewer.objects.get_or_create(pk=viewer_id)
    return viewer


def merge_viewer(*, anonymous_id: UUID, user: User) -> None:
    """Hand what a browser watched before sign-in to the account; a cookie that is somebody's
    account is left alone.
    """
    with transaction.atomic():
        anonymous = (
            Viewer.objects.select_for_update()
            .filter(pk=anonymous_id, user=None, simulated=False)
            .first()
        )
        into = get_or_create_viewer(user=user).pk
        if anonymous is None or anonymous.pk == into:
            return
        viewer_merged.send(sender=Viewer, from_id=anonymous.pk, into_id=into)


def update_profile(
    *, user: User, display_name: str | None = None, language: str | None = None
) -> User:
    """Change what others see of oneself, or one's language. None leaves a field as it is.

    Raises Problem as ``names.clean_display_name`` does; then nothing is changed.
    """
    before = user.name
    if display_name is not None:
        user.display_name = clean_display_name(display_name, of=user)
    if language is not None:
        user.language = language
    with transaction.atomic():
        user.save(update_fields=["display_name", "language"])
        if user.name != before:
            name_changed.send(sender=User, user=user)
    return user


def create_user(
    *,
    email: str,
    password: str | None,
    handle: str,
    display_name: str = "",
    roles: Sequence[str] = (),
) -> User:
    """Make an account with roles of its own and a confirmed address; of an existing one with this
    address only that is made sure.
    """
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
            email=email,
            password=password,
            handle=handle,
            display_name=display_name,
            roles=list(roles),
        )
        confirm_address(user=user)
    return user


def confirm_address(*, user: User) -> bool:
    """Have the account's address count as confirmed; returns whether it was not before."""
    address, created = EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if created or address.verified:
        return created
    if not address.set_verified():
        return False
    address.set_as_primary(conditional=True)
    return True


def settle_reset(*, user: User) -> None:
    """After a reset by mail: all sessions end, and an address that was never confirmed is now.

    Whoever had signed up with that address before is not its owner: the factors that they set up
    go. Of a confirmed account they stay, since a mailbox alone must not undo them.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        others = EmailAddress.objects.filter(user=user).exclude(email=user.email)
        if not others.exists() and confirm_address(user=user):
            Authenticator.objects.filter(user=user).delete()
        announce_access_change(user.pk)


def grant_role(*, user_id: UUID, role: str, by: User | None = None) -> User:
    """Give somebody a role; one that they hold already is left alone. ``by`` None: a command on the
    machine.

    Raises NotFound for an account that does not exist, Problem for a role that does not.
    """
    with transaction.atomic():
        user = lock_account(user_id, by)
        if _known_role(role) not in user.roles:
            user.roles = [known for known in Role.values if known in {*user.roles, role}]
            user.save(update_fields=["roles"])
    return user


def revoke_role(*, user_id: UUID, role: str, by: User) -> User:
    """Take a role from somebody. Raises Refused for one's own operator role: a house must not lose
    its last key.
    """
    with transaction.atomic():
        user = lock_account(user_id, by)
        if _known_role(role) == Role.OPERATOR and user.pk == by.pk:
            raise Refused(
                "own_operator_role",
                LocalizedText("不能取下自己的班主职责", "You cannot take your own operator role"),
            )
        if role in user.roles:
            user.roles = [held for held in user.roles if held != role]
            user.save(update_fields=["roles"])
            announce_access_change(user.pk)
    return user


def deactivate_account(*, user_id: UUID, by: User) -> User:
    """Shut an account: every session of it ends with this commit, and nobody signs in with it.

    Raises Refused for one's own, Conflict when it is shut already.
    """
    with transaction.atomic():
        user = lock_account(user_id, by)
        if user.pk == by.pk:
            raise Refused(
                "own_account",
                LocalizedText("不能停用自己的账号", "You cannot shut your own account"),
            )
        if not user.is_active:
            raise Conflict(
                "shut_already", LocalizedText("这个账号已经停用", "The account is shut already")
            )
        user.is_active = False
        user.session_generation += 1
        user.save(update_fields=["is_active", "session_generation"])
        announce_access_change(user.pk)
    return user


def reactivate_account(*, user_id: UUID, by: User) -> User:
    """Open an account again; its person signs in anew. Raises Conflict when it is open."""
    with transaction.atomic():
        user = lock_account(user_id, by)
        if user.is_active:
            raise Conflict(
                "open_already", LocalizedText("这个账号没有停用", "The account is not shut")
            )
        user.is_active = True
        user.save(update_fields=["is_active"])
    return user


def lock_account(user_id: UUID, by: User | None) -> User:
    """The account, locked, if ``by`` (None: a command on the machine) may manage people now."""
    # Whoever acts is locked too, and looked at anew: of two operators who shut each other out, one
    # comes too late.
    ids = [user_id] if by is None else [user_id, by.pk]
    locked = {
        user.pk: user for user in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    if by is not None and not (locked[by.pk].is_active and Role.OPERATOR in locked[by.pk].roles):
        raise Refused
    if user_id not in locked:
        raise NotFound
    return locked[user_id]


def _known_role(role: str) -> str:
    if role not in Role.values:
        raise Problem("unknown_role", LocalizedText("没有这个职责", "There is no such role"))
    return role
