"""Signed addresses: what they open, for how long, and for whom."""

from __future__ import annotations

import re
import time

import pytest
from django.core import signing

from huaben.media.film.examine import FilmLimits
from huaben.media.film.package import package
from huaben.media.models import Asset
from huaben.media.playback import PlaybackTicket, Previewer, address_of, may_play, new_ticket
from huaben.media.selectors import get_playback, get_preview_playback
from tests.factories import AssetFactory
from tests.platform.media.films import make_film

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def storage_folder(tmp_path_factory):
    """A storage that holds one real package."""
    folder = tmp_path_factory.mktemp("stored")
    package_folder = folder / "packages" / "one"
    package_folder.mkdir(parents=True)
    film = make_film(folder / "film.mp4", size=(540, 960), seconds=4.4)
    made = package(film, package_folder, {}, FilmLimits(), lambda done, total: None)
    return folder, made.sprite


@pytest.fixture
def asset(storage_folder, open_gate, settings):
    folder, sprite = storage_folder
    local = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }
    settings.STORAGES = {**settings.STORAGES, "default": local}
    asset = AssetFactory(package="packages/one", sprite=sprite, width=540, height=960)
    open_gate.add(asset.pk)
    return asset


def beside(address, name):
    """The address that a player makes of a name in a playlist."""
    return address.rpartition("/")[0] + "/" + name


def named_in(playlist):
    return [line for line in playlist.splitlines() if line and not line.startswith("#")]


def test_a_player_gets_from_the_master_playlist_to_every_file_by_relative_names(client, asset):
    playback = get_playback(asset)
    master = client.get(playback.manifest_url)
    assert master["Content-Type"] == "application/vnd.apple.mpegurl"
    index = beside(playback.manifest_url, named_in(master.text)[0])
    listing = client.get(index).text
    init = client.get(beside(index, re.search('URI="(.*)"', listing)[1]))
    assert init["Content-Type"] == "video/mp4" and init.content[4:8] == b"ftyp"
    for name in named_in(listing):
        segment = client.get(beside(index, name))
        assert (segment.status_code, segment["Content-Type"]) == (200, "video/iso.segment")
        assert int(segment["Content-Length"]) == len(segment.content) > 100
    for address in (playback.poster_url, playback.sprite_url):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/webp" and answer.content[8:12] == b"WEBP"
        assert answer["Cache-Control"] == "private, max-age=300"
    assert (playback.width, playback.height, playback.sprite.columns) == (540, 960, 5)


def test_the_gate_closing_stops_a_film_in_the_middle_even_with_a_live_ticket(
    client, asset, open_gate
):
    segment = beside(get_playback(asset).manifest_url, "540p/00001.m4s")
    etag = client.get(segment)["ETag"]
    open_gate.clear()
    for headers in ({}, {"Range": "bytes=0-10"}, {"If-None-Match": etag}):
        answer = client.get(segment, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer["Content-Type"] == "application/problem+json"
    assert client.get(get_playback(asset).poster_url).status_code == 404
    open_gate.add(asset.pk)
    assert client.get(segment).status_code == 200


def test_without_a_guard_nothing_is_played(asset):
    from huaben.media import playback

    with playback.playback_guards.overridden({}):
        assert may_play(asset.pk) is False


def test_an_expired_ticket_is_gone_and_says_so(client, asset):
    old = address_of(PlaybackTicket(asset.pk, int(time.time()) - 1), "master.m3u8")
    answer = client.get(old)
    assert (answer.status_code, answer.json()["code"]) == (410, "playback_expired")


def test_tickets_are_short_lived_and_stay_the_same_for_a_while(settings):
    settings.PLAYBACK_URL_SECONDS = 600
    asset = AssetFactory.build()
    left = new_ticket(asset.pk).expires - time.time()
    assert 300 < left <= 600
    assert len({get_playback(asset).poster_url for _ in range(50)}) <= 2


def test_a_ticket_that_was_changed_opens_nothing(client, asset):
    other = AssetFactory()
    address = get_playback(asset).manifest_url
    ticket = address.split("/")[3]
    body, _, signature = ticket.partition(".")
    foreign = (
        address_of(PlaybackTicket(other.pk, int(time.time()) + 900), "x")
        .split("/")[3]
        .partition(".")[0]
    )
    later = (
        address_of(PlaybackTicket(asset.pk, int(time.time()) + 9_000_000), "x")
        .split("/")[3]
        .partition(".")[0]
    )
    salted = signing.Signer(salt="another place", sep=".").sign(body)
    for wrong in (
        f"{foreign}.{signature}",
        f"{later}.{signature}",
        f"{body}.{signature[:-2]}AA",
        body,
        "",
        salted,
    ):
        assert client.get(address.replace(ticket, wrong)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../master.m3u8",
        "540p/../../../sources/film.mp4",
        "%2e%2e/%2e%2e/sources/film.mp4",
        "540p/..%2f..%2fmaster.m3u8",
        "/etc/passwd",
        "540p/00001.m4s/..",
        "540p\\init.mp4",
        "encoded.json",
        "540p/99999.m4s",
        "999p/init.mp4",
        "540p/init.mp4%0a",
        "",
        "540p/",
        "poster.webp.part",
    ],
)
def test_nothing_but_the_packages_own_files_is_served(client, asset, path):
    answer = client.get(beside(get_playback(asset).manifest_url, path))
    assert answer.status_code == 404


