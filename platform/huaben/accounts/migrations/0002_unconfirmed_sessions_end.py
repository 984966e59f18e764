"""Whoever signed in before addresses had to be confirmed signs in anew, and confirms."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef


def end_unconfirmed_sessions(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    address = apps.get_model("account", "EmailAddress").objects.filter(
        user_id=OuterRef("pk"), verified=True
    )
    User.objects.filter(~Exists(address)).update(session_generation=F("session_generation") + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(end_unconfirmed_sessions, migrations.RunPython.noop)]
