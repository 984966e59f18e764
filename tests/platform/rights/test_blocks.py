import pytest
from django.db import connection
from django.utils import timezone

from huaben.catalog.gate import list_reasons_against
from huaben.catalog.models import Cut
from huaben.rights.keepers import rights_reasons, unblocked
from huaben.rights.models import Block
from tests.factories import CutFactory, SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db
PATH = "/api/v1/rights/blocks"


def block(client, series, headers=None, **changes):
    body = {
        "series_id": str(series.pk),
        "reason": "擅用他人小说",
        "evidence": "权利人来函 2026-11-01",
        **changes,
    }
    return client.post(PATH, body, format="json", headers=headers or {})


def lift(client, block_id, reason="已获授权"):
    return client.post(f"{PATH}/{block_id}/lift", {"reason": reason}, format="json")


def blocked(cut):
    return [reason.text.zh for source, reason in list_reasons_against(cut) if source == "rights"]


def test_a_block_closes_the_gate_of_a_whole_series_until_it_is_lifted(signed_in):
    admin, cut, other = signed_in("copyright_admin"), CutFactory(), CutFactory()
    answer = block(admin, cut.episode.series)
    assert answer.status_code == 201 and answer.json()["by"] == admin.user.name
    assert blocked(cut) == ["因版权原因下架：擅用他人小说"] and blocked(other) == []
    assert not Cut.objects.filter(unblocked(), pk=cut.pk).exists()
    assert lift(admin, answer.json()["id"], " ").status_code == 400
    assert lift(admin, answer.json()["id"]).json()["lift_reason"] == "已获授权"
    assert blocked(cut) == [] and Cut.objects.filter(unblocked(), pk=cut.pk).exists()
    assert lift(admin, answer.json()["id"]).json()["code"] == "lifted_already"


def test_a_block_of_one_cut_leaves_the_others(signed_in):
    admin, cut = signed_in("copyright_admin"), CutFactory()
    newer = CutFactory(episode=cut.episode, number=2)
    assert block(admin, cut.episode.series, cut_id=str(cut.pk)).status_code == 201
    assert blocked(cut) and not blocked(newer)
    assert block(admin, cut.episode.series, cut_id=str(cut.pk)).json()["code"] == "blocked_already"
    assert block(admin, cut.episode.series).status_code == 201
    assert len(blocked(cut)) == 2 and len(blocked(newer)) == 1


def test_what_is_incomplete_or_belongs_elsewhere_is_refused(signed_in):
    admin, cut, other = signed_in("copyright_admin"), CutFactory(), CutFactory()
    series = cut.episode.series
    for changes, status in (
        ({"reason": " "}, 400),
        ({"evidence": ""}, 400),
        ({"series_id": str(UserFactory().pk)}, 404),
        ({"cut_id": str(other.pk)}, 404),
    ):
        assert block(admin, series, **changes).status_code == status
    assert not Block.objects.exists()


def test_the_same_key_blocks_once(signed_in):
    admin, series, key = signed_in("copyright_admin"), SeriesFactory(), {"Idempotency-Key": "k"}
    first, second = (block(admin, series, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201) and first.json()[
        "id"
    ] == second.json()["id"]
    assert Block.objects.count() == 1


def test_nobody_lifts_a_block_from_a_work_of_their_own(signed_in):
    admin = signed_in("copyright_admin", "creator")
    made = block(admin, SeriesFactory(creator=admin.user)).json()
    assert lift(admin, made["id"]).json()["code"] == "own_series"


def test_only_copyright_admins_block(api, signed_in):
    series = SeriesFactory()
    standing = block(signed_in("copyright_admin"), series).json()
    for client in (
        api,
        signed_in("viewer", "creator"),
        signed_in("moderator", "filing_admin", "operator"),
    ):
        assert client.get(PATH).status_code in (401, 403)
        assert block(client, SeriesFactory()).status_code in (401, 403)
        assert lift(client, standing["id"]).status_code in (401, 403)
    assert Block.objects.filter(lifted_at=None).count() == 1


def test_a_page_of_blocks_costs_as_much_as_a_line(signed_in, django_assert_max_num_queries):
    admin = signed_in("copyright_admin")
    for _ in range(4):
        block(admin, SeriesFactory())
    with django_assert_max_num_queries(3):
        page = admin.get(f"{PATH}?limit=3").json()
    assert len(page["results"]) == 3 and page["next_cursor"]
    assert admin.get(f"{PATH}?state=lifted").json()["results"] == []


def test_a_change_by_raw_sql_is_in_the_audit_trail_too(signed_in):
    made = block(signed_in("copyright_admin"), SeriesFactory()).json()
    with connection.cursor() as cursor:
        cursor.execute("update rights_block set reason = '改' where id = %s", [made["id"]])
        cursor.execute(
            "select reason, pgh_label from rights_blockevent where id = %s order by pgh_id",
            [made["id"]],
        )
        assert cursor.fetchall() == [("擅用他人小说", "insert"), ("改", "update")]


def test_query_and_words_agree_in_every_state():
    by = UserFactory()
    for whole in (True, False):
        for lifted in (True, False, None):
            cut = CutFactory()
            newer = CutFactory(episode=cut.episode, number=2)
            if lifted is not None:
                Block.objects.create(
                    series=cut.episode.series,
                    cut=None if whole else newer,
                    reason="r",
                    evidence="e",
                    by=by,
                    lifted_at=timezone.now() if lifted else None,
                    lifted_by=by if lifted else None,
                )
    through = set(Cut.objects.filter(unblocked()).values_list("pk", flat=True))
    assert through == {cut.pk for cut in Cut.objects.all() if not rights_reasons(cut)}
    assert len(through) == 9
