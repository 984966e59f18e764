"""The whole way of a Cut with real films through the real jobs: labelled, packaged, checked,
decided, shown, taken down.
"""

from __future__ import annotations

import pytest

from huaben.catalog.gate import list_reasons_against, may_show
from huaben.catalog.models import Cut
from huaben.catalog.services import create_cut
from huaben.core.jobs import LeaseLost, RunningJob, cancel_job, enqueue_job, run_job
from huaben.core.models import Job
from huaben.media.models import Asset
from huaben.media.selectors import local_path
from huaben.media.services import refuse_asset, store_asset
from huaben.review import jobs as review_jobs
from huaben.review.models import Case, CutLabel, Decision
from huaben.review.presenters.decisions import present_cut_facts
from moderation.labels import (
    TEST_PRODUCER,
    TEST_PROPAGATOR,
    mp4_metadata,
    producer_label,
    read_label,
)
from moderation.labels.mark_templates import load_templates
from tests.factories import EpisodeFactory, SeriesFactory, UserFactory
from tests.platform.media.films import make_film, stripes

SIZE = (436, 776)  # the mark's pictures are as high as a lawful mark on this


def marked(time):
    """Moving bars, with the words of the mark in the corner."""
    picture, words = stripes(*SIZE)(time), load_templates()[0]
    place = picture[30 : 30 + words.shape[0], 20 : 20 + words.shape[1]]
    place[...] = words[..., None]
    return picture


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def new_cut(tmp_path):
    """``new_cut(declaration="ai")``: a Cut of a real film, just handed in."""

    def make(origin="upload", declaration="ai", metadata=None, handle=None, mark=False, **fields):
        drawn = {"size": SIZE, "paint": marked, "seconds": 2.5} if mark else {}
        film = make_film(tmp_path / f"film{Cut.objects.count()}.mp4", metadata=metadata, **drawn)
        creator = UserFactory(**({"handle": handle} if handle else {}))
        episode = EpisodeFactory(
            series=SeriesFactory(creator=creator, title="桥边灯影", synopsis="一盏灯的故事")
        )
        source = store_asset(path=film, owner=creator)
        return create_cut(
            episode=episode, source=source, origin=origin, declaration=declaration, **fields
        )

    return make


def run_all_jobs():
    """What workers would do: every job that waits, and those that come of it."""
    while job := Job.objects.filter(state="queued").order_by("created_at").first():
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
        run_job(job.pk)


def label_in_file(cut):
    cut.refresh_from_db()
    with local_path(cut.asset) as film:
        return read_label(film)


def test_an_uploaded_film_is_labelled_checked_approved_filed_shown_and_taken_down(
    new_cut, signed_in, settings, api
):
    cut = new_cut(declaration="ai")
    assert present_cut_facts([cut.pk])[cut.pk].state == "processing"
    run_all_jobs()
    label = label_in_file(cut)
    assert (label.Label, label.ContentPropagator, label.PropagateID) == (
        "2",
        str(TEST_PROPAGATOR),
        str(cut.pk),
    )
    assert cut.asset_id != cut.source_id and cut.asset.state == Asset.State.READY
    assert cut.asset.package_metadata == mp4_metadata(label)
    case = Case.objects.get(cut=cut)
    assert case.state == "open" and case.verdict in ("pass", "review")
    assert (case.sha256, case.package_sha256) == (cut.asset.sha256, cut.asset.package_sha256)
    assert set(case.versions) >= {"policy", "classifier", "lexicon", "label_rules"}

    moderator, path = signed_in("moderator"), f"/api/v1/review/cases/{case.pk}"
    assert moderator.post(f"{path}/take").json()["state"] == "taken"
    seen = moderator.get(path).json()
    assert seen["transcript"] == [] and seen["transcript_note"]["zh"] == "没有文字稿：请听"
    assert seen["label"]["value"] == "2" and seen["label"]["test_operator"] is True
    assert moderator.get(seen["playback"]["manifest_url"]).status_code == 200
    assert api.get(seen["playback"]["manifest_url"]).status_code in (403, 404)
    read = {"words_sha256": moderator.get(path).json()["words_sha256"]}
    assert moderator.post(f"{path}/approve", read, format="json").status_code == 200
    assert [source for source, _ in list_reasons_against(cut)] == ["filing"]

    settings.DEMO = True
    filing = signed_in("filing_admin")
    filing.post(f"/api/v1/filing/filings/{cut.episode.series_id}/demonstration")
    assert may_show(cut.pk)
    playback = api.get(f"/api/v1/episodes/{cut.episode_id}/playback").json()
    assert playback["ai_notice"] == {
        "label": "2",
        "text": {"zh": "可能为生成合成内容", "en": "May be AI-generated content"},
    }
    assert api.get(playback["manifest_url"]).status_code == 200

    rights = signed_in("copyright_admin")
    given = {"series_id": str(cut.episode.series_id), "reason": "侵权投诉", "evidence": "来函"}
    block = rights.post("/api/v1/rights/blocks", given, format="json").json()
    assert api.get(playback["manifest_url"]).status_code in (403, 404)
    assert api.get(f"/api/v1/episodes/{cut.episode_id}/playback").status_code == 404
    rights.post(f"/api/v1/rights/blocks/{block['id']}/lift", {"reason": "撤回投诉"}, format="json")
    assert api.get(playback["manifest_url"]).status_code == 200
    moderator.post(f"{path}/take-down", {"reasons": [{"code": "likeness"}]}, format="json")
    assert api.get(playback["manifest_url"]).status_code in (403, 404)
    moderator.post(f"{path}/reopen", {"note": "补交授权"}, format="json")
    run_all_jobs()
    case.refresh_from_db()
    assert case.state == "open" and not may_show(cut.pk)


