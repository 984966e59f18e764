"""What the logs keep of an address."""

import logging
import re

import pytest

from huaben.core.ids import new_id
from huaben.core.logs import formatter, path_for_logs, without_secrets


def test_a_secret_in_an_address_stays_out_of_the_logs_and_an_id_does_not():
    secret = "018f3c2ab4d07c3f9b1e2d3c4b5a6978.m3Yd0Q-4b_7zJx1k2l3m4n5o6p7q8r9s0t1u2v3w4x5"
    assert path_for_logs(f"/api/v1/rights/notices/{secret}/suit") == "/api/v1/rights/notices/…/suit"
    plain = f"/api/v1/series/{new_id()}"
    assert path_for_logs(plain) == plain


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/rights/notices/" + "s" * 43,
        "/media/p/" + "a" * 30 + ":1vPq2x:" + "B" * 43 + "/index.m3u8",
        "/nowhere?next=%2Fsign-in%3Freset%3D" + "k" * 45,
    ],
)
@pytest.mark.parametrize("style", ["json", "plain"])
def test_djangos_own_lines_hold_no_secret_of_a_link(path, style):
    """As ``django.request`` writes them, with the address in the message."""
    record = logging.LogRecord("django.request", 30, "", 1, "Not Found: %s", (path,), None)
    line = formatter(style).format(record)
    assert "Not Found: /" in line
    assert not re.search(r"[sBk]{40,}", line)


def test_names_of_modules_and_ids_stay_in_a_line():
    kept = "huaben.core.middleware.ReadableInputMiddleware job/01890a5d-ac96-774b-bcce-b302099a8057"
    assert without_secrets(kept) == kept
