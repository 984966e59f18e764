"""What the logs keep of an address."""

from huaben.core.ids import new_id
from huaben.core.logs import path_for_logs


def test_a_secret_in_an_address_stays_out_of_the_logs_and_an_id_does_not():
    secret = "018f3c2ab4d07c3f9b1e2d3c4b5a6978.m3Yd0Q-4b_7zJx1k2l3m4n5o6p7q8r9s0t1u2v3w4x5"
    assert path_for_logs(f"/api/v1/rights/notices/{secret}/suit") == "/api/v1/rights/notices/…/suit"
    plain = f"/api/v1/series/{new_id()}"
    assert path_for_logs(plain) == plain