def test_a_generated_film_keeps_its_makers_label_and_a_trusted_house_needs_no_hand(
    new_cut, settings
):
    settings.REVIEW_TRUSTED_CREATORS = ["the-house"]
    made = producer_label(str(TEST_PRODUCER), "cut-7")
    script = [{"start_ms": 0, "end_ms": 1500, "speaker": "李生", "text": "灯还亮着。"}]
    reported = {"text": "AI生成", "start": 0, "end": 2.5}
    cut = new_cut(
        origin="generated",
        metadata=mp4_metadata(made),
        handle="the-house",
        mark=True,
        script=script,
        provenance={"explicit_mark": reported},
    )
    run_all_jobs()
    label = label_in_file(cut)
    assert (label.Label, label.ContentProducer, label.ProduceID) == (
        "1",
        str(TEST_PRODUCER),
        "cut-7",
    )
    assert label.ContentPropagator == str(TEST_PROPAGATOR)
    case = Case.objects.get(cut=cut)
    assert (case.verdict, case.state) == ("pass", "approved"), list(case.findings.values())
    decision = Decision.objects.get(case=case)
    assert decision.automatic and decision.by is None
    assert present_cut_facts([cut.pk])[cut.pk].review.automatic is True
    kept = CutLabel.objects.get(cut=cut)
    assert kept.explicit["state"] == "seen" and kept.explicit["reported"] == reported
    assert kept.notice["zh"] == "AI生成"


def test_what_others_make_waits_for_a_person_even_when_the_checks_pass(new_cut, settings):
    settings.REVIEW_TRUSTED_CREATORS = ["the-house"]
    cut = new_cut(
        origin="generated",
        metadata=mp4_metadata(producer_label(str(TEST_PRODUCER), "x")),
        mark=True,
    )
    run_all_jobs()
    case = Case.objects.get(cut=cut)
    assert (case.verdict, case.state) == ("pass", "open") and not Decision.objects.exists()


def test_an_ai_made_film_without_the_words_on_its_frames_waits_for_a_person_even_from_the_house(
    new_cut, settings
):
    settings.REVIEW_TRUSTED_CREATORS = ["the-house"]
    metadata = mp4_metadata(producer_label(str(TEST_PRODUCER), "x"))
    cut = new_cut(origin="generated", metadata=metadata, handle="the-house")
    run_all_jobs()
    case = Case.objects.get(cut=cut)
    assert (case.verdict, case.state) == ("review", "open")
    assert case.findings.get().policy == "label.mark_not_seen"


def test_words_on_the_frames_that_nobody_declared_make_it_suspected(new_cut):
    cut = new_cut(declaration="unknown", mark=True)
    run_all_jobs()
    assert label_in_file(cut).Label == "3"
    assert CutLabel.objects.get(cut=cut).notice["zh"] == "疑似生成合成内容"


def test_a_film_of_which_nothing_says_ai_stays_as_it_came(new_cut):
    cut = new_cut(declaration="not_ai")
    run_all_jobs()
    assert label_in_file(cut) is None and cut.asset_id == cut.source_id
    assert CutLabel.objects.get(cut=cut).value == "" and Case.objects.get(cut=cut).state == "open"


def test_a_broken_label_is_a_trace_that_the_moderator_is_told_of(new_cut):
    cut = new_cut(declaration="not_ai", metadata={"AIGC": "{broken"})
    run_all_jobs()
    assert label_in_file(cut).Label == "3"
    case = Case.objects.get(cut=cut)
    assert case.verdict == "review" and case.findings.filter(policy="label.malformed").exists()


