"""A number is kept with the title under which it was given."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def keep_titles(apps, schema_editor):
    filing = apps.get_model("filing", "Filing")
    for row in filing.objects.exclude(number="").select_related("series").iterator():
        filing.objects.filter(pk=row.pk).update(title=row.series.title)


class Migration(migrations.Migration):

    dependencies = [
        ('filing', '0002_rules'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='filing',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='filing',
            name='update_update',
        ),
        migrations.AddField(
            model_name='filing',
            name='title',
            field=models.CharField(blank=True, help_text="The series' title that was filed, or confirmed since.", max_length=80),
        ),
        migrations.AddField(
            model_name='filingevent',
            name='title',
            field=models.CharField(blank=True, help_text="The series' title that was filed, or confirmed since.", max_length=80),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filing',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "filing_filingevent" ("authority", "budget_fen", "by_id", "changed_at", "demonstration", "expires_on", "id", "in_force_from", "issued_on", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule_id", "series_id", "special_theme", "state", "tier", "title") VALUES (NEW."authority", NEW."budget_fen", NEW."by_id", NEW."changed_at", NEW."demonstration", NEW."expires_on", NEW."id", NEW."in_force_from", NEW."issued_on", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."rule_id", NEW."series_id", NEW."special_theme", NEW."state", NEW."tier", NEW."title"); RETURN NULL;', hash='53405d3697a2de879cb65100865149078f1cce95', operation='INSERT', pgid='pgtrigger_insert_insert_7b765', table='filing_filing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "filing_filingevent" ("authority", "budget_fen", "by_id", "changed_at", "demonstration", "expires_on", "id", "in_force_from", "issued_on", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule_id", "series_id", "special_theme", "state", "tier", "title") VALUES (NEW."authority", NEW."budget_fen", NEW."by_id", NEW."changed_at", NEW."demonstration", NEW."expires_on", NEW."id", NEW."in_force_from", NEW."issued_on", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."rule_id", NEW."series_id", NEW."special_theme", NEW."state", NEW."tier", NEW."title"); RETURN NULL;', hash='9bb5f008efa629732cd9c8c467843acb227e15f6', operation='UPDATE', pgid='pgtrigger_update_update_9c160', table='filing_filing', when='AFTER')),
        ),
        migrations.RunPython(keep_titles, migrations.RunPython.noop),
    ]
