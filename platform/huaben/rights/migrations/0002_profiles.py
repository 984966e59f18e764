"""Seeds the jurisdictions' terms that are known. Later corrections are rows that a copyright admin adds."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

PROFILES = Path(__file__).resolve().parents[1] / "profiles.json"


def seed(apps, schema_editor):
    Profile = apps.get_model("rights", "Profile")
    for row in json.loads(PROFILES.read_text("utf-8")):
        Profile.objects.create(**{**row, "effective": date.fromisoformat(row["effective"])})


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
