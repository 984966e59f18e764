"""Policies about one's own account, and about others'."""

import rules

from huaben.core.access import has_role, signed_in

rules.add_perm("accounts.change_profile", signed_in)
rules.add_perm("accounts.delete_account", signed_in)
rules.add_perm("accounts.export_data", signed_in)
rules.add_perm("accounts.manage_people", has_role("operator"))
