"""Seeds the tier rules that are known. Later corrections are rows that a filing admin adds."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

RULES = Path(__file__).resolve().parents[1] / "rules.json"


def seed(apps, schema_editor):
    RuleVersion = apps.get_model("filing", "RuleVersion")
    for row in json.loads(RULES.read_text("utf-8")):
        RuleVersion.objects.create(**{**row, "effective": date.fromisoformat(row["effective"])})


class Migration(migrations.Migration):
    dependencies = [("filing", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
