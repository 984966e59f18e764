"""What becomes of an upload: examined, refused, or taken by its owner once."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from django.db import transaction

from huaben.core.problems import NotFound, Problem
from huaben.media.models import Asset, Upload
from huaben.media.services import claim_upload
from tests.platform.media.tus import BYTES, begin, offset_of, send, upload_at

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stored_in", "uploads_in"),
]


def test_a_file_that_is_no_film_is_refused_with_the_reason_and_nothing_is_left(
    browser, creator, uploads_in, stored_in
):
    data = b"%PDF-1.7\n" + b"x" * 5000
    address = begin(browser, len(data), "holiday.mp4")
    answer = send(browser, address, data, **{"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (422, "media_not_video")
    assert "not a video" in answer.json()["detail"]
    kept = browser.get(address).json()
    assert kept["state"] == "refused"
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
    with pytest.raises(NotFound):
        claim_upload(upload_id=upload.pk, owner=signed_in("creator").user)
    asset = claim_upload(upload_id=upload.pk, owner=creator.user)
    assert claim_upload(upload_id=upload.pk, owner=creator.user) == asset
    assert browser.get(address).json()["state"] == "accepted"
    assert offset_of(browser, address) == len(data)


def test_a_whole_upload_that_nobody_examined_is_examined_when_it_is_taken(
    browser, creator, film, uploads_in
):
    """The web process died between the last byte and the examination."""
    address = begin(browser, film.stat().st_size)
    upload = upload_at(address)
    shutil.copyfile(film, uploads_in / str(upload.pk))
    Upload.objects.filter(pk=upload.pk).update(offset=film.stat().st_size)
    assert claim_upload(upload_id=upload.pk, owner=creator.user).size == film.stat().st_size


def test_a_film_whose_last_answer_was_lost_is_not_looked_at_again(browser, creator, film):
    data = film.read_bytes()
    address = begin(browser, len(data))
    send(browser, address, data)
    again = browser.patch(
        address, content=b"", headers={"Upload-Offset": str(len(data)), "Content-Type": BYTES}
    )
    assert (again.status_code, again.headers["Upload-Offset"]) == (204, str(len(data)))
    assert browser.get(address).json()["state"] == "accepted"
    assert claim_upload(upload_id=upload_at(address).pk, owner=creator.user).size == len(data)


def test_what_is_rolled_back_after_an_upload_was_taken_leaves_its_bytes(
    browser, creator, film, uploads_in
):
    address = begin(browser, film.stat().st_size)
    upload = upload_at(address)
    shutil.copyfile(film, uploads_in / str(upload.pk))
    Upload.objects.filter(pk=upload.pk).update(offset=film.stat().st_size)
    with pytest.raises(RuntimeError), transaction.atomic():
        claim_upload(upload_id=upload.pk, owner=creator.user)
        raise RuntimeError
    assert Asset.objects.count() == 0
    asset = claim_upload(upload_id=upload.pk, owner=creator.user)
    assert asset.sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    assert not (uploads_in / str(upload.pk)).exists()
