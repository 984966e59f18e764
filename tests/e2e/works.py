"""Series on stage in a whole house, put there over HTTP as their people would: uploaded, approved, filed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.house import House, Visitor
from tests.platform.media.films import make_film


@dataclass(frozen=True)
class OnStage:
    """A series that is shown, with its episodes in order."""

    series_id: str
    episode_ids: list[str]


@contextmanager
def on_stage(house: House, folder: Path, title: str, *, episodes: int = 1, seconds: float = 4) -> Iterator[OnStage]:
    """A series of small films on stage; when the block ends its number is revoked, so that the next test finds no film."""
    creator, clerk = house.visitor("creator"), house.visitor("filing")
    series_id = creator.send("POST", "/api/v1/series", {"title": title}).json()["id"]
    episode_ids = []
    for number in range(1, episodes + 1):
        made = creator.send("POST", f"/api/v1/series/{series_id}/episodes", {"title": f"第{number}回"})
        episode_ids.append(made.json()["id"])
        film = make_film(folder / f"{series_id}-{number}.mp4", seconds=seconds, size=(360, 640))
        _approve(house, _hand_in(creator, episode_ids[-1], film))
    filed = clerk.send("POST", f"/api/v1/filing/filings/{series_id}/demonstration")
    assert filed.status_code == 200, filed.text
    try:
        yield OnStage(series_id, episode_ids)
    finally:
        clerk.send("POST", f"/api/v1/filing/filings/{series_id}/revoke", {"reason": "演完了"}).raise_for_status()


def _hand_in(creator: Visitor, episode_id: str, film: Path) -> str:
    data, token = film.read_bytes(), creator.http.cookies["csrftoken"]
    tus = {"Tus-Resumable": "1.0.0", "X-CSRFToken": token}
    named = {"Upload-Length": str(len(data)), "Upload-Metadata": f"filename {base64.b64encode(b'film.mp4').decode()}"}
    address = creator.http.post("/api/v1/uploads/", headers=tus | named).headers["Location"]
    piece = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    creator.http.patch(address, content=data, headers=tus | piece).raise_for_status()
    body = {"upload_id": address.rstrip("/").rsplit("/", 1)[1], "ai_declaration": "ai"}
    return str(creator.send("POST", f"/api/v1/episodes/{episode_id}/cuts", body).json()["id"])


def _approve(house: House, cut_id: str) -> None:
    creator, moderator = house.visitor("creator"), house.visitor("moderator")
    house.wait_until(lambda: creator.get(f"/api/v1/cuts/{cut_id}").json()["state"] == "in_review", 120)
    cases = moderator.get("/api/v1/review/cases?limit=50").json()["results"]
    case = next(case for case in cases if case["cut"]["id"] == cut_id)
    for act, body in (("take", None), ("approve", {"note": ""})):
        moderator.send("POST", f"/api/v1/review/cases/{case['id']}/{act}", body).raise_for_status()
