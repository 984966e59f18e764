from django.db import migrations


class Migration(migrations.Migration):
    """Public texts are ``speech``'s. Rows are not copied: nobody outside has any yet."""

    dependencies = [
        ("catalog", "0005_free_speech_indexes"),
        ("cocreation", "0002_speech_app"),
        ("review", "0004_speech_has_its_own_app"),
        ("watching", "0003_speech_app"),
    ]

    operations = [
        migrations.DeleteModel(name="SpeechEvent"),
        migrations.DeleteModel(name="Speech"),
    ]
