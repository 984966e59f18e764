"""How well the served pages find what people then watch, on a real log (KuaiRand-Pure), against the
baselines in the same run.

Needs the folder `kuairand/` under HUABEN_DATA: `earlier_sequences.parquet`, `impressions.parquet`,
`videos.parquet`. Trains on the days
before 1 May 2022 and compares on the rest; nothing is tuned on those. Without the data it says so
and claims nothing.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from recsys.evaluation import evaluate

TEST_FROM = datetime(2022, 5, 1, tzinfo=timezone(timedelta(hours=8)))
BAR = 1.25
WITHOUT = "HUABEN_DATA names no folder with kuairand/ in it: nothing measured"


def main() -> None:
    """Print one JSON line."""
    folder = Path(os.environ.get("HUABEN_DATA", "")) / "kuairand"
    head = {"benchmark": "recsys_quality", "unit": "NDCG@10 of the served pages", "bar": BAR}
    if "HUABEN_DATA" not in os.environ or not folder.is_dir():
        print(json.dumps(head | {"value": None, "ratio": None, "ok": None, "why": WITHOUT}))
        return
    log = pq.read_table(folder / "impressions.parquet")
    later = pc.greater_equal(log["time_ms"], int(TEST_FROM.timestamp() * 1000))
    with tempfile.TemporaryDirectory() as scratch:
        train, test = Path(scratch) / "train.parquet", Path(scratch) / "test.parquet"
        pq.write_table(log.filter(pc.invert(later)), train)
        pq.write_table(log.filter(later), test)
        result = evaluate(
            folder / "earlier_sequences.parquet", train, test, folder / "videos.parquet"
        )
    figures = {name: model["ndcg@10"]["mean"] for name, model in result["models"].items()}
    served = result["models"]["served"]["ndcg@10"]
    over = result["served_over_rank_fusion"]
    print(
        json.dumps(
            head
            | {
                "value": round(served["mean"], 4),
                "interval": [round(served["low"], 4), round(served["high"], 4)],
                "recall@20": round(result["models"]["served"]["recall@20"]["mean"], 4),
                "baseline": round(figures["rank_fusion"], 4),
                "baseline_is": "rank fusion of ALS, TF-IDF items and six-day popularity",
                "ratio": round(figures["served"] / figures["rank_fusion"], 3),
                "over_popularity": round(figures["served"] / figures["popularity"], 3),
                "over_cosine": round(figures["served"] / figures["cosine"], 3),
                "ratio_interval": [round(over["low"], 3), round(over["high"], 3)],
                "ok": over["low"] > BAR,
                "users": result["users"],
            }
        )
    )


if __name__ == "__main__":
    main()
