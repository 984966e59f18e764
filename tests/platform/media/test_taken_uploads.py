"""What becomes of an upload: examined, refused, or taken by its owner once."""

from __future__ import annotations

import fcntl
import hashlib
import shutil

import psutil
import pytest
from django.db import transaction
from django.utils import timezone

from huaben.core.models import Job
from huaben.core.problems import NotFound, Problem
from huaben.media.models import Asset, Upload
from huaben.media.services import claim_upload, examine_upload
from huaben.media.services.uploads import path_of
from tests.platform.media.tus import (
    BYTES,
    begin,
    examine_waiting,
    offset_of,
    send,
    take,
    upload_at,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stored_in", "uploads_in"),
]


def test_a_file_that_is_no_film_is_refused_with_the_reason_and_nothing_is_left(
    browser, creator, uploads_in, stored_in
):
    data = b"%PDF-1.7\n" + b"x" * 5000
    address = begin(browser, len(data), "holiday.mp4")
    assert send(browser, address, data).status_code == 204, "answered before it is looked at"
    told = browser.get(address).json()
    assert (told["state"], told["examination"]["state"]) == ("received", "queued")
    examine_waiting()
    kept = browser.get(address).json()
    assert (kept["state"], kept["problem"]["code"]) == ("refused", "media_not_video")
    again = send(browser, address, b"", len(data), **{"Accept-Language": "en"})
    assert (again.status_code, again.json()["code"]) == (422, "media_not_video")
    assert (
        "不是视频" in kept["problem"]["detail"]["zh"]
        and "not a video" in kept["problem"]["detail"]["en"]
    )
    with pytest.raises(Problem) as caught:
        claim_upload(upload_id=upload_at(address).pk, owner=creator.user)
    assert caught.value.code == "media_not_video"
    assert (Asset.objects.count(), list(uploads_in.iterdir()), stored_in.exists()) == (0, [], False)


def test_an_upload_is_taken_only_when_finished_and_only_by_its_owner(
    browser, creator, signed_in, film
):
    address, data = begin(browser, film.stat().st_size), film.read_bytes()
    upload = upload_at(address)
    with pytest.raises(Problem) as caught:
        claim_upload(upload_id=upload.pk, owner=creator.user)
    assert (caught.value.code, caught.value.status) == ("upload_unfinished", 409)
    send(browser, address, data)
    with pytest.raises(Problem) as caught:
        claim_upload(upload_id=upload.pk, owner=creator.user)
    assert (caught.value.code, caught.value.status) == ("upload_in_examination", 409)
    examine_waiting()
    with pytest.raises(NotFound):
        claim_upload(upload_id=upload.pk, owner=signed_in("creator").user)
    asset = claim_upload(upload_id=upload.pk, owner=creator.user)
    assert claim_upload(upload_id=upload.pk, owner=creator.user) == asset
    assert browser.get(address).json()["state"] == "accepted"
    assert offset_of(browser, address) == len(data)


def test_a_whole_upload_whose_examination_was_never_enqueued_is_examined_once_it_is_asked_for(
    browser, creator, film, uploads_in
):
    """The web process died between the last byte and the job."""
    address = begin(browser, film.stat().st_size)
    upload = upload_at(address)
    shutil.copyfile(film, uploads_in / str(upload.pk))
    Upload.objects.filter(pk=upload.pk).update(offset=film.stat().st_size)
    with pytest.raises(Problem):
        claim_upload(upload_id=upload.pk, owner=creator.user)
    assert take(address, creator).size == film.stat().st_size


def test_a_hundred_whole_uploads_start_no_child_in_the_web_process_and_wait_their_turn(
    browser, creator, settings
):
    """They are rows of a queue that two at a time are taken from."""
    for _ in range(settings.UPLOAD_MAX_OPEN):
        address = begin(browser, 10)
        assert send(browser, address, b"%PDF-1.7 x").status_code == 204
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if "huaben.media.film" in child.cmdline()]
    assert Job.objects.filter(kind="media.examine_upload", queue="examine").count() == 20
    assert browser.post("/api/v1/uploads/", headers={"Upload-Length": "10"}).status_code == 429


def test_an_examination_that_meets_a_writer_is_tried_again(browser, creator, film):
    address = begin(browser, film.stat().st_size)
    send(browser, address, film.read_bytes())
    with path_of(upload_at(address)).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        examine_waiting()
    job = Job.objects.get(kind="media.examine_upload")
    assert (job.state, job.attempts) == ("queued", 1)
    Job.objects.update(run_after=timezone.now())
    assert take(address, creator).size == film.stat().st_size


def test_a_film_whose_last_answer_was_lost_is_not_looked_at_again(browser, creator, film):
    data = film.read_bytes()
    address = begin(browser, len(data))
    send(browser, address, data)
    examine_waiting()
    again = browser.patch(
        address, content=b"", headers={"Upload-Offset": str(len(data)), "Content-Type": BYTES}
    )
    assert (again.status_code, again.headers["Upload-Offset"]) == (204, str(len(data)))
    assert browser.get(address).json()["state"] == "accepted"
    assert claim_upload(upload_id=upload_at(address).pk, owner=creator.user).size == len(data)


def test_what_is_rolled_back_after_an_examination_leaves_its_bytes(
    browser, creator, film, uploads_in
):
    address = begin(browser, film.stat().st_size)
    upload = upload_at(address)
    shutil.copyfile(film, uploads_in / str(upload.pk))
    Upload.objects.filter(pk=upload.pk).update(offset=film.stat().st_size)
    with pytest.raises(RuntimeError), transaction.atomic():
        examine_upload(upload_id=upload.pk)
        raise RuntimeError
    assert Asset.objects.count() == 0
    examine_upload(upload_id=upload.pk)
    asset = claim_upload(upload_id=upload.pk, owner=creator.user)
    assert asset.sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    assert not (uploads_in / str(upload.pk)).exists()
