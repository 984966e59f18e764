"""How much one maker may have in the works."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from huaben.accounts.models import User
from huaben.core.disk import disk_full, free_room
from huaben.core.localized import LocalizedText
from huaben.core.models import ACTIVE, Job
from huaben.core.problems import Conflict, TooSoon
from huaben.core.quotas import ensure_within_quota

from ..models import Project, ProjectStory
from ..steps import JOB_KINDS

MAX_DRAFTS = 50


def ensure_more_drafts(project: Project) -> None:
    """Raise Conflict when a project has MAX_DRAFTS drafts."""
    story = ProjectStory.objects.filter(project=project).first()
    if story is not None and len(story.drafts) >= MAX_DRAFTS:
        raise Conflict(
            "enough_drafts",
            LocalizedText(
                f"已经有 {len(story.drafts)} 个草稿，从里面选一个吧",
                f"There are {len(story.drafts)} drafts already; choose one of them",
            ),
        )


def ensure_concurrency_limit(owner: User) -> None:
    """Raise TooSoon when somebody has ``STUDIO_MAX_ACTIVE_STEPS`` steps queued or running."""
    # The row lock serialises one person's requests: two at once must not both see a free place.
    User.objects.select_for_update().get(pk=owner.pk)
    if (
        Job.objects.filter(owner=owner, kind__in=JOB_KINDS.values(), state__in=ACTIVE).count()
        >= settings.STUDIO_MAX_ACTIVE_STEPS
    ):
        title = LocalizedText(
            "手上正在做的够多了，等一件做完再来",
            "Enough is in the works already; go on when one of them is done",
        )
        raise TooSoon("enough_in_the_works", title, wait=30)


def ensure_may_render(owner: User) -> None:
    """Raise TooSoon above the quota of renders, Problem (507) when the disk has no room left."""
    renders = Job.objects.filter(owner=owner, kind=JOB_KINDS["render"])
    ensure_within_quota("render", owner_id=owner.pk, made=renders)
    store = Path(settings.GENERATION_STORE)
    store.mkdir(parents=True, exist_ok=True)
    if free_room(store) <= 0:
        raise disk_full()


def ensure_daily_limit(owner: User) -> None:
    """Raise TooSoon when somebody began ``STUDIO_MAX_PROJECTS_PER_DAY`` within 24 hours."""
    User.objects.select_for_update().get(pk=owner.pk)
    since = timezone.now() - timedelta(days=1)
    begun = Project.objects.filter(owner=owner, created_at__gt=since)
    if begun.count() >= settings.STUDIO_MAX_PROJECTS_PER_DAY:
        title = LocalizedText(
            "今天开的本子够多了，明天再来",
            "You have begun enough for one day; please come back tomorrow",
        )
        oldest = begun.order_by("created_at").values_list("created_at", flat=True)[0]
        raise TooSoon("enough_for_today", title, wait=(oldest - since).total_seconds())
