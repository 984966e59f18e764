"""Kills at random moments: does a whole installation lose anything that it acknowledged?

A maker uploads films in pieces and hands them in, a moderator takes and approves what waits, a
viewer comments, all at once and again and again, while processes of the installation get SIGKILL:
a web server, a worker, a process in which a worker works or examines a film, beat, and the whole
of PostgreSQL. Whatever was answered with a success is written down, and looked for at the end.

The claim: nothing acknowledged is missing, nothing is there twice, and everything that was begun
comes to its end. The baseline is the number of acts acknowledged.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from huaben.runtime.supervisor import WORKERS
from tests.e2e.demo_server import ApiClient, DemoServer
from tests.e2e.published import publish_series
from tests.platform.media.films import make_film
from tests.waiting import wait_until

KILLS = 200
PIECE_BYTES = 40_000
# What is killed, and how often of a hundred times.
TARGETS = {
    "web": 10,
    "worker": 20,
    "child": 45,
    "words": 7,
    "files": 7,
    "quick": 5,
    "urgent": 3,
    "beat": 1,
    "postgres": 2,
}


@dataclass
class Ledger:
    """What was acknowledged, and what was found wrong; written by several threads."""

    cuts: dict[str, str] = field(default_factory=dict)
    approved: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


class Person:
    """Somebody who asks again, with the same key, until there is an answer."""

    def __init__(self, demo: DemoServer, handle: str, ledger: Ledger, over: threading.Event):
        self.demo, self.handle, self.ledger, self.over = demo, handle, ledger, over
        self.client = self._sign_in()

    def _sign_in(self) -> ApiClient:
        return wait_until(self._tried_sign_in, 600)

    def _tried_sign_in(self) -> ApiClient | None:
        try:
            return self.demo.client(self.handle)
        except (httpx.HTTPError, AssertionError):
            return None

    def send(
        self, method: str, path: str, *, key: str = "", **content: Any
    ) -> httpx.Response | None:
        """The first answer that is neither a fault of the line nor "not now"; None when all is
        over before there is one.
        """
        while True:
            headers = {
                "X-CSRFToken": self.client.http.cookies.get("csrftoken", ""),
                **({"Idempotency-Key": key} if key else {}),
                **content.get("headers", {}),
            }
            try:
                answer = self.client.http.request(method, path, **(content | {"headers": headers}))
                if answer.status_code < 500 and answer.status_code not in (423, 429):
                    return answer
                self.ledger.refused[f"{answer.status_code}"] += 1
            except httpx.HTTPError as exc:
                self.ledger.refused[type(exc).__name__] += 1
            if self.over.wait(0.3):
                return None

    def act(self, name: str, answer: httpx.Response | None, *allowed: int) -> bool:
        """Count an act; an answer that is neither a success nor allowed is a fault."""
        if answer is None:
            return False
        if answer.is_success:
            self.ledger.acts[name] += 1
            return True
        if answer.status_code not in allowed:
            self.ledger.faults.append(f"{name}: {answer.status_code} {answer.text[:200]}")
        return False


def maker(person: Person, films: list[bytes], series_id: str) -> None:
    """Uploads films in pieces and hands them in, each as an episode of its own."""
    number = 0
    while not person.over.is_set():
        number += 1
        body = {"title": f"第 {number} 回 {uuid.uuid4().hex[:6]}"}
        made = person.send("POST", f"/api/v1/series/{series_id}/episodes", json=body)
        if not person.act("episode", made):
            continue
        episode_id = made.json()["id"]  # type: ignore[union-attr]
        upload_id = _upload(person, films[number % len(films)])
        if upload_id is None:
            continue
        cut = person.send(
            "POST",
            f"/api/v1/episodes/{episode_id}/cuts",
            key=str(uuid.uuid4()),
            json={"upload_id": upload_id, "ai_declaration": "ai"},
        )
        if person.act("cut", cut):
            person.ledger.cuts[cut.json()["id"]] = episode_id  # type: ignore[union-attr]
        # As many as the two cores can check meanwhile, not a pile.
        while (
            not person.over.wait(0.5) and len(person.ledger.cuts) - len(person.ledger.approved) > 3
        ):
            pass


def _upload(person: Person, data: bytes) -> str | None:
    """One upload in pieces, taken up where the server says it stands; its id once accepted."""
    tus = {"Tus-Resumable": "1.0.0"}
    named = {
        "Upload-Length": str(len(data)),
        "Upload-Metadata": f"filename {base64.b64encode(b'film.mp4').decode()}",
    }
    begun = person.send("POST", "/api/v1/uploads/", headers=tus | named)
    if not person.act("upload", begun):
        return None
    address = begun.headers["Location"]  # type: ignore[union-attr]
    acknowledged = 0
    while acknowledged < len(data):
        piece = data[acknowledged : acknowledged + PIECE_BYTES]
        headers = tus | {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(acknowledged),
        }
        sent = person.send("PATCH", address, content=piece, headers=headers)
        if sent is None:
            return None
        if not person.act("piece", sent, 409):
            # Taken before the line broke, perhaps: the server says how far it is.
            stands = person.send("HEAD", address, headers=tus)
            if stands is None:
                return None
            offset = int(stands.headers.get("Upload-Offset", -1))
            if offset < acknowledged:
                person.ledger.faults.append(f"upload stood at {acknowledged}, then at {offset}")
                return None
            acknowledged = offset
            continue
        acknowledged = int(sent.headers["Upload-Offset"])
    while not person.over.is_set():
        state = person.send("GET", address)
        if state is not None and state.json()["state"] not in ("receiving", "received"):
            if state.json()["state"] != "accepted":
                person.ledger.faults.append(f"a sound upload became {state.text[:200]}")
                return None
            return address.rstrip("/").rsplit("/", 1)[1]
        person.over.wait(0.3)
    return None


def moderator(person: Person) -> None:
    """Takes and approves whatever waits."""
    while not person.over.wait(0.5):
        cases = person.send("GET", "/api/v1/review/cases?state=open&limit=50")
        for case in cases.json()["results"] if cases is not None else []:
            cut_id, path = case["cut"]["id"], f"/api/v1/review/cases/{case['id']}"
            if cut_id not in person.ledger.cuts:
                continue
            if not person.act("take", person.send("POST", f"{path}/take"), 409):
                continue
            read = person.send("GET", path)
            if read is None:
                return
            body = {"words_sha256": read.json()["words_sha256"]}
            done = person.send("POST", f"{path}/approve", key=str(uuid.uuid4()), json=body)
            # An answer that was lost: the same decision is refused the second time, and looked for.
            if person.act("approve", done, 409):
                person.ledger.approved[cut_id] = case["id"]


def viewer(person: Person, episode_id: str) -> None:
    """Comments, several a minute."""
    number = 0
    while not person.over.wait(3):
        number += 1
        body = {"id": str(uuid.uuid4()), "text": f"看到第 {number} 遍，还是好看"}
        said = person.send("POST", f"/api/v1/episodes/{episode_id}/comments", json=body)
        if person.act("comment", said):
            person.ledger.comments[body["id"]] = body["text"]


def _kill(demo: DemoServer, rng: random.Random) -> str | None:
    """Kill one process of the installation; what it was, or None when it was not there."""
    name = rng.choices(list(TARGETS), list(TARGETS.values()))[0]
    try:
        if name == "child":
            workers = [demo.child(worker) for worker in WORKERS]
            below = [child for worker in workers for child in worker.children(recursive=True)]
            victim = rng.choice(below) if below else None
        else:
            victim = demo.child(name)
        if victim is None:
            return None
        victim.send_signal(signal.SIGKILL)
    except (psutil.Error, OSError, KeyError, ValueError):
        return None
    return name


def _missing(person: Person, ledger: Ledger, path: str) -> list[str]:
    """What was acknowledged and is not there, is there twice, or did not come to its end."""
    faults = []
    for cut_id in ledger.cuts:
        cut = person.client.get(f"/api/v1/cuts/{cut_id}")
        state = cut.json().get("state") if cut.is_success else str(cut.status_code)
        wanted = ("approved",) if cut_id in ledger.approved else ("in_review",)
        if state not in wanted:
            faults.append(f"cut {cut_id} is {state}")
    found: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    cursor: str | None = ""
    while cursor is not None:
        page = person.client.get(f"{path}?limit=50&cursor={cursor}").json()
        for comment in page["results"]:
            found[comment["id"]] += 1
            texts[comment["text"]] += 1
        cursor = page["next_cursor"]
    for comment_id, text in ledger.comments.items():
        if found[comment_id] != 1:
            faults.append(f"comment {comment_id} is there {found[comment_id]} times")
        if texts[text] > 1:
            faults.append(f"comment “{text}” is there {texts[text]} times")
    return faults


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pause", type=float, default=3.0, help="mean seconds between two kills")
    options = parser.parse_args()
    rng, ledger, over = random.Random(options.seed), Ledger(), threading.Event()
    kills: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="huaben-bench-") as folder:
        os.environ.setdefault("HUABEN_TEST_FILES", folder)
        demo = DemoServer("kills").start()
        try:
            films = [
                make_film(
                    Path(folder) / f"{n}.mp4", seconds=3 + n, size=(180, 320), rate=12
                ).read_bytes()
                for n in range(3)
            ]
            shown = publish_series(demo, Path(folder), "常在", [("第一回", 3.0)])
            series = demo.client("creator").send("POST", "/api/v1/series", {"title": "风雨"})
            people = {
                handle: Person(demo, handle, ledger, over)
                for handle in ("creator", "moderator", "viewer")
            }
            threads = [
                threading.Thread(
                    target=maker, args=(people["creator"], films, series.json()["id"])
                ),
                threading.Thread(target=moderator, args=(people["moderator"],)),
                threading.Thread(target=viewer, args=(people["viewer"], shown.episode_ids[0])),
            ]
            for thread in threads:
                thread.start()
            while kills.total() < options.kills:
                time.sleep(rng.expovariate(1 / options.pause))
                if (name := _kill(demo, rng)) is not None:
                    kills[name] += 1
                    print(f"{kills.total()} killed, {dict(ledger.acts)}", file=sys.stderr)
            wait_until(demo.is_ready, 120)
            time.sleep(5)
            over.set()
            for thread in threads:
                thread.join()
            judge = Person(demo, "creator", ledger, threading.Event())
            comments = f"/api/v1/episodes/{shown.episode_ids[0]}/comments"

            def settled() -> bool:
                try:
                    return not _missing(judge, ledger, comments)
                except (httpx.HTTPError, KeyError, ValueError):
                    return False

            try:
                wait_until(settled, 900)
            except AssertionError:
                ledger.faults += _missing(judge, ledger, comments)
        finally:
            demo.stop()
    ok = not ledger.faults
    print(
        json.dumps(
            {
                "benchmark": "kills",
                "value": len(ledger.faults),
                "unit": "acknowledged acts that were lost, doubled or never finished",
                "baseline": ledger.acts.total(),
                "baseline_is": "acts acknowledged",
                "ratio": round(len(ledger.faults) / max(1, ledger.acts.total()), 4),
                "bar": 0,
                "ok": ok,
                "kills": dict(kills),
                "acts": dict(ledger.acts),
                "not_now": dict(ledger.refused),
                "faults": ledger.faults[:20],
            },
            ensure_ascii=False,
        )
    )
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
