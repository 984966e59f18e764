"""Policies about one's own account."""

import rules

from huaben.core.access import signed_in

rules.add_perm("accounts.change_profile", signed_in)
