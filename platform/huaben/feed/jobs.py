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
    "ranker": LocalizedText(
        "用留出的最近记录学习排序，并检验新模型",
        "Learning to rank on the latest, held-out days, and testing the new model",
    ),
    "save": LocalizedText("换上新模型", "Putting the new model in force"),
}


# Why a new model is not put in force.
GATES = {
    "numbers": LocalizedText(
        "新模型里有不成数的数，没有启用；旧模型照常使用",
        "The new model holds what is no number and is not put in force; the former goes on",
    ),
    "popularity": LocalizedText(
        "在留出的最近记录上，新模型还不如热门榜，没有启用；旧模型照常使用",
        "On the latest, held-out days the new model finds less than a list of the most popular and"
        " is not put in force; the former goes on",
    ),
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

    result = train_model(Path(settings.RECSYS_MODELS), progress, now=timezone.now())
    for gate in str(result.get("failed_gates", "")).split(", "):
        if gate:
            job.progress("save", len(names), len(names), note=GATES[gate])
    return result
