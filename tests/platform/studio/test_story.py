"""What was read in an idea: shown, corrected, drafted five ways, and found again in the film."""

from __future__ import annotations

import pytest

from generation.story import drafting
from generation.values import to_json
from huaben.core import jobs
from huaben.studio import services
from huaben.studio.models import Project
from tests.factories import UserFactory

IDEA = "雨夜破庙，书生宁远遇见提灯的女鬼小倩，小倩却救了他。阿默不知去向 qwzx。"


@pytest.fixture
def maker(signed_in):
    return signed_in("creator")


@pytest.fixture
def project(maker, db):
    """A project whose idea was read and planned, as its job does it."""
    found = Project.objects.create(owner=maker.user, idea=IDEA, language="zh", seconds=40, seed=7)
    facts = drafting.facts_of(IDEA)
    assert facts is not None
    services.save_reading(project=found, facts=to_json(facts), recognised="idea")
    services.save_outline(
        project=found, outline=drafting.make_outline(IDEA, seconds=40, seed=7, kind="idea")
    )
    return found


def _path(project: Project, rest: str = "") -> str:
    return f"/api/v1/studio/projects/{project.pk}/story{rest}"


def _story(client, project: Project):
    return client.get(_path(project)).json()


def _fact(story, kind: str, text: str):
    return next(fact for fact in story["facts"] if (fact["kind"], fact["text"]) == (kind, text))


def _correct(client, project: Project, *corrections, **more):
    body = {"corrections": list(corrections), **more}
    return client.put(_path(project, "/corrections"), body, format="json")


def _at(fact, deed: str, **more):
    return {"deed": deed, "kind": fact["kind"], **fact["spans"][0], **more}


def test_facts_are_shown_with_the_words_that_say_them_and_what_was_not_understood(maker, project):
    story = _story(maker, project)
    assert (story["material"], story["recognised"]) == ("", "idea")
    ghost = _fact(story, "person", "小倩")
    assert (ghost["person"]["sex"], ghost["person"]["being"]) == ("f", "ghost")
    for fact in story["facts"]:
        assert all(story["text"][s["start"] : s["end"]] for s in fact["spans"])
    assert {"place", "time", "event"} <= {fact["kind"] for fact in story["facts"]}
    assert [word["text"] for word in story["unknown"]] == ["qwzx"]
    assert all(fact["kept"] is None and fact["places"] == [] for fact in story["facts"])


def test_one_correction_changes_the_fact_and_makes_the_outline_older(maker, project):
    story = _story(maker, project)
    scholar = _fact(story, "person", "宁远")
    answer = _correct(maker, project, _at(scholar, "change", sex="f", age="old"), revision=0)
    assert answer.status_code == 200, answer.json()
    changed = _fact(answer.json(), "person", "宁远")["person"]
    assert (changed["sex"], changed["age"], changed["asked"]) == ("f", "old", False)
    assert answer.json()["outline_older"] is True and answer.json()["revision"] == 1
    stored = Project.objects.get(pk=project.pk)
    assert stored.outline == project.outline, "what is planned stays"
    late = _correct(maker, project, revision=0)
    assert (late.status_code, late.json()["code"]) == (409, "text_changed")
    undone = _correct(maker, project, revision=1).json()
    assert undone["corrections"] == [] and undone["facts"] == story["facts"]


def test_who_is_no_person_goes_and_a_missed_one_comes_from_a_word(maker, project):
    story = _story(maker, project)
    start = IDEA.index("qwzx")
    answer = _correct(
        maker,
        project,
        _at(_fact(story, "person", "小倩"), "remove"),
        {"deed": "add", "kind": "person", "start": start, "end": start + 4, "sex": "m"},
    ).json()
    names = [fact["text"] for fact in answer["facts"] if fact["kind"] == "person"]
    assert "小倩" not in names and "qwzx" in names and answer["unknown"] == []


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"deed": "remove", "kind": "thing", "start": 0, "end": 1}, "start", "没有读出这样的事实"),
        ({"deed": "add", "kind": "place", "start": 0, "end": 1}, "kind", "只有人物"),
        ({"deed": "add", "kind": "person", "start": 4, "end": 900}, "end", "不在原文里"),
    ],
)
def test_a_correction_that_does_nothing_is_refused_by_its_place(maker, project, wrong, field, told):
    right = _at(_fact(_story(maker, project), "person", "宁远"), "change", sex="f")
    refused = _correct(maker, project, right, wrong)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_corrections")
    assert refused.json()["errors"][0]["field"] == f"corrections.1.{field}"
    assert told in refused.json()["detail"] and "第 2 处" in refused.json()["detail"]
    assert _story(maker, project)["corrections"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"corrections": [{"deed": "bend", "kind": "person", "start": 0, "end": 1}]},
        {"corrections": [{"deed": "change", "kind": "person", "start": -1, "end": 1}]},
        {"corrections": [{"deed": "change", "kind": "person", "start": 0, "end": 1, "sex": "x"}]},
        {"corrections": "all"},
        {"corrections": [{"deed": "remove", "kind": "event", "start": 0, "end": 1, "word": "\0"}]},
    ],
)
def test_what_is_no_correction_is_refused(maker, project, body):
    refused = maker.put(_path(project, "/corrections"), body, format="json")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"].startswith("corrections")


