"""A story with a fork, uploaded, checked, filed and shown in a whole house: through the API, as its people would."""

from __future__ import annotations

import base64
import uuid
from pathlib import Path
from typing import Any

from tests.e2e.house import House, Visitor
from tests.platform.media.films import make_film


def show_forked_story(
    house: House, folder: Path, title: str, *, first: float = 8.0, branch: float = 6.0
) -> dict[str, Any]:
    """Three episodes of so many seconds; the first ends in a choice between the others, 「收下玉佩」 and 「转身走进雨里」.

    Returns the series as its creator sees it, when all of it is shown.
    """
    creator = house.visitor("creator")
    series = creator.send("POST", "/api/v1/series", {"title": title, "synopsis": "雨夜，有人来还玉佩。"}).json()
    episodes = []
    for name, seconds in (("雨夜来客", first), ("玉佩生烟", branch), ("空巷", branch)):
        answer = creator.send("POST", f"/api/v1/series/{series['id']}/episodes", {"title": name})
        episodes.append(answer.json()["id"])
        film = make_film(folder / f"{name}.mp4", seconds=seconds, size=(360, 640), rate=12)
        upload = _upload(creator, film)
        body = {"upload_id": upload, "ai_declaration": "ai"}
        made = creator.send("POST", f"/api/v1/episodes/{episodes[-1]}/cuts", body)
        assert made.status_code == 201, made.text
    one, two, three = episodes
    ways = [
        {"from_episode_id": one, "to_episode_id": two, "text": "收下玉佩", "seal": "收"},
        {"from_episode_id": one, "to_episode_id": three, "text": "转身走进雨里", "seal": "走"},
    ]
    assert creator.send("PUT", f"/api/v1/series/{series['id']}/graph", {"choices": ways}).status_code == 200
    path = f"/api/v1/studio/series/{series['id']}"

    def all_cuts(state: str) -> Any:
        view = creator.get(path).json()
        cuts = [cut for episode in view["episodes"] for cut in episode["cuts"]]
        assert all(cut["state"] != "failed" for cut in cuts), [cut["job"] for cut in cuts]
        return view if [cut["state"] for cut in cuts] == [state] * 3 else None

    house.wait_until(lambda: all_cuts("in_review"), 240)
    moderator = house.visitor("moderator")
    for case in moderator.get("/api/v1/review/cases?state=open&limit=50").json()["results"]:
        if case["series"]["id"] == series["id"]:
            moderator.send("POST", f"/api/v1/review/cases/{case['id']}/take").raise_for_status()
            moderator.send("POST", f"/api/v1/review/cases/{case['id']}/approve", {}).raise_for_status()
    clerk = house.visitor("filing")
    clerk.send("POST", f"/api/v1/filing/filings/{series['id']}/demonstration", {}).raise_for_status()
    return house.wait_until(lambda: all_cuts("approved"), 30)


def _upload(creator: Visitor, film: Path) -> str:
    data = film.read_bytes()
    name = base64.b64encode(film.name.encode()).decode()
    tus = {"Tus-Resumable": "1.0.0", "X-CSRFToken": creator.http.cookies["csrftoken"]}
    begin = {**tus, "Upload-Length": str(len(data)), "Upload-Metadata": f"filename {name}"}
    made = creator.http.post("/api/v1/uploads/", headers=begin)
    assert made.status_code == 201, made.text
    piece = {**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    sent = creator.http.patch(made.headers["Location"], content=data, headers=piece)
    assert sent.status_code == 204, sent.text
    upload = made.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    return str(uuid.UUID(upload))
