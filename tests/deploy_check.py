"""``check --deploy`` in production settings must be clean: ``python -m tests.deploy_check``."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "huaben.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": "postgres://postgres@localhost/huaben",
    "REDIS_URL": "redis://localhost/0",
    "ALLOWED_HOSTS": "huaben.example",
    "TRUSTED_PROXIES": "10.0.0.0/8",
    "EMAIL_URL": "smtp+tls://huaben:secret@mail.huaben.example",
    "EMAIL_FROM": "Huaben <house@huaben.example>",
}


def main() -> int:
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    completed = subprocess.run(
        command, env=os.environ | ENVIRONMENT, capture_output=True, text=True, check=False
    )
    if completed.returncode:
        print(completed.stdout, completed.stderr, file=sys.stderr)
    return completed.returncode


if __name__ == "__main__":
    raise SystemExit(main())
