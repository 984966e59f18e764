"""From an idea to a Cut, through real jobs: each step, its edits, its refusals; and other people's
projects.
"""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from generation.typeface import TypefaceNotFound, find_typeface
from huaben.catalog.models import Cut
from huaben.core import jobs
from huaben.core.models import Job, RoomEvent
from huaben.studio.models import Project
from tests.factories import SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
IDEA = {"idea": "雨夜破庙，书生遇见提灯的女鬼", "language": "zh", "seconds": 24, "seed": 7}


def _start(client, **changes):
    answer = client.post("/api/v1/studio/projects", IDEA | changes, format="json")
    assert answer.status_code == 201, answer.json()
    return answer.json()


def _run(client, project, to=None):
    """Start a step, if one is named, and run its job as a worker would."""
    if to:
        answer = client.post(
            f"/api/v1/studio/projects/{project['id']}/advance", {"to": to}, format="json"
        )
        assert answer.status_code == 200, answer.json()
        project = answer.json()
    jobs.run_job(project["job"]["id"])
    return client.get(f"/api/v1/studio/projects/{project['id']}").json()


@pytest.fixture
def face(settings):
    """The house's own folder of typefaces: merging one takes half a minute, and is done once for
    every test run.
    """
    settings.VAR = Path("var").resolve()
    try:
        return find_typeface(settings.TYPEFACE_FOLDERS, settings.VAR / "face")
    except TypefaceNotFound as exc:
        pytest.fail(f"the front end's packages hold the typeface: make setup ({exc})")