def test_a_generated_film_without_its_label_ends_there(new_cut, signed_in):
    cut = new_cut(origin="generated")
    run_all_jobs()
    case = Case.objects.get(cut=cut)
    assert (case.state, case.problem["code"]) == ("failed", "generated_without_label")
    assert present_cut_facts([cut.pk])[cut.pk].state == "failed"
    moderator = signed_in("moderator")
    for verb in ("take", "approve"):
        assert (
            moderator.post(
                f"/api/v1/review/cases/{case.pk}/{verb}", {"words_sha256": "0" * 64}, format="json"
            ).status_code
            == 409
        )
    assert moderator.get("/api/v1/review/cases?state=failed").json()["results"][0]["problem"][
        "title"
    ]["zh"]


def test_checks_that_fail_for_good_leave_nothing_to_approve_and_can_be_started_again(
    new_cut, signed_in, settings
):
    settings.MODERATION_TRANSFORMER = "/there/is/no/such/model"
    cut = new_cut()
    while job := Job.objects.filter(state="queued").order_by("created_at").first():
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at, max_attempts=1)
        run_job(job.pk)
    case = Case.objects.get(cut=cut)
    assert (case.state, case.verdict, case.problem["code"]) == ("failed", "", "internal")
    assert [r.code for source, r in list_reasons_against(cut) if source == "review"] == [
        "review_failed"
    ]
    moderator, path = signed_in("moderator"), f"/api/v1/review/cases/{case.pk}"
    assert moderator.post(f"{path}/take").json()["code"] == "case_not_open"
    settings.MODERATION_TRANSFORMER = ""
    assert moderator.post(f"{path}/restart").json()["state"] == "checking"
    run_all_jobs()
    case.refresh_from_db()
    assert case.state == "open" and case.problem is None
    assert moderator.post(f"{path}/restart").json()["code"] == "not_failed"
    assert Job.objects.filter(kind="media.package_asset").count() == 1


def test_work_that_was_stopped_can_be_started_again(new_cut, signed_in):
    cut = new_cut()
    cancel_job(Job.objects.get(kind="review.label_cut").pk)
    case = Case.objects.get(cut=cut)
    assert case.state == "failed"
    assert (
        signed_in("moderator").post(f"/api/v1/review/cases/{case.pk}/restart").json()["state"]
        == "processing"
    )
    run_all_jobs()
    case.refresh_from_db()
    assert case.state == "open"


def test_a_finished_label_is_not_written_twice(new_cut):
    cut = new_cut()
    run_all_jobs()
    files, label = Asset.objects.count(), CutLabel.objects.get(cut=cut)
    enqueue_job("review.label_cut", {"cut_id": str(cut.pk)})
    enqueue_job("review.moderate_cut", {"cut_id": str(cut.pk)})
    run_all_jobs()
    assert (
        Asset.objects.count() == files
        and CutLabel.objects.get(cut=cut).verified_at == label.verified_at
    )
    assert set(Job.objects.values_list("state", flat=True)) == {"succeeded"}
    assert Case.objects.get(cut=cut).state == "open"


def test_a_worker_that_lost_its_job_writes_nothing(new_cut):
    cut = new_cut()
    job = Job.objects.get(kind="review.label_cut")
    Job.objects.filter(pk=job.pk).update(state="running", holder="somebody else")
    with pytest.raises(LeaseLost):
        review_jobs.label_cut(RunningJob(job, "me"))
    cut.refresh_from_db()
    assert cut.asset is None and not CutLabel.objects.exists()


def test_a_file_that_cannot_be_packaged_ends_the_way(new_cut):
    cut = new_cut(declaration="not_ai")
    run_job(Job.objects.get(kind="review.label_cut").pk)
    problem = {
        "code": "media_damaged",
        "title": {"zh": "文件已损坏", "en": "The file is damaged"},
        "detail": None,
    }
    refuse_asset(asset_id=str(cut.source_id), problem=problem)
    assert Case.objects.get(cut=cut).problem == problem
    assert present_cut_facts([cut.pk])[cut.pk].state == "failed"


def test_stored_bytes_that_are_not_those_on_record_are_not_checked(new_cut):
    cut = new_cut()
    run_job(Job.objects.get(kind="review.label_cut").pk)
    run_job(Job.objects.get(kind="media.package_asset").pk)
    Asset.objects.filter(pk=Cut.objects.get(pk=cut.pk).asset_id).update(sha256="0" * 64)
    run_all_jobs()
    assert Case.objects.get(cut=cut).problem["code"] == "bytes_changed"
