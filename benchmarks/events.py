"""Watch events over HTTP: one uvicorn worker, embedded PostgreSQL with its default durability, a
few clients at once.

The claim: at least 2,000 events a second are accepted, that is committed when the answer comes.
Batches are as a player sends them: 10 to 50 events of one viewer, each batch of another. The
baseline is the plain way on the same PostgreSQL: one INSERT for each event, each in a transaction
of its own, over one connection and without HTTP.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from benchmarks.house import one_web_worker, open_house

VIEWERS, EPISODES, BATCHES, WARM_UP, CLIENTS = 500, 200, 800, 40, 4
PLAIN_EVENTS = 1500
BAR = 2000.0


def main() -> None:
    """Print one JSON line."""
    with open_house():
        cuts = _make_works()
        cookies = _make_viewers()
        rng = random.Random(7)
        batches = [_batch(rng, cuts) for _ in range(WARM_UP + BATCHES)]
        with one_web_worker() as port:
            _send_all(port, batches[:WARM_UP], cookies)
            stored_before = _stored()
            began = time.perf_counter()
            waits = _send_all(port, batches[WARM_UP:], cookies)
            took = time.perf_counter() - began
        events = sum(len(batch) for batch in batches[WARM_UP:])
        if _stored() - stored_before != events:
            raise SystemExit("not every accepted event is in the table")
        plain = _one_by_one([event for batch in batches for event in batch][:PLAIN_EVENTS])
        value = events / took
        waits.sort()
        print(
            json.dumps(
                {
                    "benchmark": "events",
                    "value": round(value),
                    "unit": "events/s accepted and durable",
                    "baseline": round(plain),
                    "baseline_is": (
                        "one INSERT and one commit for each event, one connection, no HTTP"
                    ),
                    "ratio": round(value / plain, 2),
                    "bar": BAR,
                    "ok": value >= BAR,
                    "events": events,
                    "batches": BATCHES,
                    "clients": CLIENTS,
                    "batch_p95_ms": round(1000 * waits[int(0.95 * len(waits))], 1),
                    "durability": _durability(),
                }
            )
        )
        sys.exit(0 if value >= BAR else 1)


def _make_works() -> list[Any]:
    from huaben.accounts.models import User
    from huaben.catalog.models import Cut, Episode, Series
    from huaben.media.models import Asset

    owner = User.objects.create_user("creator@example.com")
    series = Series.objects.create(creator=owner, title="灯影")
    asset = Asset.objects.create(
        owner=owner, file="source.mp4", sha256="0" * 64, size=1, duration_ms=60_000
    )
    episodes = Episode.objects.bulk_create(
        Episode(series=series, number=n, title=f"{n}") for n in range(1, EPISODES + 1)
    )
    return Cut.objects.bulk_create(
        Cut(
            episode=episode,
            number=1,
            origin="generated",
            source=asset,
            asset=asset,
            declaration="ai",
        )
        for episode in episodes
    )


def _make_viewers() -> list[str]:
    from django.core import signing

    from huaben.accounts.middleware import COOKIE, SALT

    return [f"{COOKIE}={signing.dumps(str(uuid.uuid4()), salt=SALT)}" for _ in range(VIEWERS)]


def _batch(rng: random.Random, cuts: list[Any]) -> list[dict[str, Any]]:
    """What a player has to tell after a few episodes."""
    events: list[dict[str, Any]] = []
    size = rng.randint(10, 50)
    while len(events) < size:
        cut, impression = rng.choice(cuts), str(uuid.uuid4())
        kinds = [
            "impression",
            "start",
            *["progress"] * rng.randint(1, 6),
            rng.choice(["complete", "skip"]),
        ]
        for step, kind in enumerate(kinds):
            position = 8000 * max(0, step - 1)
            events.append(
                {
                    "id": str(uuid.uuid4()),
                    "kind": kind,
                    "episode_id": str(cut.episode_id),
                    "cut_id": str(cut.pk),
                    "impression_id": impression,
                    "at": datetime.now(UTC).isoformat(),
                    "position_ms": position,
                    "watched_ms": position,
                    "duration_ms": 60_000,
                }
            )
    return events[:size]


def _send_all(port: int, batches: list[list[dict[str, Any]]], cookies: list[str]) -> list[float]:
    """Send the batches by ``CLIENTS`` connections at once; how long each waited for its answer, in
    seconds.
    """
    bodies = [json.dumps({"events": batch}).encode() for batch in batches]
    queue = list(enumerate(bodies))
    waits: list[float] = []
    failed: list[str] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while queue and not failed:
            try:
                number, body = queue.pop()
            except IndexError:
                return
            headers = {
                "Content-Type": "application/json",
                "Cookie": cookies[number % len(cookies)],
                "Sec-Fetch-Site": "same-origin",
            }
            began = time.perf_counter()
            connection.request("POST", "/api/v1/events", body, headers)
            answer = connection.getresponse()
            said = answer.read()
            waits.append(time.perf_counter() - began)
            if answer.status != 202 or json.loads(said)["accepted"] != len(batches[number]):
                failed.append(f"{answer.status} {said[:300]!r}")

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(failed[0])
    return waits


def _one_by_one(events: list[dict[str, Any]]) -> float:
    """Events a second when each is a statement and a commit of its own."""
    from django.db import connection, transaction

    from huaben.watching.models import WatchEvent

    table = WatchEvent._meta.db_table
    sql = (
        f"insert into {table} (id, viewer_id, series_id, episode_id, cut_id, kind, at, "
        "received_at, position_ms,"
        " watched_ms, duration_ms, impression_id, simulated)"
        " values (%s, %s, %s, %s, %s, %s, %s, now(), %s, %s, %s, %s, false)"
    )
    viewer = uuid.uuid4()
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for e in events:
            with transaction.atomic():
                about = (viewer, e["episode_id"], e["episode_id"], e["cut_id"], e["kind"], e["at"])
                how_far = (e["position_ms"], e["watched_ms"], e["duration_ms"], e["impression_id"])
                cursor.execute(sql, [uuid.uuid4(), *about, *how_far])
    return len(events) / (time.perf_counter() - began)


def _stored() -> int:
    from huaben.watching.models import WatchEvent

    return WatchEvent.objects.count()


def _durability() -> dict[str, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    return {"fsync": fsync, "synchronous_commit": commit}


if __name__ == "__main__":
    main()
