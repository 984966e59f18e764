"""Production is asked for by name, refuses the demo, and answers probes plainly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy_check import ENVIRONMENT

REPOSITORY = Path(__file__).parents[3]


def python(code, **environment):
    """Run code in a process of its own, with an environment that names no settings."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    kept["PYTHONPATH"] = f"{REPOSITORY}:{REPOSITORY / 'platform'}"
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=kept | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("module", ["huaben.core.celery", "huaben.asgi"])
def test_a_process_that_names_no_settings_is_refused_in_words(module):
    done = python(f"import {module}")
    assert done.returncode == 1
    assert "huaben.settings.production" in done.stderr and "正式环境" in done.stderr


def test_production_with_the_demo_on_does_not_start(tmp_path):
    (tmp_path / "mine.py").write_text("from huaben.settings.production import *\nDEMO = True\n")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import django; django.setup()"
    done = python(code, **(ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "mine"}))
    assert done.returncode == 1 and "DEMO cannot be on in production" in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_by_the_address_of_the_machine_is_answered_without_tls(client, settings, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["huaben.example"]
    assert client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/api/v1/me", headers={"Host": "huaben.example"}).status_code == 301
