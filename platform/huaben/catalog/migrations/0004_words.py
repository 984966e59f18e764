"""Words that are cleared, and new words for what is on stage."""

import django.contrib.postgres.fields
import django.db.models.deletion
import huaben.core.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_genres'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WordsRevision',
            fields=[
                ('id', models.UUIDField(default=huaben.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('series', 'Series'), ('episode', 'Episode'), ('choice', 'Choice')], max_length=10)),
                ('object_id', models.UUIDField()),
                ('before', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('state', models.CharField(choices=[('checking', 'Checking'), ('waiting', 'Waiting'), ('cleared', 'Cleared'), ('refused', 'Refused'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default='checking', max_length=10)),
                ('reason', models.JSONField(help_text='Why it waits or was refused: zh, en.', null=True)),
                ('facts', models.JSONField(default=dict, help_text='What the check saw.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='WordsRevisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=huaben.core.ids.new_id, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('series', 'Series'), ('episode', 'Episode'), ('choice', 'Choice')], max_length=10)),
                ('object_id', models.UUIDField()),
                ('before', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('state', models.CharField(choices=[('checking', 'Checking'), ('waiting', 'Waiting'), ('cleared', 'Cleared'), ('refused', 'Refused'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default='checking', max_length=10)),
                ('reason', models.JSONField(help_text='Why it waits or was refused: zh, en.', null=True)),
                ('facts', models.JSONField(default=dict, help_text='What the check saw.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClearedWords',
            fields=[
                ('id', models.UUIDField(default=huaben.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('object_id', models.UUIDField()),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name_plural': 'cleared words',
                'indexes': [models.Index(fields=['object_id'], name='cleared_words_of_object')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clearedwords',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5f7ef48ec494e3fad3ef5a25c64e9a91d768f7ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45af0', table='catalog_clearedwords', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='wordsrevision',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wordsrevision',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words_revisions', to='catalog.series'),
        ),
        migrations.AddField(
            model_name='wordsrevisionevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wordsrevisionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='wordsrevisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.wordsrevision'),
        ),
        migrations.AddField(
            model_name='wordsrevisionevent',
            name='series',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.series'),
        ),
        migrations.AddIndex(
            model_name='wordsrevision',
            index=models.Index(fields=['state', 'created_at', 'id'], name='words_revision_by_state'),
        ),
        migrations.AddIndex(
            model_name='wordsrevision',
            index=models.Index(fields=['series', '-id'], name='words_revision_of_series'),
        ),
        migrations.AddConstraint(
            model_name='wordsrevision',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['checking', 'waiting'])), fields=('object_id',), name='one_open_words_revision'),
        ),
        migrations.AddConstraint(
            model_name='wordsrevision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['checking', 'waiting']), ('settled_at__isnull', False), _connector='XOR'), name='words_revision_is_settled_or_open'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordsrevision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_wordsrevisionevent" ("before", "created_at", "decided_by_id", "facts", "id", "kind", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "series_id", "settled_at", "state", "words") VALUES (NEW."before", NEW."created_at", NEW."decided_by_id", NEW."facts", NEW."id", NEW."kind", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."series_id", NEW."settled_at", NEW."state", NEW."words"); RETURN NULL;', hash='3ef7cbaecbab16ef2c72b670ffba50dd78fbedb7', operation='INSERT', pgid='pgtrigger_insert_insert_8783f', table='catalog_wordsrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordsrevision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_wordsrevisionevent" ("before", "created_at", "decided_by_id", "facts", "id", "kind", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "series_id", "settled_at", "state", "words") VALUES (NEW."before", NEW."created_at", NEW."decided_by_id", NEW."facts", NEW."id", NEW."kind", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."series_id", NEW."settled_at", NEW."state", NEW."words"); RETURN NULL;', hash='0a167573a827919ddfe126a11dd03316570dc52f', operation='UPDATE', pgid='pgtrigger_update_update_f7f24', table='catalog_wordsrevision', when='AFTER')),
        ),
    ]