def test_the_kind_of_material_is_the_makers_to_say(maker, project):
    answer = maker.put(_path(project, "/material"), {"material": "words"}, format="json").json()
    assert (answer["material"], answer["recognised"], answer["outline_older"]) == (
        "words", "idea", True,
    )  # fmt: skip
    back = maker.put(_path(project, "/material"), {"material": ""}, format="json").json()
    assert (back["material"], back["revision"]) == ("", 2)
    refused = maker.put(_path(project, "/material"), {"material": "opera"}, format="json")
    assert refused.status_code == 400 and refused.json()["errors"][0]["field"] == "material"


def test_somebody_elses_story_does_not_exist_and_a_finished_one_stays(maker, signed_in, project):
    other = signed_in("creator")
    keep = f"/api/v1/studio/projects/{project.pk}/drafts/7/keep"
    for method, path, body in (
        ("get", _path(project), None),
        ("put", _path(project, "/corrections"), {"corrections": []}),
        ("put", _path(project, "/material"), {"material": "idea"}),
        ("post", keep, {}),
    ):
        assert getattr(other, method)(path, body, format="json").status_code == 404, path
    assert maker.post(keep, {}, format="json").status_code == 404, "no draft of that seed"
    Project.objects.filter(pk=project.pk).update(stage="done")
    refused = _correct(maker, project)
    assert (refused.status_code, refused.json()["code"]) == (409, "finished")


def test_a_story_before_it_was_read_is_empty_and_corrects_nothing(maker, db):
    project = Project.objects.create(owner=maker.user, idea=IDEA, language="zh", seconds=40, seed=7)
    assert _story(maker, project)["facts"] is None
    assert _correct(maker, project).json()["code"] == "not_read"
    assert Project.objects.exclude(owner=UserFactory()).count() == 1


@pytest.mark.django_db(transaction=True)
def test_five_drafts_are_made_one_is_kept_and_the_script_stays(maker):
    def run(answer):
        assert answer.status_code in (200, 201), answer.json()
        jobs.run_job(answer.json()["job"]["id"])
        return maker.get(f"/api/v1/studio/projects/{answer.json()['id']}").json()

    fields = {"idea": IDEA, "language": "zh", "seconds": 30, "seed": 7}
    shown = run(maker.post("/api/v1/studio/projects", fields, format="json"))
    base = f"/api/v1/studio/projects/{shown['id']}"

    def advance(to):
        return run(maker.post(f"{base}/advance", {"to": to}, format="json"))

    shown = advance("script")
    story = maker.get(f"{base}/story").json()
    assert _fact(story, "person", "小倩")["places"], "where the film shows her is known by now"
    assert story["report"]["hook"]["second"] <= 3 and story["report"]["hook_in_time"]
    assert sum(speaker["share"] for speaker in story["report"]["speakers"]) > 0.98
    shown = advance("drafts")
    story = maker.get(f"{base}/story").json()
    drafts = story["drafts"]
    assert len(drafts) == 5 and drafts[0]["is_kept"], "the first is the outline that there is"
    assert len({(draft["first_line"], draft["ending"]) for draft in drafts}) == 5
    assert {"宁远", "小倩"} <= {person["name"] for person in drafts[1]["cast"]}
    keep = f"{base}/drafts/{drafts[1]['seed']}/keep"
    late = maker.post(keep, {"outline_revision": 0}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "text_changed")
    kept = maker.post(keep, {"outline_revision": shown["outline_revision"]}, format="json").json()
    assert (kept["seed"], kept["script_stale"]) == (drafts[1]["seed"], True)
    assert kept["script"] == shown["script"], "nothing that was written is deleted"
    advance("drafts")
    more = maker.get(f"{base}/story").json()["drafts"]
    assert len(more) > 5 and more[:5] == [
        {**draft, "is_kept": draft["seed"] == kept["seed"]} for draft in drafts
    ]
