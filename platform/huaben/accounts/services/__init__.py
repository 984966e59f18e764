"""Writes about people."""

from huaben.core.rooms import announce_access_change

from .deletion import delete_account
from .export import delete_expired_exports, request_export, save_export
from .name_removal import remove_display_name
from .people import (
    confirm_address,
    create_user,
    deactivate_account,
    ensure_viewer,
    get_or_create_viewer,
    grant_role,
    merge_viewer,
    reactivate_account,
    revoke_role,
    settle_reset,
    update_profile,
)
from .recovery import approve_recovery, request_recovery

__all__ = [
    "announce_access_change",
    "approve_recovery",
    "confirm_address",
    "create_user",
    "deactivate_account",
    "delete_account",
    "delete_expired_exports",
    "ensure_viewer",
    "get_or_create_viewer",
    "grant_role",
    "merge_viewer",
    "reactivate_account",
    "remove_display_name",
    "request_export",
    "request_recovery",
    "revoke_role",
    "save_export",
    "settle_reset",
    "update_profile",
]