def test_a_preview_is_for_one_persons_session_and_does_not_ask_the_gate(
    asset, signed_in, client, open_gate
):
    open_gate.clear()
    moderator = signed_in("moderator")
    bearer = Previewer(moderator.user, moderator.session.session_key)
    preview = get_preview_playback(asset, previewer=bearer)
    assert moderator.get(preview.manifest_url).status_code == 200
    assert moderator.get(beside(preview.manifest_url, "540p/00000.m4s")).status_code == 200
    assert signed_in("moderator").get(preview.manifest_url).status_code == 404
    elsewhere = signed_in(user=moderator.user)
    assert elsewhere.get(preview.manifest_url).status_code == 404, "their other session"
    assert client.get(preview.manifest_url).status_code == 404
    moderator.user.roles = ["viewer"]
    moderator.user.save()
    assert moderator.get(preview.manifest_url).status_code == 404, "no moderator any more"
    moderator.user.roles = ["moderator"]
    moderator.user.save()
    assert moderator.get(preview.manifest_url).status_code == 200
    moderator.logout()
    assert moderator.get(preview.manifest_url).status_code == 404


def test_ranges_are_served_as_the_standard_says(client, asset):
    address = beside(get_playback(asset).manifest_url, "540p/00000.m4s")
    whole = client.get(address)
    size = len(whole.content)
    for asked, start, end in (
        ("0-9", 0, 10),
        ("10-", 10, size),
        ("-7", size - 7, size),
        ("5-99999999", 5, size),
    ):
        part = client.get(address, headers={"Range": f"bytes={asked}"})
        assert (part.status_code, part.content) == (206, whole.content[start:end])
        assert part["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
    for asked in ("99999999-", "-0", "9-5"):
        answer = client.get(address, headers={"Range": f"bytes={asked}"})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{size}")
    for asked in ("bytes=0-1,5-6", "lines=0-1", "bytes=-"):
        assert client.get(address, headers={"Range": asked}).content == whole.content
    stale = client.get(address, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (stale.status_code, len(stale.content)) == (200, size)
    assert client.get(address, headers={"Range": "bytes=" + "9" * 5000 + "-"}).status_code == 200


def test_head_tells_the_size_and_sends_nothing(client, asset):
    address = beside(get_playback(asset).manifest_url, "540p/00000.m4s")
    head, whole = client.head(address), client.get(address)
    assert (head.content, head["Content-Length"]) == (b"", str(len(whole.content)))
    assert head["Accept-Ranges"] == "bytes"
    assert client.post(address).status_code == 405


def test_what_the_browser_has_is_not_sent_again(client, asset):
    address = get_playback(asset).poster_url
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_a_refused_or_unfinished_asset_is_not_served(client, asset):
    address = get_playback(asset).manifest_url
    Asset.objects.filter(pk=asset.pk).update(state=Asset.State.REFUSED)
    assert client.get(address).status_code == 404


def test_addresses_of_sixty_assets_ask_the_database_nothing(django_assert_num_queries):
    assets = [AssetFactory.build() for _ in range(60)]
    with django_assert_num_queries(0):
        for asset in assets:
            get_playback(asset)


def test_a_segment_costs_one_query_beside_the_gate(client, asset, django_assert_num_queries):
    address = beside(get_playback(asset).manifest_url, "540p/00000.m4s")
    with django_assert_num_queries(1):
        client.get(address)


def test_an_asset_without_a_package_has_no_addresses():
    with pytest.raises(ValueError, match="no package"):
        get_playback(AssetFactory.build(package=""))
