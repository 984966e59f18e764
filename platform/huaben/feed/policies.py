"""Who may have a model trained."""

import rules

from huaben.core.access import has_role

rules.add_perm("feed.train_model", has_role("operator"))