def test_an_idea_becomes_an_outline_that_says_which_words_it_understood(signed_in):
    client = signed_in("creator")
    project = _run(client, _start(client, idea="雨夜破庙，书生遇见提灯的女鬼 qwzx"))
    assert project["stage"] == "outline"
    assert project["engine"] == {
        "zh": "离线引擎：不含语言模型",
        "en": "offline engine: no language model",
    }
    assert {"书生", "女鬼"} <= set(project["understood"]) and "qwzx" in project["not_understood"]
    assert project["outline"]["title"] and project["outline"]["people"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_idea_becomes_a_cut_with_its_lines_and_how_it_came_about(signed_in, face):
    client = signed_in("creator")
    project = _run(client, _start(client))
    project = _run(client, project, "script")
    project = _run(client, project, "storyboard")
    stills = [shot["still_url"] for shot in project["storyboard"]["shots"]]
    assert all(stills)
    picture = client.get(stills[0])
    assert picture.status_code == 200 and picture["Content-Type"].startswith("image/")
    project = _run(client, project, "render")
    assert project["stage"] == "done", project["job"]
    assert {shot["state"] for shot in project["storyboard"]["shots"]} == {"done"}
    cut = Cut.objects.select_related("source").get(pk=project["cut_id"])
    assert cut.origin == "generated" and cut.declaration == "ai"
    assert abs(cut.source.duration_ms - 24_000) < 1500
    assert cut.provenance["idea"] == IDEA["idea"] and cut.provenance["digests"]["shots"]
    assert all(line["end_ms"] > line["start_ms"] and line["text"] for line in cut.script)
    told = [
        e.payload for e in RoomEvent.objects.filter(room=f"project:{project['id']}").order_by("pk")
    ]
    assert {"project", "job"} == {event["kind"] for event in told}
    # The same job again, as after a lost worker, makes no second Cut.
    Job.objects.filter(pk=project["job"]["id"]).update(state="queued", attempts=0)
    jobs.run_job(project["job"]["id"])
    assert Cut.objects.count() == 1


def test_an_edited_script_is_kept_and_what_was_drawn_from_the_old_one_is_dropped(signed_in):
    client = signed_in("creator")
    project = _run(client, _run(client, _start(client)), "script")
    script = copy.deepcopy(project["script"])
    script["scenes"][0]["lines"][0]["text"] = "灯灭了。"
    path = f"/api/v1/studio/projects/{project['id']}/script"
    edited = client.put(path, {"script": script}, format="json").json()
    assert edited["script"]["scenes"][0]["lines"][0]["text"] == "灯灭了。"
    assert edited["stage"] == "script" and edited["storyboard"] is None


@pytest.mark.parametrize(
    "spoil", [lambda s: s.pop("scenes"), lambda s: s.update(scenes=7), lambda s: s.update(extra=1)]
)
def test_an_edit_that_is_not_sound_changes_nothing(signed_in, spoil):
    client = signed_in("creator")
    project = _run(client, _run(client, _start(client)), "script")
    script = copy.deepcopy(project["script"])
    spoil(script)
    refused = client.put(
        f"/api/v1/studio/projects/{project['id']}/script", {"script": script}, format="json"
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_script")
    assert (
        client.get(f"/api/v1/studio/projects/{project['id']}").json()["script"] == project["script"]
    )


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda s: s["scenes"][0]["lines"][0].update(text=" "), "第 1 场第 1 句：这句台词不能为空"),
        (
            lambda s: s["scenes"][0]["lines"][0].update(text="啊" * 161),
            "第 1 场第 1 句：这句台词太长了，最多 160 个字",
        ),
        (
            lambda s: s["scenes"][1]["lines"][0].update(pause=1e9),
            "第 2 场第 1 句：句后停顿超出了可用的范围",
        ),
        (lambda s: s["people"].pop(0), None),
        (lambda s: s.update(seconds=1e9), "时长超出了可用的范围"),
        (lambda s: s.update(title=""), "标题不能为空"),
        (lambda s: [scene.update(lines=[]) for scene in s["scenes"]], "台词不能为空"),
        (lambda s: s["scenes"][0].update(lines=s["scenes"][0]["lines"] * 400), "台词太多了"),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_place_in_the_readers_language(
    signed_in, spoil, told
):
    client = signed_in("creator")
    project = _run(client, _run(client, _start(client)), "script")
    script, path = (
        copy.deepcopy(project["script"]),
        f"/api/v1/studio/projects/{project['id']}/script",
    )
    spoil(script)
    refused = client.put(path, {"script": script}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_script")
    assert told is None or refused.json()["detail"] == told
    english = client.put(
        path, {"script": script}, format="json", headers={"Accept-Language": "en"}
    ).json()
    assert english["detail"].isascii() and english["errors"]
    assert (
        client.get(f"/api/v1/studio/projects/{project['id']}").json()["script"] == project["script"]
    )


def test_an_idea_nothing_can_be_planned_from_is_refused_in_words(signed_in):
    client = signed_in("creator")
    project = _run(client, _start(client, idea="？？！！…"))
    assert project["job"]["error"]["code"] == "unsuitable_idea"
    assert "没有一个词" in project["job"]["error"]["detail"]["zh"]
    assert project["stage"] == "idea"
    empty = client.post("/api/v1/studio/projects", IDEA | {"idea": "  "}, format="json")
    assert empty.status_code == 400 and not Project.objects.filter(idea="").exists()


def test_a_step_whose_ground_is_missing_is_refused(signed_in):
    client = signed_in("creator")
    project = _start(client)
    path = f"/api/v1/studio/projects/{project['id']}/advance"
    assert client.post(path, {"to": "script"}, format="json").json()["code"] == "busy"
    project = _run(client, project)
    assert client.post(path, {"to": "render"}, format="json").json()["code"] == "step_missing"


def test_asking_twice_starts_one_job_and_one_project(signed_in):
    client = signed_in("creator")
    key = {"HTTP_IDEMPOTENCY_KEY": "a-key-of-the-client"}
    first = client.post("/api/v1/studio/projects", IDEA, format="json", **key).json()
    assert (
        client.post("/api/v1/studio/projects", IDEA, format="json", **key).json()["id"]
        == first["id"]
    )
    assert Project.objects.count() == Job.objects.filter(kind="studio.write_outline").count() == 1


def test_who_has_enough_in_the_works_or_begun_today_waits(signed_in, settings):
    settings.STUDIO_MAX_ACTIVE_STEPS, settings.STUDIO_MAX_PROJECTS_PER_DAY = 2, 3
    client = signed_in("creator")
    first = _start(client)
    _start(client, seed=8)
    refused = client.post("/api/v1/studio/projects", IDEA | {"seed": 9}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (429, "enough_in_the_works")
    first = _run(client, first)
    _start(client, seed=9)
    # The next step of what was begun earlier counts like a beginning.
    refused = client.post(
        f"/api/v1/studio/projects/{first['id']}/advance", {"to": "script"}, format="json"
    )
    assert (refused.status_code, refused.json()["code"]) == (429, "enough_in_the_works")
    Job.objects.update(state="succeeded")
    refused = client.post("/api/v1/studio/projects", IDEA | {"seed": 10}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (429, "enough_for_today")
    assert int(refused["Retry-After"]) > 80_000
    _start(signed_in("creator"), seed=10)


def test_a_step_done_again_drops_what_was_made_from_the_one_before(signed_in):
    client = signed_in("creator")
    project = _run(client, _run(client, _start(client)), "script")
    assert project["script"]
    project = _run(client, project, "outline")
    assert (project["stage"], project["script"]) == ("outline", None)


def test_somebody_elses_project_or_series_does_not_exist(signed_in):
    client, other = signed_in("creator"), signed_in("creator")
    project = _start(client)
    for method, path, body in (
        ("get", "", None),
        ("put", "/outline", {"outline": {}}),
        ("put", "/script", {"script": {}}),
        ("post", "/advance", {"to": "script"}),
        ("get", "/stills/0", None),
    ):
        answer = getattr(other, method)(
            f"/api/v1/studio/projects/{project['id']}{path}", body, format="json"
        )
        assert answer.status_code == 404, (method, path)
    foreign = SeriesFactory(creator=UserFactory())
    refused = client.post(
        "/api/v1/studio/projects", IDEA | {"series_id": str(foreign.pk)}, format="json"
    )
    assert refused.status_code == 404
    assert other.get("/api/v1/studio/projects").json()["results"] == []


def test_a_list_of_projects_costs_the_same_for_two_and_for_ten(
    signed_in, settings, django_assert_max_num_queries
):
    settings.STUDIO_MAX_ACTIVE_STEPS = 10
    client = signed_in("creator")
    for _ in range(10):
        _start(client)
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/studio/projects").json()["results"]) == 10
