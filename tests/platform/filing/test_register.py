from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from huaben.catalog.facts import FilingFact
from huaben.catalog.gate import REQUIRED, keepers, list_reasons_against
from huaben.catalog.models import Cut
from huaben.core.calendar import today
from huaben.core.jobs import run_job
from huaben.core.localized import LocalizedText
from huaben.core.models import Job, RoomEvent
from huaben.filing.keepers import filed, filing_reasons, read_filing_facts
from huaben.filing.models import Filing, RuleVersion
from tests.factories import CutFactory, EpisodeFactory, SeriesFactory

pytestmark = pytest.mark.django_db
REAL = "（粤）网微剧备字（2026）第001号"


def number(client, series, given=None, headers=None, **changes):
    body = {
        "number": REAL,
        "tier": "ordinary",
        "issued_on": "2026-10-09",
        **(given or {}),
        **changes,
    }
    return client.post(
        f"/api/v1/filing/filings/{series.pk}/number", body, format="json", headers=headers or {}
    )


def filing_codes(cut):
    return [reason.code for source, reason in list_reasons_against(cut) if source == "filing"]


def test_a_number_in_force_opens_filings_gate_and_revoking_it_closes_it(signed_in):
    admin, cut = signed_in("filing_admin"), CutFactory()
    series = cut.episode.series
    assert filing_codes(cut) == ["filing_missing"]
    answer = number(admin, series, authority="广东省广播电视局")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["state"] == "in_force" and answer.json()["number"] == REAL
    assert filing_codes(cut) == [] and Cut.objects.filter(filed(), pk=cut.pk).exists()
    assert read_filing_facts([series.pk])[series.pk] == FilingFact(
        number=REAL,
        demonstration=False,
        words=LocalizedText(f"备案号 {REAL}", f"Filing no. {REAL}"),
    )
    revoke = f"/api/v1/filing/filings/{series.pk}/revoke"
    assert admin.post(revoke, {"reason": ""}, format="json").status_code == 400
    assert admin.post(revoke, {"reason": "内容变更"}, format="json").json()["state"] == "revoked"
    assert filing_codes(cut) == ["filing_revoked"] and read_filing_facts([series.pk]) == {}
    told = RoomEvent.objects.filter(room=f"cut:{cut.pk}", payload__kind="gate").count()
    assert told >= 2, "an open checklist hears of both"
    assert admin.post(revoke, {"reason": "再来"}, format="json").json()["code"] == "no_number"
    assert RoomEvent.objects.filter(room=f"cut:{cut.pk}", payload__kind="gate").count() == told
    states = [
        event["state"]
        for event in admin.get(f"/api/v1/filing/filings/{series.pk}").json()["history"]
    ]
    assert states == ["revoked", "in_force", "number_given"]


def test_a_number_may_be_given_again_after_it_was_revoked(signed_in):
    admin, series = signed_in("filing_admin"), SeriesFactory()
    number(admin, series)
    assert (
        number(admin, series, number="（粤）网微剧备字（2026）第002号").json()["code"]
        == "has_number"
    )
    admin.post(f"/api/v1/filing/filings/{series.pk}/revoke", {"reason": "有误"}, format="json")
    assert (
        number(admin, series, number="（粤）网微剧备字（2026）第002号").json()["state"]
        == "in_force"
    )


