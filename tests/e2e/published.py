"""Series published on a demo server, put there over HTTP as their people would: uploaded, approved,
filed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.demo_server import ApiClient, DemoServer
from tests.platform.media.films import make_film
from tests.waiting import wait_until


@dataclass(frozen=True)
class PublishedSeries:
    """A series that is shown, with its episodes in order."""

    series_id: str
    episode_ids: list[str]


@contextmanager
def published_series(
    demo: DemoServer,
    folder: Path,
    title: str,
    *,
    episodes: int = 1,
    seconds: float = 4,
    **facts: Any,
) -> Iterator[PublishedSeries]:
    """A series of small films on stage; when the block ends its number is revoked, so that the next
    test finds no film.

    ``facts`` go into the series as it is made: ``genres``, ``synopsis``.
    """
    series = publish_series(
        demo, folder, title, [(f"第{n}回", seconds) for n in range(1, episodes + 1)], **facts
    )
    try:
        yield series
    finally:
        path = f"/api/v1/filing/filings/{series.series_id}/revoke"
        demo.client("filing").send("POST", path, {"reason": "演完了"}).raise_for_status()


def publish_forked_story(
    demo: DemoServer, folder: Path, title: str, *, first: float, branch: float
) -> PublishedSeries:
    """Three episodes of so many seconds; the first ends in a choice between the others,
    「收下玉佩」 and 「转身走进雨里」.
    """
    films = [("雨夜来客", first), ("玉佩生烟", branch), ("空巷", branch)]
    ways = [(0, 1, "收下玉佩", "收"), (0, 2, "转身走进雨里", "走")]
    return publish_series(demo, folder, title, films, ways, synopsis="雨夜，有人来还玉佩。")


def publish_series(
    demo: DemoServer,
    folder: Path,
    title: str,
    films: Sequence[tuple[str, float]],
    ways: Sequence[tuple[int, int, str, str]] = (),
    **facts: Any,
) -> PublishedSeries:
    """A series of films (title, seconds), with choices (from, to, text, seal) where its ways part,
    shown when this returns.
    """
    creator = demo.client("creator")
    series_id = creator.send("POST", "/api/v1/series", {"title": title, **facts}).json()["id"]
    episode_ids, cuts = [], []
    for number, (name, seconds) in enumerate(films):
        made = creator.send("POST", f"/api/v1/series/{series_id}/episodes", {"title": name})
        episode_ids.append(made.json()["id"])
        film = make_film(
            folder / f"{series_id}-{number}.mp4", seconds=seconds, size=(360, 640), rate=12
        )
        cuts.append(_hand_in(creator, episode_ids[-1], film))
    if ways:
        graph = [
            {
                "from_episode_id": episode_ids[at],
                "to_episode_id": episode_ids[to],
                "text": text,
                "seal": seal,
            }
            for at, to, text, seal in ways
        ]
        creator.send(
            "PUT", f"/api/v1/series/{series_id}/graph", {"choices": graph}
        ).raise_for_status()
    for cut_id in cuts:
        _approve(demo, creator, cut_id)
    filed = demo.client("filing").send("POST", f"/api/v1/filing/filings/{series_id}/demonstration")
    assert filed.status_code == 200, filed.text
    return PublishedSeries(series_id, episode_ids)


def _hand_in(creator: ApiClient, episode_id: str, film: Path) -> str:
    data, token = film.read_bytes(), creator.http.cookies["csrftoken"]
    tus = {"Tus-Resumable": "1.0.0", "X-CSRFToken": token}
    named = {
        "Upload-Length": str(len(data)),
        "Upload-Metadata": f"filename {base64.b64encode(b'film.mp4').decode()}",
    }
    address = creator.http.post("/api/v1/uploads/", headers=tus | named).headers["Location"]
    piece = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    creator.http.patch(address, content=data, headers=tus | piece).raise_for_status()
    wait_until(lambda: creator.get(address).json()["state"] == "accepted", 60)
    body = {"upload_id": address.rstrip("/").rsplit("/", 1)[1], "ai_declaration": "ai"}
    return str(creator.send("POST", f"/api/v1/episodes/{episode_id}/cuts", body).json()["id"])


def _approve(demo: DemoServer, creator: ApiClient, cut_id: str) -> None:
    moderator = demo.client("moderator")

    def waits() -> bool:
        cut = creator.get(f"/api/v1/cuts/{cut_id}").json()
        assert cut["state"] != "failed", cut["job"]
        return bool(cut["state"] == "in_review")

    wait_until(waits, 240)
    cases = moderator.get("/api/v1/review/cases?state=open&limit=50").json()["results"]
    case = next(case for case in cases if case["cut"]["id"] == cut_id)
    read = moderator.get(f"/api/v1/review/cases/{case['id']}").json()["words_sha256"]
    for act, body in (("take", None), ("approve", {"words_sha256": read})):
        moderator.send("POST", f"/api/v1/review/cases/{case['id']}/{act}", body).raise_for_status()
