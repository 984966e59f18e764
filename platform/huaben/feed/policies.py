"""Who may have a model trained, and who sees what looks bought."""

import rules

from huaben.core.access import has_role

rules.add_perm("feed.train_model", has_role("operator"))
# Figures that speak for somebody who wants to be seen.
rules.add_perm("feed.see_suspicion", has_role("moderator", "operator"))
