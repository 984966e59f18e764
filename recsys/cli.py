"""The command line of the engine. With --json, stdout is one JSON object and nothing else."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow.parquet as pq
from tqdm import tqdm

from recsys.events import DataError, read_events, read_items
from recsys.recommender import Recommender
from recsys.simulate import simulate_events
from recsys.store import ModelError, read_manifest
from recsys.training import TrainSettings, train
from recsys.types import EventKind, FeedRequest, WatchEvent

TRAIN_STEPS = 6
EVALUATE_STEPS = 6


class StepProgress:
    """Shows the names of steps: as a bar when stderr is a terminal, as lines otherwise."""

    def __init__(self, total: int) -> None:
        self._bar = tqdm(total=total, unit="step", leave=False) if sys.stderr.isatty() else None
        self._has_begun = False

    def __call__(self, step: str) -> None:
        if self._bar is None:
            sys.stderr.write(f"{step} …\n")
            return
        if self._has_begun:
            self._bar.update()
        self._has_begun = True
        self._bar.set_description(step)

    def close(self) -> None:
        """Clear the bar."""
        if self._bar is not None:
            self._bar.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 ok, 1 nothing to recommend, 2 bad input."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (DataError, ModelError, ValueError) as error:
        sys.stderr.write(f"recsys: {error}\n")
        return 2


def _train(options: argparse.Namespace) -> int:
    events, items = read_events(options.events), read_items(options.items)
    steps = StepProgress(TRAIN_STEPS)
    try:
        model = train(events, items, TrainSettings(), steps)
        steps("write")
    finally:
        steps.close()
    recommender = Recommender(model)
    folder = recommender.save(options.out)
    manifest = read_manifest(folder)
    _print_result(
        options.json,
        {"folder": str(folder)}
        | {key: manifest[key] for key in ("version", "counts", "ranker", "metrics", "digest")},
        f"{folder}: "
        + ", ".join(f"{model.counts[name]} {name}" for name in ("events", "viewers", "items")),
    )
    return 0


def _recommend(options: argparse.Namespace) -> int:
    recommender = Recommender.load(options.model)
    history: list[WatchEvent] = []
    if options.events:
        for row in read_events(options.events).to_pylist():
            if row["viewer_id"] == options.viewer:
                history.append(WatchEvent(**(row | {"kind": EventKind(row["kind"])})))
        if not history:
            sys.stderr.write(
                f"recsys: no event of viewer {options.viewer} in {options.events}; a list for a "
                "newcomer follows\n"
            )
    page = recommender.recommend(
        FeedRequest(
            history=tuple(history),
            limit=options.limit,
            seed=options.seed,
            explore_share=options.explore,
            personalised=not options.impersonal,
        )
    )
    lines = [
        f"{place:3}  {ranked.item_id}  {ranked.score:.3f}  "
        + ", ".join(
            f"{reason.kind.value} {' '.join(reason.refs)}".strip() for reason in ranked.reasons
        )
        for place, ranked in enumerate(page, start=1)
    ]
    _print_result(
        options.json,
        {
            "version": recommender.version,
            "history": len(history),
            "page": [asdict(ranked) for ranked in page],
        },
        "\n".join(lines) or "nothing left to recommend",
    )
    return 0 if page else 1


def _simulate(options: argparse.Namespace) -> int:
    items = read_items(options.items)
    latest = max((item.published_at for item in items), default=0.0)
    end = options.end if options.end is not None else latest + options.days * 86400
    table = simulate_events(
        items, options.viewers, options.per_viewer, end=end, days=options.days, seed=options.seed
    )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, options.out)
    _print_result(
        options.json,
        {
            "out": str(options.out),
            "events": len(table),
            "viewers": options.viewers,
            "simulated": True,
        },
        f"{options.out}: {len(table)} simulated events",
    )
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from recsys.evaluation import evaluate

    steps = StepProgress(EVALUATE_STEPS)
    try:
        result = evaluate(
            options.history,
            options.train,
            options.test,
            options.videos,
            min_positives=options.min_positives,
            seed=options.seed,
            sample=options.sample,
            progress=steps,
        )
    finally:
        steps.close()
    if result["dropped_train_rows"] or result["dropped_histories"]:
        sys.stderr.write(
            "left out, because they lie at or after the first test moment: "
            f"{result['dropped_train_rows']} training rows, "
            f"{result['dropped_histories']} histories\n"
        )
    _print_result(options.json, result, "\n".join(_evaluation_lines(result)))
    return 0


def _evaluation_lines(result: dict[str, Any]) -> list[str]:
    lines = [f"{result['users']} users, {result['items']} videos"]
    for name, figures in result["models"].items():
        ndcg, recall = figures["ndcg@10"], figures["recall@20"]
        line = (
            f"{name:27} NDCG@10 {ndcg['mean']:.4f} [{ndcg['low']:.4f}, {ndcg['high']:.4f}]   "
            f"Recall@20 {recall['mean']:.4f}   variety {figures['diversity@10']:.3f}   "
            f"coverage {figures['coverage@10']:.3f}   Gini {figures['gini@10']:.3f}"
        )
        if over := figures.get("served_over_this"):
            line += f"   served ÷ this {over['mean']:.3f} [{over['low']:.3f}, {over['high']:.3f}]"
        lines.append(line)
    if over := result["served_over_rank_fusion"]:
        low, high = over["low"], over["high"]
        lines.append(f"served ÷ rank_fusion {over['mean']:.3f} [{low:.3f}, {high:.3f}], paired")
    if ranker := result["ranker"]["test"]:
        lines.append(
            f"ranker: AUC {ranker['auc']:.4f}, within a user {ranker['within_user_auc']:.4f}, "
            f"calibration error {ranker['calibration_error']:.4f}"
        )
    else:
        lines.append("no ranker: too few positives to learn from; the weights rank")
    return lines


def _inspect(options: argparse.Namespace) -> int:
    recommender = Recommender.load(options.model)
    manifest = recommender.manifest
    _print_result(options.json, manifest, json.dumps(manifest, ensure_ascii=False, indent=1))
    return 0


def _print_result(as_json: bool, data: dict[str, Any], text: str) -> None:
    sys.stdout.write((json.dumps(data, ensure_ascii=False) if as_json else text) + "\n")


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="recsys", description="Recommender engine: watch behaviour in, ranked items out."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_train, _add_recommend, _add_inspect, _add_simulate, _add_evaluate):
        command = add(commands)
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_train(commands: _Commands) -> argparse.ArgumentParser:
    command = commands.add_parser("train", help="train a model and put it in force")
    command.add_argument(
        "--events", type=Path, required=True, help="watch events, .parquet or .jsonl"
    )
    command.add_argument("--items", type=Path, required=True, help="episodes, .parquet or .jsonl")
    command.add_argument("--out", type=Path, required=True, help="root folder of the models")
    command.set_defaults(command=_train)
    return command


def _add_recommend(commands: _Commands) -> argparse.ArgumentParser:
    command = commands.add_parser("recommend", help="one page for one viewer")
    command.add_argument(
        "--model", type=Path, required=True, help="a model's folder, or the root of the models"
    )
    command.add_argument(
        "--events", type=Path, help="where the viewer's history is, .parquet or .jsonl"
    )
    command.add_argument("--viewer", default="", help="the viewer's id in that file")
    command.add_argument("--limit", type=int, default=10)
    command.add_argument("--seed", type=int, default=0)
    command.add_argument(
        "--explore",
        type=float,
        default=0.1,
        help="part of the page for little-seen episodes, 0 to 1",
    )
    command.add_argument(
        "--impersonal", action="store_true", help="a list that is not based on personal traits"
    )
    command.set_defaults(command=_recommend)
    return command


def _add_inspect(commands: _Commands) -> argparse.ArgumentParser:
    command = commands.add_parser("inspect", help="check a model's files and show its manifest")
    command.add_argument(
        "--model", type=Path, required=True, help="a model's folder, or the root of the models"
    )
    command.set_defaults(command=_inspect)
    return command


def _add_simulate(commands: _Commands) -> argparse.ArgumentParser:
    command = commands.add_parser(
        "simulate", help="make the events of a simulated audience for a catalogue"
    )
    command.add_argument("--items", type=Path, required=True, help="episodes, .parquet or .jsonl")
    command.add_argument("--out", type=Path, required=True, help="where the events go, .parquet")
    command.add_argument("--viewers", type=int, default=200)
    command.add_argument(
        "--per-viewer", type=float, default=20.0, help="episodes shown to each, on average"
    )
    command.add_argument("--days", type=float, default=30.0)
    command.add_argument(
        "--end",
        type=float,
        help="Unix seconds of the last event; by default --days after the last episode",
    )
    command.add_argument("--seed", type=int, default=0)
    command.set_defaults(command=_simulate)
    return command


def _add_evaluate(commands: _Commands) -> argparse.ArgumentParser:
    command = commands.add_parser(
        "evaluate", help="compare all models on a watch log in KuaiRand's columns"
    )
    command.add_argument(
        "--history", type=Path, required=True, help="sequences per user before the log, .parquet"
    )
    command.add_argument(
        "--train", type=Path, required=True, help="impressions to learn from, .parquet"
    )
    command.add_argument(
        "--test", type=Path, required=True, help="later impressions to compare on, .parquet"
    )
    command.add_argument("--videos", type=Path, required=True, help="all videos, .parquet")
    command.add_argument(
        "--min-positives", type=int, default=5, help="long views a user needs in training"
    )
    command.add_argument(
        "--sample",
        type=int,
        default=2000,
        help="users to compare the switched-off stages on, 0 for all",
    )
    command.add_argument("--seed", type=int, default=7)
    command.set_defaults(command=_evaluate)
    return command
