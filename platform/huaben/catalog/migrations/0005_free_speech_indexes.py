from django.db import migrations


class Migration(migrations.Migration):
    """Index names are one namespace: ``speech`` takes these."""

    dependencies = [("catalog", "0004_speech")]

    operations = [
        migrations.RemoveIndex(model_name="speech", name="speech_of_author"),
        migrations.RemoveIndex(model_name="speech", name="speech_by_state"),
    ]
