import pytest

from huaben.core.sandbox.confinement import missing_layers


def test_the_process_answers(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_servers_behind_it_answer_too(client):
    told = client.get("/readyz").json()
    assert (told["postgresql"], told["valkey"]) == ("ok", "ok")


@pytest.mark.django_db
def test_what_the_kernel_does_not_confine_is_told_and_takes_nobody_from_the_house(client):
    answer = client.get("/readyz")
    missing = ", ".join(missing_layers())
    assert answer.json()["confinement"] == (f"without {missing}" if missing else "ok")
    assert answer.status_code == 200


@pytest.mark.django_db
def test_which_voices_films_speak_with_is_told_and_takes_nobody_from_the_house(client):
    answer = client.get("/readyz")
    assert answer.json()["voices"] == "formant"  # tests have no model folder
    assert answer.status_code == 200


@pytest.mark.django_db
def test_every_answer_carries_a_request_id_and_a_proxys_own_is_kept(client):
    assert len(client.get("/healthz")["X-Request-Id"]) == 36
    assert (
        client.get("/healthz", headers={"X-Request-Id": "proxy-0123456789"})["X-Request-Id"]
        == "proxy-0123456789"
    )


@pytest.mark.django_db
def test_metrics_are_for_operators(client, signed_in):
    assert client.get("/metrics").status_code == 404
    assert signed_in("viewer").get("/metrics").status_code == 404
    assert b"huaben_request_seconds" in signed_in("operator").get("/metrics").content