def test_brackets_of_either_kind_are_kept_as_one(signed_in):
    admin, series = signed_in("filing_admin"), SeriesFactory()
    assert number(admin, series, number=" (粤)网微剧备字(2026)第001号 ").json()["number"] == REAL
    other = SeriesFactory()
    assert number(admin, other).json()["code"] == "number_taken"
    assert not Filing.objects.filter(series=other).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "京网文〔2026〕1号"}, "bad_number"),
        ({"number": "（粤）网微剧备字（26）第1号"}, "bad_number"),
        ({"number": "演示编号（非真实备案）", "tier": "other"}, "bad_number"),
        ({"number": "（粤）网微剧备字（2025）第001号"}, "wrong_year"),
        ({"number": "（粤）网微剧备字（2026）第001号", "issued_on": "2025-10-09"}, "wrong_year"),
        ({"number": "（犇）网微剧备字（2026）第001号"}, "unknown_issuer"),
        ({"number": "（总局）网微剧审字（2026）第001号"}, "wrong_issuer"),
        ({"authority": "浙江省广播电视局"}, "wrong_authority"),
        ({"authority": "国家广播电视总局"}, "wrong_authority"),
        (
            {
                "number": "（总局）网微剧审字（2026）第001号",
                "tier": "key",
                "authority": "广东省广播电视局",
            },
            "wrong_authority",
        ),
        ({"issued_on": "2024-05-31"}, "no_rule"),
        ({"issued_on": "2999-01-01"}, "issued_in_future"),
        ({"in_force_from": "2026-10-08"}, "starts_before_issue"),
        ({"expires_on": "2026-10-09"}, "expires_too_soon"),
        ({"budget_fen": 29_999_999}, "wrong_tier"),
        ({"special_theme": "司法"}, "wrong_tier"),
        ({"special_theme": "美食"}, "unknown_theme"),
        ({"number": ""}, "invalid"),
        ({"tier": "huge"}, "invalid"),
    ],
)
def test_what_does_not_fit_the_rules_is_refused_and_nothing_changes(signed_in, changes, code):
    admin, cut = signed_in("filing_admin"), CutFactory()
    answer = number(admin, cut.episode.series, **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Filing.objects.exists()


@pytest.mark.parametrize(
    ("given", "tier", "authority"),
    [
        ("（粤）网微剧备字（2026）第001号", "ordinary", "广东省广播电视局"),
        ("（广东）网微剧备字（2026）第001号", "ordinary", ""),
        ("（沪）网微剧备字（2026）第001号", "ordinary", "上海市文化和旅游局"),
        ("（总局）网微剧审字（2026）第001号", "key", "国家广播电视总局"),
        ("（浙）网微剧审字（2026）第001号", "key", "浙江省广播电视局"),
        ("平台备案 2026-0001", "other", "本平台"),
    ],
)
def test_a_number_that_agrees_with_its_date_tier_and_authority_is_taken(
    given, tier, authority, signed_in
):
    admin, series = signed_in("filing_admin"), SeriesFactory()
    answer = number(admin, series, number=given, tier=tier, authority=authority)
    assert answer.status_code == 200, answer.json()


@pytest.mark.parametrize(
    ("issued_on", "ai", "budget_yuan", "tier", "version"),
    [
        ("2024-06-01", True, 1_000_000, "key", "cn-drama-2024-06-01.1"),
        ("2025-12-31", True, 999_999, "ordinary", "cn-drama-2024-06-01.1"),
        ("2026-01-01", True, 999_999, "other", "cn-drama-2026-01-01.1"),
        ("2026-06-30", True, 3_000_000, "key", "cn-drama-2026-01-01.1"),
        ("2026-07-01", True, 800_000, "key", "cn-ai-drama-2026-07-01.1"),
        ("2026-07-01", True, 300_000, "ordinary", "cn-ai-drama-2026-07-01.1"),
        ("2026-07-01", True, 299_999, "other", "cn-ai-drama-2026-07-01.1"),
        ("2026-07-01", False, 800_000, "other", "cn-drama-2026-01-01.1"),
    ],
)
def test_the_rules_of_the_day_of_issue_decide_the_tier_and_are_frozen(
    signed_in, issued_on, ai, budget_yuan, tier, version
):
    admin = signed_in("filing_admin")
    cut = CutFactory() if ai else CutFactory(origin="upload", declaration="not_ai")
    official = REAL.replace("2026", issued_on[:4])
    form = "平台备案 2026-0001" if tier == "other" else official
    given = {"issued_on": issued_on, "budget_fen": budget_yuan * 100, "number": form}
    wrong = "ordinary" if tier != "ordinary" else "other"
    assert number(admin, cut.episode.series, given, tier=wrong).json()["code"] == "wrong_tier"
    answer = number(admin, cut.episode.series, given, tier=tier)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["rule_version"] == version


def test_a_correction_of_the_rules_counts_from_then_on_and_leaves_earlier_filings(signed_in):
    admin, first, second = signed_in("filing_admin"), CutFactory(), CutFactory()
    number(admin, first.episode.series)
    rule = admin.get("/api/v1/filing/rules").json()[0]
    assert rule["version"] == "cn-ai-drama-2026-07-01.1" and rule["certainty"] == "M"
    tiers = [
        {
            "tier": tier["tier"],
            "zh": tier["name"]["zh"],
            "en": tier["name"]["en"],
            "example": tier["example"],
            "budget_from_fen": tier["budget_from_fen"],
            "budget_below_fen": tier["budget_below_fen"],
            "special_theme": tier["special_theme"],
            "number_pattern": "X[0-9]{4}",
            "pattern_certainty": "H",
        }
        for tier in rule["tiers"]
    ]
    body = {
        **rule,
        "version": "cn-ai-drama-2026-07-01.2",
        "certainty": "H",
        "sources": ["通知原文"],
        "tiers": tiers,
    }
    assert admin.post("/api/v1/filing/rules", body, format="json").status_code == 201
    assert (
        admin.post("/api/v1/filing/rules", body, format="json").json()["code"] == "version_exists"
    )
    assert (
        number(admin, second.episode.series, number="（粤）网微剧备字（2026）第002号").json()[
            "code"
        ]
        == "bad_number"
    )
    assert (
        number(admin, second.episode.series, number="X0001").json()["rule_version"]
        == "cn-ai-drama-2026-07-01.2"
    )
    assert (
        Filing.objects.get(series=first.episode.series).rule.version == "cn-ai-drama-2026-07-01.1"
    )


def test_rules_with_a_gap_or_a_broken_pattern_are_refused(signed_in):
    admin = signed_in("filing_admin")
    rule = RuleVersion.objects.get(version="cn-ai-drama-2026-07-01.1")
    for change in ({"budget_from_fen": 5}, {"number_pattern": "("}):
        tiers = [{**row, **(change if row["tier"] == "other" else {})} for row in rule.tiers]
        body = {
            "version": "v2", "kind": "ai_drama", "effective": "2026-07-01", "certainty": "H",
            "sources": ["原文"], "special_themes": [], "tiers": tiers,
        }  # fmt: skip
        assert admin.post("/api/v1/filing/rules", body, format="json").json()["code"] == "bad_rule"
    assert not RuleVersion.objects.filter(version="v2").exists()


def test_rules_are_never_changed():
    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update filing_ruleversion set effective = '2020-01-01'")


def test_a_number_waits_for_its_day_and_a_job_puts_it_in_force(signed_in):
    admin, cut = signed_in("filing_admin"), CutFactory()
    series = cut.episode.series
    starts, ends = today() + timedelta(days=3), today() + timedelta(days=9)
    answer = number(admin, series, in_force_from=str(starts), expires_on=str(ends))
    assert answer.json()["state"] == "number_given"
    assert filing_codes(cut) == ["filing_not_in_force"]
    turn, expire = Job.objects.filter(kind="filing.update_state").order_by("run_after")
    run_job(turn.pk)
    assert filing_codes(cut) == ["filing_not_in_force"]  # not due yet
    Filing.objects.filter(series=series).update(in_force_from=today())
    Job.objects.filter(pk=turn.pk).update(run_after=turn.created_at)
    run_job(turn.pk)
    assert filing_codes(cut) == []
    Filing.objects.filter(series=series).update(expires_on=today())
    assert (
        filing_codes(cut) == ["filing_expired"]
        and not Cut.objects.filter(filed(), pk=cut.pk).exists()
    )
    Job.objects.filter(pk=expire.pk).update(run_after=turn.created_at)
    run_job(expire.pk)
    assert Filing.objects.get(series=series).state == "expired"


def test_the_demonstration_number_says_what_it_is_and_exists_only_in_the_demo(signed_in, settings):
    admin, first, second = signed_in("filing_admin"), CutFactory(), CutFactory()
    path = "/api/v1/filing/filings/{}/demonstration"
    answer = admin.post(path.format(first.episode.series_id), format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "only_in_the_demo")
    settings.DEMO = True
    for cut in (first, second):
        assert admin.post(path.format(cut.episode.series_id), format="json").status_code == 200
        assert filing_codes(cut) == []
    fact = read_filing_facts([first.episode.series_id])[first.episode.series_id]
    assert fact.demonstration and fact.number == "演示编号（非真实备案）"
    assert fact.words.en == "Demonstration number (not a real filing)"


def test_the_list_without_numbers_holds_playable_series_and_says_which_lack_only_that(signed_in):
    admin = signed_in("filing_admin")
    waiting, empty = CutFactory().episode.series, EpisodeFactory().series
    listed = admin.get("/api/v1/filing/filings").json()["results"]
    assert [row["series"]["id"] for row in listed] == [str(waiting.pk)] != [str(empty.pk)]
    assert listed[0]["state"] == "none" and listed[0]["waits"] is False
    number(admin, waiting)
    assert admin.get("/api/v1/filing/filings").json()["results"] == []
    in_force = admin.get("/api/v1/filing/filings?state=in_force").json()["results"]
    assert [row["number"] for row in in_force] == [REAL]
    assert admin.get("/api/v1/filing/filings?state=lost").status_code == 400


def test_a_page_of_the_register_costs_as_much_as_a_line(signed_in, django_assert_max_num_queries):
    admin = signed_in("filing_admin")
    for _ in range(7):
        CutFactory()
    with django_assert_max_num_queries(3):
        page = admin.get("/api/v1/filing/filings?limit=5").json()
    assert len(page["results"]) == 5 and page["next_cursor"]
    rest = admin.get("/api/v1/filing/filings", {"cursor": page["next_cursor"]}).json()
    assert len(rest["results"]) == 2 and rest["next_cursor"] is None


def test_nobody_files_a_work_of_their_own(signed_in):
    admin = signed_in("filing_admin", "creator")
    series = SeriesFactory(creator=admin.user)
    assert number(admin, series).json()["code"] == "own_series"
    assert admin.get(f"/api/v1/filing/filings/{series.pk}").json()["may_file"] is False


def test_only_filing_admins_keep_the_register(api, signed_in):
    series = SeriesFactory()
    for client in (
        api,
        signed_in("viewer", "creator"),
        signed_in("moderator", "copyright_admin", "operator"),
    ):
        assert number(client, series).status_code in (401, 403)
        for path in ("filings", f"filings/{series.pk}", "rules"):
            assert client.get(f"/api/v1/filing/{path}").status_code in (401, 403)
        for path in (f"filings/{series.pk}/revoke", f"filings/{series.pk}/demonstration", "rules"):
            assert client.post(
                f"/api/v1/filing/{path}", {"reason": "x"}, format="json"
            ).status_code in (401, 403)
    assert not Filing.objects.exists()


def test_the_same_key_gives_a_number_once(signed_in):
    admin, series = signed_in("filing_admin"), SeriesFactory()
    key = {"Idempotency-Key": "k"}
    assert [number(admin, series, headers=key).status_code for _ in range(2)] == [200, 200]
    assert number(admin, series, headers=key, note="x").json()["code"] == "key_reused"


def test_a_change_by_raw_sql_is_in_the_audit_trail_too(signed_in):
    admin, series = signed_in("filing_admin"), SeriesFactory()
    number(admin, series)
    with connection.cursor() as cursor:
        cursor.execute(
            "update filing_filing set state = 'revoked' where series_id = %s", [series.pk]
        )
    assert (
        admin.get(f"/api/v1/filing/filings/{series.pk}").json()["history"][0]["state"] == "revoked"
    )


def test_query_and_words_agree_in_every_state():
    assert {keeper.source for keeper in keepers()} >= REQUIRED
    day = today()
    spans = [
        (None, None),
        (day, day),
        (day, day + timedelta(days=1)),
        (day, day - timedelta(days=1)),
    ]
    for index, state in enumerate([*Filing.State.values, None] * len(spans)):
        starts, ends = spans[index % len(spans)]
        cut = CutFactory()
        if state is not None:
            Filing.objects.create(
                series=cut.episode.series,
                state=state,
                number=f"n{index}",
                in_force_from=starts or day,
                expires_on=ends,
            )
    cuts = list(Cut.objects.all())
    through = set(Cut.objects.filter(filed()).values_list("pk", flat=True))
    assert through == {cut.pk for cut in cuts if not filing_reasons(cut)}
    assert 0 < len(through) < len(cuts)
