"""What tests of proposals do again and again."""

from __future__ import annotations

import uuid

from huaben.speech.services.submission import set_speech_state

IDEA = {
    "kind": "idea",
    "title": "让女鬼回一次家",
    "text": "她的家就在桥那头，第三集可以让她走过去。",
}


def address(series):
    return f"/api/v1/series/{series.pk}/proposals"


def suggest(client, series, **changes):
    answer = client.post(
        address(series), {"id": str(uuid.uuid4()), **IDEA, **changes}, format="json"
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def show(proposal):
    set_speech_state(speech_id=proposal["id"], state="shown", reason=None, facts={})
    return proposal["id"]


def shown_idea(client, series, **changes):
    return show(suggest(client, series, **changes))


def listed(client, series, **query):
    return [proposal["title"] for proposal in client.get(address(series), query).json()["results"]]
