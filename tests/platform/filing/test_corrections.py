"""A wrong number is corrected by two people, and the series is shown all the while."""

import pytest

from huaben.filing.keepers import filing_reasons, read_filing_facts
from huaben.filing.models import Filing, NumberCorrection
from tests.factories import CutFactory, SeriesFactory

pytestmark = pytest.mark.django_db
REGISTER = "/api/v1/filing/filings"
WRONG, RIGHT = "（粤）网微剧备字（2026）第001号", "（粤）网微剧备字（2026）第010号"


@pytest.fixture
def filed_cut(signed_in):
    """A Cut whose series has a number in force."""
    cut = CutFactory()
    body = {"number": WRONG, "tier": "ordinary", "issued_on": "2026-10-09"}
    path = f"{REGISTER}/{cut.episode.series_id}/number"
    assert signed_in("filing_admin").post(path, body, format="json").status_code == 200
    return cut


def propose(client, cut, **changes):
    body = {
        "number": RIGHT,
        "tier": "ordinary",
        "issued_on": "2026-10-09",
        "reason": "抄错了一位",
        **changes,
    }
    path = f"{REGISTER}/{cut.episode.series_id}/corrections"
    return client.post(path, body, format="json")


def decide(client, verb):
    correction = NumberCorrection.objects.latest("proposed_at")
    return client.post(f"/api/v1/filing/corrections/{correction.pk}/{verb}")


def test_another_person_confirms_and_the_series_never_goes_dark(filed_cut, signed_in):
    first, second = signed_in("filing_admin"), signed_in("filing_admin")
    proposed = propose(first, filed_cut)
    assert proposed.status_code == 200, proposed.json()
    assert proposed.json()["number"] == WRONG, "nothing changes yet"
    (correction,) = proposed.json()["corrections"]
    assert (correction["state"], correction["may_confirm"]) == ("proposed", False)
    assert correction["changes"] == [{"name": "number", "before": WRONG, "after": RIGHT}]
    assert filing_reasons(filed_cut) == []
    refused = decide(first, "confirm")
    assert (refused.status_code, refused.json()["code"]) == (403, "own_correction")
    listed = second.get(REGISTER, {"state": "corrected"}).json()["results"]
    assert [row["series"]["id"] for row in listed] == [str(filed_cut.episode.series_id)]
    seen = second.get(f"{REGISTER}/{filed_cut.episode.series_id}").json()
    assert seen["corrections"][0]["may_confirm"] is True
    done = decide(second, "confirm").json()
    assert (done["state"], done["number"], done["by"]) == ("in_force", RIGHT, second.user.name)
    assert filing_reasons(filed_cut) == []
    series_id = filed_cut.episode.series_id
    assert read_filing_facts([series_id])[series_id].number == RIGHT
    (kept,) = done["corrections"]
    assert (kept["state"], kept["proposed_by"], kept["decided_by"]) == (
        "confirmed",
        first.user.name,
        second.user.name,
    )
    assert {step["state"] for step in done["history"]} <= {"in_force", "number_given"}
    assert [step["number"] for step in done["history"]][:2] == [RIGHT, WRONG]
    assert second.get(REGISTER, {"state": "corrected"}).json()["results"] == []
    assert decide(signed_in("filing_admin"), "confirm").json()["code"] == "correction_decided"


def test_a_later_day_of_issue_moves_the_start_and_not_out_of_force(filed_cut, signed_in):
    propose(signed_in("filing_admin"), filed_cut, number=WRONG, issued_on="2026-10-20")
    done = decide(signed_in("filing_admin"), "confirm").json()
    assert (done["issued_on"], done["in_force_from"]) == ("2026-10-20", "2026-10-20")
    assert done["state"] == "in_force" and filing_reasons(filed_cut) == []


def test_a_refused_or_withdrawn_correction_changes_nothing_and_makes_room(filed_cut, signed_in):
    first = signed_in("filing_admin")
    propose(first, filed_cut)
    assert propose(first, filed_cut).json()["code"] == "correction_waits"
    answer = decide(first, "refuse").json()
    assert (answer["number"], answer["corrections"][0]["state"]) == (WRONG, "refused")
    assert propose(signed_in("filing_admin"), filed_cut).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "（粤）网微剧备字（2025）第010号"}, "wrong_year"),
        ({"number": "（总局）网微剧审字（2026）第010号"}, "wrong_issuer"),
        ({"authority": "浙江省广播电视局"}, "wrong_authority"),
        ({"issued_on": "2999-01-01"}, "issued_in_future"),
        ({"number": WRONG}, "nothing_changes"),
        ({"reason": " "}, "invalid"),
    ],
)
def test_a_correction_is_checked_as_a_number_is(changes, code, filed_cut, signed_in):
    answer = propose(signed_in("filing_admin"), filed_cut, **changes)
    assert answer.status_code in (400, 409) and answer.json()["code"] == code
    assert not NumberCorrection.objects.exists()


def test_a_number_that_another_series_got_meanwhile_is_not_confirmed(filed_cut, signed_in):
    admin = signed_in("filing_admin")
    propose(admin, filed_cut)
    body = {"number": RIGHT, "tier": "ordinary", "issued_on": "2026-10-09"}
    other = SeriesFactory()
    assert admin.post(f"{REGISTER}/{other.pk}/number", body, format="json").status_code == 200
    assert decide(signed_in("filing_admin"), "confirm").json()["code"] == "number_taken"
    assert Filing.objects.get(series=filed_cut.episode.series_id).number == WRONG


def test_a_revoked_number_takes_its_open_correction_along(filed_cut, signed_in):
    admin = signed_in("filing_admin")
    propose(admin, filed_cut)
    admin.post(
        f"{REGISTER}/{filed_cut.episode.series_id}/revoke", {"reason": "内容变更"}, format="json"
    )
    assert NumberCorrection.objects.get().state == "refused"
    assert decide(signed_in("filing_admin"), "confirm").json()["code"] == "no_number"


def test_nobody_corrects_or_confirms_for_a_series_of_their_own(filed_cut, signed_in):
    creator = filed_cut.episode.series.creator
    creator.roles = ["creator", "filing_admin"]
    creator.save()
    own = signed_in(user=creator)
    assert propose(own, filed_cut).json()["code"] == "own_series"
    propose(signed_in("filing_admin"), filed_cut)
    assert decide(own, "confirm").json()["code"] == "own_series"
    assert decide(signed_in("moderator"), "confirm").status_code == 403
