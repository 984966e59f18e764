"""Jobs of the feed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from huaben.core.jobs import RunningJob, job
from huaben.core.localized import LocalizedText
from huaben.core.types import JsonObject

# The engine's steps in order, between reading the tables and saving the model.
STEPS = {
    "read": LocalizedText("读取观看记录", "Reading what was watched"),
    "events": LocalizedText("整理记录", "Putting it in order"),
    "vectors": LocalizedText("学习口味", "Learning tastes"),
    "neighbours": LocalizedText("寻找相近的剧", "Finding series that are alike"),
    "content": LocalizedText("读懂新剧", "Understanding what is new"),
    "weights": LocalizedText(
        "用留出的最近记录调整权重", "Tuning the weights on the latest, held-out days"
    ),
    "save": LocalizedText("换上新模型", "Putting the new model in force"),
}


@job("feed.train_model", queue="train", max_attempts=3)
def run_training(job: RunningJob) -> JsonObject:
    """Train the recommender. When it is killed it begins again: the model in force is replaced only
    at the end.
    """
    from .training import train_model

    names = list(STEPS)

    def progress(step: str) -> None:
        done = names.index(step) if step in STEPS else 0
        job.progress(step, done, len(names), note=STEPS.get(step))

    return train_model(Path(settings.RECSYS_MODELS), progress, now=timezone.now())
