"""Deleting an account: what is the person's goes, what must stay on record stays under a
pseudonym.
"""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from huaben.core.jobs import cancel_job
from huaben.core.localized import LocalizedText
from huaben.core.models import ACTIVE, Job
from huaben.core.problems import Conflict
from huaben.core.rooms import announce_access_change

from ..mails import enqueue_mail
from ..models import DataExport, NameRemoval, Role, User, Viewer, new_handle
from ..signals import account_deleted


def delete_account(*, user: User, site: str, now: datetime | None = None) -> User:
    """Delete an account with this commit: its sessions and sockets end, nobody signs in with it.

    The row stays under a pseudonym, since decisions, filings and claims name who made them; the
    address, the names and their history in the audit trail are gone. ``account_deleted`` lets each
    app delete what it holds. ``site``: the host that the last mail is signed with. Raises Conflict
    for the house's last operator.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        _ensure_not_last_operator(user)
        enqueue_mail("huaben/deleted", to=user.email, language=user.language, values={"site": site})
        viewer = Viewer.objects.filter(user=user).first()
        account_deleted.send(sender=User, user_id=user.pk, viewer_id=viewer.pk if viewer else None)
        for job_id in Job.objects.filter(owner=user, state__in=ACTIVE).values_list("pk", flat=True):
            cancel_job(job_id)
        _forget_person(user, now or timezone.now())
        announce_access_change(user.pk)
    return user


def _ensure_not_last_operator(user: User) -> None:
    if Role.OPERATOR not in user.roles:
        return
    operators = User.objects.select_for_update().filter(
        roles__contains=[Role.OPERATOR], is_active=True
    )
    if not [other for other in operators if other.pk != user.pk]:
        raise Conflict(
            "last_operator",
            LocalizedText(
                "你是最后一位班主，请先把职责交给别人，再注销",
                "You are the last operator; give the role to somebody else first",
            ),
        )


def _forget_person(user: User, now: datetime) -> None:
    files = [export.file for export in DataExport.objects.filter(user=user) if export.file]
    for related in (DataExport, EmailAddress, Authenticator, UserSession, Viewer):
        related.objects.filter(user=user).delete()
    transaction.on_commit(lambda: _delete_files(files))
    user.handle = new_handle().replace("guest", "gone")
    user.email = f"{user.handle}@deleted.invalid"
    user.display_name, user.roles, user.is_active = "", [], False
    user.deleted_at = now
    user.session_generation += 1
    user.set_unusable_password()
    user.save()
    NameRemoval.objects.filter(user=user).update(name="")
    apps.get_model("accounts", "NameRemovalEvent").objects.filter(user=user.pk).update(name="")
    apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj=user.pk).update(
        email=user.email, handle=user.handle, display_name=""
    )


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
