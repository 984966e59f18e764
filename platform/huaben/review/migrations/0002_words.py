"""Decisions hold the words that they were about. What is approved now was shown to a moderator with
its words, so these are cleared.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def clear_what_is_approved(apps, schema_editor):
    case, cleared = apps.get_model("review", "Case"), apps.get_model("catalog", "ClearedWords")
    choice = apps.get_model("catalog", "Choice")
    words = {}
    approved = case.objects.filter(state="approved").select_related("cut__episode__series")
    for row in approved.iterator():
        episode = row.cut.episode
        words[episode.pk] = [episode.title]
        words[episode.series_id] = [episode.series.title, episode.series.synopsis]
    for edge in choice.objects.filter(from_episode_id__in=list(words)).exclude(text="").iterator():
        words[edge.pk] = [edge.text, edge.seal]
    cleared.objects.bulk_create(
        [cleared(object_id=object_id, words=texts) for object_id, texts in words.items()],
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_words'),
        ('review', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='update_update',
        ),
        migrations.AddField(
            model_name='case',
            name='words_sha256',
            field=models.CharField(blank=True, help_text='Of the words that the checks read.', max_length=64),
        ),
        migrations.AddField(
            model_name='caseevent',
            name='words_sha256',
            field=models.CharField(blank=True, help_text='Of the words that the checks read.', max_length=64),
        ),
        migrations.AddField(
            model_name='decision',
            name='words',
            field=models.JSONField(default=list, help_text='Those that it was decided with: kind, object_id, words of each.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "review_caseevent" ("created_at", "cut_id", "decided_at", "decision_id", "due_at", "holder_id", "id", "opened_at", "package_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "risk", "sha256", "state", "taken_at", "verdict", "versions", "words_sha256") VALUES (NEW."created_at", NEW."cut_id", NEW."decided_at", NEW."decision_id", NEW."due_at", NEW."holder_id", NEW."id", NEW."opened_at", NEW."package_sha256", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem", NEW."risk", NEW."sha256", NEW."state", NEW."taken_at", NEW."verdict", NEW."versions", NEW."words_sha256"); RETURN NULL;', hash='c501ec86be5223492d28f346cc484a6a107e04dc', operation='INSERT', pgid='pgtrigger_insert_insert_a5e90', table='review_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "review_caseevent" ("created_at", "cut_id", "decided_at", "decision_id", "due_at", "holder_id", "id", "opened_at", "package_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "risk", "sha256", "state", "taken_at", "verdict", "versions", "words_sha256") VALUES (NEW."created_at", NEW."cut_id", NEW."decided_at", NEW."decision_id", NEW."due_at", NEW."holder_id", NEW."id", NEW."opened_at", NEW."package_sha256", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem", NEW."risk", NEW."sha256", NEW."state", NEW."taken_at", NEW."verdict", NEW."versions", NEW."words_sha256"); RETURN NULL;', hash='7c43cbe9e8b722dd3a2604762ba97dabc5810a0f', operation='UPDATE', pgid='pgtrigger_update_update_5fb97', table='review_case', when='AFTER')),
        ),
        migrations.RunPython(clear_what_is_approved, migrations.RunPython.noop),
    ]
